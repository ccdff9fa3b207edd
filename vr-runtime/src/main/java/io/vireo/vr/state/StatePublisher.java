package io.vireo.vr.state;

import io.vireo.records.router.RouterRoot;
import io.vireo.records.router.ietfrouting.Routing;
import io.vireo.records.router.vireopunt.Punt;
import io.vireo.records.router.vireosockets.Sockets;
import io.vireo.vr.VirtualRouter;
import io.vireo.vr.rib.Rib;
import io.vireo.vr.wire.IpPrefix;
import io.vireo.vr.wire.Ipv4Prefix;
import io.vireo.vr.wire.Ipv6Prefix;
import io.vireo.vr.worker.Worker;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Takes snapshots of a router's operational state. Any thread may ask.
public final class StatePublisher {
  private static final String INTERFACES = "ietf-interfaces:interfaces";
  private static final String ROUTING = "ietf-routing:routing";
  private static final String FORWARDING = "vireo-forwarding:forwarding";
  private static final String PUNT = "vireo-punt:punt";
  private static final String SOCKETS = "vireo-sockets:sockets";

  private final VirtualRouter router;
  private final Supplier<Sockets.@Nullable Access> socketAccess;
  private final Instant started = Instant.now();

  /// Takes pages, one after the other.
  public interface PageConsumer {
    void accept(RouterRoot page) throws IOException;
  }

  /// @param socketAccess the rules in force with their counters, null when nothing serves sockets
  public StatePublisher(VirtualRouter router, Supplier<Sockets.@Nullable Access> socketAccess) {
    this.router = router;
    this.socketAccess = socketAccess;
  }

  /// Hands out pages to be merged, each a tree far below a frame's limit.
  ///
  /// @param subtrees top-level nodes as `module:name`; empty means all
  /// @return how many pages there were
  @SuppressWarnings("NullAway") // javac drops the annotation of a compact constructor's parameter
  public long publish(Set<String> subtrees, PageConsumer consumer) throws IOException {
    long pages = 0;
    if (wanted(subtrees, INTERFACES)) {
      InterfaceState state =
          router
              .worker()
              .call(() ->
                  InterfaceState.of(router.dataPlane(), started, Instant.now(), Worker.nowNs()));
      pages +=
          hand(
              state.pages(),
              each -> new RouterRoot(each, null, null, null, null, null, null),
              consumer);
    }
    if (wanted(subtrees, ROUTING)) {
      List<Rib.Entry<Ipv4Prefix>> ipv4 = router.worker().call(() -> router.rib().entries());
      pages += hand(routePages(ipv4), each -> routing(RouteState.ofIpv4(each)), consumer);
      List<Rib.Entry<Ipv6Prefix>> ipv6 = router.worker().call(() -> router.ipv6Rib().entries());
      pages += hand(routePages(ipv6), each -> routing(RouteState.ofIpv6(each)), consumer);
    }
    if (wanted(subtrees, FORWARDING)) {
      ForwardingState state = router.worker().call(() -> ForwardingState.of(router.dataPlane()));
      pages +=
          hand(
              state.pages(),
              each -> new RouterRoot(null, null, null, null, each, null, null),
              consumer);
    }
    if (wanted(subtrees, PUNT)) {
      Punt punt = router.worker().call(() -> PuntState.of(router.dataPlane().policers()));
      pages +=
          hand(
              List.of(punt),
              each -> new RouterRoot(null, null, null, null, null, each, null),
              consumer);
    }
    if (wanted(subtrees, SOCKETS)) {
      List<Sockets> sockets = SocketState.pages(router.sockets().openSockets(), socketAccess.get());
      pages +=
          hand(sockets, each -> new RouterRoot(null, null, null, null, null, null, each), consumer);
    }
    return pages;
  }

  private static <P extends IpPrefix & Comparable<P>> List<List<Rib.Entry<P>>> routePages(
      List<Rib.Entry<P>> entries) {
    return Pages.cut(RouteState.inOrder(entries), each -> 1 + each.route().nextHops().size());
  }

  @SuppressWarnings("NullAway") // javac drops the annotation of a compact constructor's parameter
  private static RouterRoot routing(Routing page) {
    return new RouterRoot(null, page, null, null, null, null, null);
  }

  private static <T> long hand(List<T> parts, Function<T, RouterRoot> page, PageConsumer consumer)
      throws IOException {
    for (T part : parts) {
      consumer.accept(page.apply(part));
    }
    return parts.size();
  }

  private static boolean wanted(Set<String> subtrees, String name) {
    return subtrees.isEmpty() || subtrees.contains(name);
  }
}
