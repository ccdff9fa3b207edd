package io.vireo.vr.forward;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.drivers.linux.LinuxException;
import io.vireo.drivers.memory.MemoryPort;
import io.vireo.vr.forward.RouterInterface.InterfaceAddress;
import io.vireo.vr.rib.NextHop;
import io.vireo.vr.rib.Rib;
import io.vireo.vr.rib.Route;
import io.vireo.vr.rib.RouteSource;
import io.vireo.vr.socket.SocketLayer;
import io.vireo.vr.wire.ArpPacket;
import io.vireo.vr.wire.EthernetHeader;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Ipv4Header;
import io.vireo.vr.wire.Ipv4Prefix;
import io.vireo.vr.wire.UdpHeader;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// A router with two ports on virtual time, and the two hosts at the other ends of the wires.
///
/// ```text
///  h1 10.0.1.2 ---- 10.0.1.1 router 10.0.2.1 ---- 10.0.2.2 h2, and 203.0.113.0/24 behind it
/// ```
public final class Lab implements AutoCloseable {
  public static final long H1_MAC = 0x0200_0000_0102L;
  public static final long H2_MAC = 0x0200_0000_0202L;
  public static final long R1_MAC = 0x0200_0000_0101L;
  public static final long R2_MAC = 0x0200_0000_0201L;
  public static final int H1 = Ipv4Address.of("10.0.1.2");
  public static final int H2 = Ipv4Address.of("10.0.2.2");
  public static final int R1 = Ipv4Address.of("10.0.1.1");
  public static final int R2 = Ipv4Address.of("10.0.2.1");
  public static final int FAR = Ipv4Address.of("203.0.113.9");
  private static final int BUFFERS = 4096;

  public final PacketPool pool;
  public final SocketLayer sockets = new SocketLayer();
  public final DataPlane dataPlane;
  public final Rib<Ipv4Prefix> rib;
  public final MemoryPort h1;
  public final MemoryPort h2;
  public final MemoryPort routerPort1;
  public final MemoryPort routerPort2;
  public final MemorySegment memory;
  public final PacketVector received = new PacketVector();
  private final PacketVector one = new PacketVector();
  public long nowNs = 1_000_000_000L;

  public Lab() throws LinuxException {
    pool = PacketPool.create(BUFFERS);
    memory = pool.memory();
    dataPlane = new DataPlane(pool, sockets);
    sockets.attach(dataPlane, null);
    rib = Rib.ipv4(dataPlane.interfaces(), dataPlane.fib(), dataPlane.groups());
    MemoryPort[] left = MemoryPort.wire("h1", H1_MAC, "r1", R1_MAC, 1500);
    MemoryPort[] right = MemoryPort.wire("r2", R2_MAC, "h2", H2_MAC, 1500);
    h1 = left[0];
    routerPort1 = left[1];
    routerPort2 = right[0];
    h2 = right[1];
    RouterInterface r1 = dataPlane.interfaces().require("r1", false);
    r1.setPort(routerPort1);
    r1.setAddresses(List.of(new InterfaceAddress(R1, 24)));
    RouterInterface r2 = dataPlane.interfaces().require("r2", false);
    r2.setPort(routerPort2);
    r2.setAddresses(List.of(new InterfaceAddress(R2, 24)));
    rib.setStaticRoutes(
        List.of(
            Route.of(
                Ipv4Prefix.of("203.0.113.0/24"),
                RouteSource.STATIC,
                new NextHop.Via(IpAddress.ofIpv4(H2), null))));
    dataPlane.checkLinks(nowNs, (changed, up) -> rib.recompute());
  }

  /// Lets both hosts be known, so that packets pass at once.
  public void resolve() {
    dataPlane.neighbours().learn(1, 0, IpAddress.mapped(H1), H1_MAC, true, true, nowNs);
    dataPlane.neighbours().learn(2, 0, IpAddress.mapped(H2), H2_MAC, true, true, nowNs);
  }

  public void run() {
    while (routerPort1.hasPending() || routerPort2.hasPending()) {
      dataPlane.run(nowNs);
    }
  }

  /// What host `at` has received since the last call; the buffers are the caller's.
  public PacketVector take(MemoryPort at) {
    received.clear();
    at.receive(received, pool, 0);
    return received;
  }

  public void release() {
    pool.freeAll(received);
  }

  /// Sends a UDP packet as a host would.
  public void sendUdp(
      MemoryPort from, long source, long router, int src, int dst, int port, int ttl, int payload) {
    long frame = udpFrame(source, router, src, dst, port, ttl, payload);
    transmit(from, frame, 42 + payload);
  }

  public void transmit(MemoryPort from, long frame, int length) {
    one.add(frame, length, 0);
    from.transmit(one, pool);
  }

  public long udpFrame(long source, long router, int src, int dst, int port, int ttl, int payload) {
    long frame = pool.allocate();
    long ip = frame + EthernetHeader.BYTES;
    EthernetHeader.write(memory, frame, router, source, EthernetHeader.TYPE_IPV4);
    int length = UdpHeader.BYTES + payload;
    Ipv4Header.write(memory, ip, 20 + length, 7, 0, ttl, Ipv4Header.PROTOCOL_UDP, src, dst);
    UdpHeader.write(memory, ip + 20, 4000, port, length, src, dst);
    return frame;
  }

  public void sendArp(MemoryPort from, int operation, long mac, int sender, int target) {
    long frame = pool.allocate();
    EthernetHeader.write(memory, frame, EthernetHeader.BROADCAST, mac, EthernetHeader.TYPE_ARP);
    ArpPacket.write(memory, frame + EthernetHeader.BYTES, operation, mac, sender, 0, target);
    transmit(from, frame, 60);
  }

  public long drops(DropReason reason) {
    return dataPlane.drops().count(reason);
  }

  @Override
  public void close() {
    h1.close();
    h2.close();
    routerPort1.close();
    routerPort2.close();
    pool.close();
  }
}
