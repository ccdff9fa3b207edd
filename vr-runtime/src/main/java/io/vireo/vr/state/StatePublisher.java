package io.vireo.vr.state;

import io.vireo.records.router.RouterRoot;
import io.vireo.records.router.ietfinettypes.IpAddressNoZone;
import io.vireo.records.router.vireosockets.Sockets;
import io.vireo.vr.VirtualRouter;
import io.vireo.vr.rib.Rib;
import io.vireo.vr.socket.Endpoint;
import io.vireo.vr.socket.UdpSocket;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.worker.Worker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Takes snapshots of a router's operational state. Any thread may ask.
public final class StatePublisher {
  /// Routes in one page: some 50 KB as YANG-CBOR.
  private static final int ROUTES_PER_PAGE = 500;

  private static final String INTERFACES = "ietf-interfaces:interfaces";
  private static final String ROUTING = "ietf-routing:routing";
  private static final String FORWARDING = "vireo-forwarding:forwarding";
  private static final String SOCKETS = "vireo-sockets:sockets";

  private final VirtualRouter router;
  private final Instant started = Instant.now();

  public StatePublisher(VirtualRouter router) {
    this.router = router;
  }

  /// Pages to be merged, each a tree.
  ///
  /// @param subtrees top-level nodes as `module:name`; empty means all
  public List<RouterRoot> snapshot(Set<String> subtrees) {
    List<RouterRoot> pages = new ArrayList<>();
    if (wanted(subtrees, INTERFACES)) {
      pages.add(
          router
              .worker()
              .call(() ->
                  new RouterRoot(
                      InterfaceState.of(router.dataPlane(), started, Instant.now(), Worker.nowNs()),
                      null,
                      null,
                      null,
                      null,
                      null)));
    }
    if (wanted(subtrees, ROUTING)) {
      List<Rib.Entry> entries = router.worker().call(() -> router.rib().entries());
      for (int from = 0; from < entries.size(); from += ROUTES_PER_PAGE) {
        int to = Math.min(entries.size(), from + ROUTES_PER_PAGE);
        pages.add(
            new RouterRoot(null, RouteState.of(entries.subList(from, to)), null, null, null, null));
      }
    }
    if (wanted(subtrees, FORWARDING)) {
      pages.add(
          router
              .worker()
              .call(() ->
                  new RouterRoot(
                      null, null, null, null, ForwardingState.of(router.dataPlane()), null)));
    }
    if (wanted(subtrees, SOCKETS)) {
      pages.add(new RouterRoot(null, null, null, null, null, sockets()));
    }
    return pages;
  }

  private static boolean wanted(Set<String> subtrees, String name) {
    return subtrees.isEmpty() || subtrees.contains(name);
  }

  @SuppressWarnings("NullAway") // javac drops the annotation of a compact constructor's parameter
  private Sockets sockets() {
    List<Sockets.Socket> open = new ArrayList<>();
    for (UdpSocket each : router.sockets().udpSockets()) {
      Endpoint local = each.localEndpoint();
      Endpoint peer = each.peerEndpoint();
      var statistics = each.statistics();
      open.add(
          Sockets.Socket.builder()
              .id(each.id())
              .protocol(Sockets.Socket.Protocol.UDP)
              .localAddress(address(local.address()))
              .localPort(local.port())
              .remoteAddress(peer == null ? null : address(peer.address()))
              .remotePort(peer == null ? null : peer.port())
              .owner(each.owner())
              .pid(each.pid() == 0 ? null : each.pid())
              .inDatagrams(statistics.received())
              .outDatagrams(statistics.sent())
              .dropped(statistics.lost())
              .build());
    }
    return new Sockets(null, open);
  }

  private static @Nullable IpAddressNoZone address(int address) {
    return address == 0 ? null : IpAddressNoZone.of(Ipv4Address.format(address));
  }
}
