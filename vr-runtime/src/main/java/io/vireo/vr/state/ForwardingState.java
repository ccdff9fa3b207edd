package io.vireo.vr.state;

import io.vireo.records.router.ietfinettypes.Ipv4Prefix;
import io.vireo.records.router.ietfyangtypes.PhysAddress;
import io.vireo.records.router.vireoforwarding.Forwarding;
import io.vireo.records.router.vireoforwarding.Forwarding.Fib.Ipv4.Route;
import io.vireo.vr.fib.Adjacency;
import io.vireo.vr.forward.DataPlane;
import io.vireo.vr.forward.DropReason;
import io.vireo.vr.forward.GraphNode;
import io.vireo.vr.forward.NodeStatistics;
import io.vireo.vr.forward.RouterInterface;
import io.vireo.vr.neighbour.NeighbourTable;
import io.vireo.vr.neighbour.NeighbourTable.Neighbour;
import io.vireo.vr.wire.Prefix;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `/vireo-forwarding:forwarding`: FIB, drops by reason, packet pool.
///
/// The worker copies what changes ([#of]); the records are made by whoever asks ([#pages]).
final class ForwardingState {
  /// A route and the paths its group had when the copy was taken.
  private record Entry(Prefix prefix, List<Adjacency> paths) {}

  /// A next hop on an interface.
  private record Hop(int interfaceIndex, int address) {}

  private final List<Entry> routes = new ArrayList<>();
  private final Map<Integer, String> interfaceNames = new HashMap<>();
  private final Map<Hop, PhysAddress> linkLayerAddresses = new HashMap<>();
  private final Forwarding totals;

  private ForwardingState(Forwarding totals) {
    this.totals = totals;
  }

  /// On the worker.
  static ForwardingState of(DataPlane plane) {
    List<Forwarding.Drops.Drop> drops = new ArrayList<>();
    for (DropReason reason : DropReason.values()) {
      if (reason.isLoss()) {
        drops.add(
            new Forwarding.Drops.Drop(
                io.vireo.records.router.vireoforwarding.DropReason.require(reason.yangName()),
                plane.drops().count(reason)));
      }
    }
    Forwarding.Fib.Ipv4 fib =
        new Forwarding.Fib.Ipv4((long) plane.fib().size(), plane.fib().sizeBytes(), List.of());
    ForwardingState copy =
        new ForwardingState(
            new Forwarding(
                new Forwarding.Fib(fib),
                new Forwarding.Drops(drops),
                new Forwarding.Runtime(runtime(plane.statistics())),
                new Forwarding.Buffers(
                    (long) plane.pool().capacity(), (long) plane.pool().available())));
    Map<Integer, List<Adjacency>> groups = new HashMap<>();
    plane
        .fib()
        .forEach((prefix, group) ->
            copy.routes.add(
                new Entry(prefix, groups.computeIfAbsent(group, plane.groups()::members))));
    for (RouterInterface each : plane.interfaces().all()) {
      copy.interfaceNames.put(each.index(), each.name());
    }
    for (Neighbour each : plane.neighbours().snapshot()) {
      if (each.mac() != NeighbourTable.UNKNOWN_MAC) {
        copy.linkLayerAddresses.put(
            new Hop(each.interfaceIndex(), each.address()), InterfaceState.mac(each.mac()));
      }
    }
    return copy;
  }

  private static List<Forwarding.Runtime.Node> runtime(NodeStatistics statistics) {
    List<Forwarding.Runtime.Node> nodes = new ArrayList<>();
    for (GraphNode node : GraphNode.values()) {
      BigDecimal time = BigDecimal.valueOf(statistics.nanosecondsPerPacket(node));
      nodes.add(
          new Forwarding.Runtime.Node(
              node.yangName(),
              statistics.vectors(node),
              statistics.packets(node),
              time.signum() == 0 ? null : time.setScale(1, RoundingMode.HALF_UP)));
    }
    return nodes;
  }

  /// The totals, then the FIB in order of its prefixes. On any thread.
  List<Forwarding> pages() {
    routes.sort(Comparator.comparing(Entry::prefix));
    List<Forwarding> pages = new ArrayList<>();
    pages.add(totals);
    for (List<Entry> part : Pages.cut(routes, each -> 1 + each.paths().size())) {
      pages.add(page(part.stream().map(this::route).toList()));
    }
    return pages;
  }

  @SuppressWarnings("NullAway") // javac drops the annotation of a compact constructor's parameter
  private static Forwarding page(List<Route> routes) {
    return new Forwarding(
        new Forwarding.Fib(new Forwarding.Fib.Ipv4(null, null, routes)), null, null, null);
  }

  private Route route(Entry entry) {
    List<Route.Path> paths = new ArrayList<>();
    for (Adjacency member : entry.paths()) {
      String out = interfaceNames.get(member.interfaceIndex());
      if (out != null) {
        boolean routed = member.kind() == Adjacency.Kind.NEXT_HOP;
        paths.add(
            new Route.Path(
                paths.size(),
                out,
                routed ? InterfaceState.address(member.nextHop()) : null,
                routed ? linkLayerAddress(member) : null));
      }
    }
    return new Route(
        new Ipv4Prefix(entry.prefix().toString()),
        disposition(entry.paths().getFirst().kind()),
        paths);
  }

  private @Nullable PhysAddress linkLayerAddress(Adjacency member) {
    return linkLayerAddresses.get(new Hop(member.interfaceIndex(), member.nextHop()));
  }

  private static Route.Disposition disposition(Adjacency.Kind kind) {
    return switch (kind) {
      case LOCAL -> Route.Disposition.LOCAL;
      case CONNECTED -> Route.Disposition.ATTACHED;
      case NEXT_HOP -> Route.Disposition.FORWARD;
      case BLACKHOLE, DIRECTED_BROADCAST -> Route.Disposition.BLACKHOLE;
      case UNREACHABLE, NO_ROUTE -> Route.Disposition.UNREACHABLE;
      case PROHIBIT -> Route.Disposition.PROHIBIT;
    };
  }
}
