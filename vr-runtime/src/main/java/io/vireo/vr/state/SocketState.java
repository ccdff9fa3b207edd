package io.vireo.vr.state;

import io.vireo.records.router.ietfinettypes.IpAddressNoZone;
import io.vireo.records.router.vireosockets.Sockets;
import io.vireo.vr.socket.DatagramSocket;
import io.vireo.vr.socket.Endpoint;
import io.vireo.vr.socket.IcmpEchoSocket;
import io.vireo.vr.socket.UdpSocket;
import io.vireo.vr.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `/vireo-sockets:sockets`: the open sockets, and the access rules with their counters.
final class SocketState {
  private SocketState() {}

  @SuppressWarnings("NullAway") // javac drops the annotation of a compact constructor's parameter
  static List<Sockets> pages(List<DatagramSocket> open, Sockets.@Nullable Access access) {
    List<Sockets> pages = new ArrayList<>();
    pages.add(new Sockets(access, List.of()));
    for (List<DatagramSocket> part : Pages.cut(open, each -> 2)) {
      pages.add(new Sockets(null, part.stream().map(SocketState::entry).toList()));
    }
    return pages;
  }

  private static Sockets.Socket entry(DatagramSocket each) {
    Endpoint local = each.localEndpoint();
    Endpoint peer = each.peerEndpoint();
    var statistics = each.statistics();
    return Sockets.Socket.builder()
        .id(each.id())
        .protocol(
            switch (each) {
              case UdpSocket udp -> Sockets.Socket.Protocol.UDP;
              case IcmpEchoSocket echo -> Sockets.Socket.Protocol.ICMP;
            })
        .localAddress(address(local.address()))
        .localPort(local.port() == 0 ? null : local.port())
        .remoteAddress(peer == null ? null : address(peer.address()))
        .remotePort(peer == null ? null : peer.port())
        .owner(each.owner())
        .pid(each.pid() == 0 ? null : each.pid())
        .receiveQueue(each.receiveQueueBytes())
        .inDatagrams(statistics.received())
        .outDatagrams(statistics.sent())
        .dropped(statistics.lost())
        .build();
  }

  private static @Nullable IpAddressNoZone address(int address) {
    return address == 0 ? null : IpAddressNoZone.of(Ipv4Address.format(address));
  }
}
