package io.vireo.vr.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.vireo.drivers.PacketVector;
import io.vireo.drivers.linux.Errno;
import io.vireo.drivers.memory.MemoryPort;
import io.vireo.vr.socket.Datagram;
import io.vireo.vr.socket.Endpoint;
import io.vireo.vr.socket.IcmpEchoSocket;
import io.vireo.vr.socket.SocketException;
import io.vireo.vr.socket.UdpSocket;
import io.vireo.vr.wire.ArpPacket;
import io.vireo.vr.wire.EthernetHeader;
import io.vireo.vr.wire.IcmpMessage;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Ipv4Header;
import io.vireo.vr.wire.NetworkOrder;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Packets through the whole graph, checked at the hosts.
class ForwardingTest {
  private Lab lab;

  @BeforeEach
  void build() throws Exception {
    lab = new Lab();
  }

  @AfterEach
  void everyBufferIsBack() {
    lab.dataPlane.neighbours().flush(1);
    lab.dataPlane.neighbours().flush(2);
    lab.dataPlane.onDeadline(lab.nowNs);
    for (var port : List.of(lab.h1, lab.h2, lab.routerPort1, lab.routerPort2)) {
      port.close();
    }
    assertEquals(lab.pool.capacity(), lab.pool.available());
    lab.close();
  }

  @Test
  void known_udpToOtherSide_arrivesWithTtlDecremented() {
    lab.resolve();
    lab.sendUdp(lab.h1, Lab.H1_MAC, Lab.R1_MAC, Lab.H1, Lab.FAR, 9, 64, 100);
    lab.run();
    PacketVector at = lab.take(lab.h2);
    assertEquals(1, at.size());
    long ip = at.offset(0) + 14;
    assertEquals(Lab.H2_MAC, EthernetHeader.destination(lab.memory, at.offset(0)));
    assertEquals(Lab.R2_MAC, EthernetHeader.source(lab.memory, at.offset(0)));
    assertEquals(63, Ipv4Header.ttl(lab.memory, ip));
    assertTrue(Ipv4Header.checksumIsGood(lab.memory, ip, 20));
    lab.release();
    var counters = lab.dataPlane.interfaces().require("r2", false).counters();
    assertEquals(1, counters.outUnicastPkts);
    assertEquals(142, counters.outOctets);
  }

  @Test
  void unknownNeighbour_fivePackets_waitForArpAndArriveInOrder() {
    for (int i = 0; i < 5; i++) {
      lab.sendUdp(lab.h1, Lab.H1_MAC, Lab.R1_MAC, Lab.H1, Lab.H2, 100 + i, 64, 10);
    }
    lab.run();
    PacketVector asked = lab.take(lab.h2);
    assertEquals(1, asked.size());
    assertEquals(EthernetHeader.TYPE_ARP, EthernetHeader.type(lab.memory, asked.offset(0)));
    assertEquals(Lab.H2, ArpPacket.targetAddress(lab.memory, asked.offset(0) + 14));
    lab.release();
    lab.sendArp(lab.h2, ArpPacket.REPLY, Lab.H2_MAC, Lab.H2, Lab.R2);
    lab.run();
    PacketVector arrived = lab.take(lab.h2);
    assertEquals(5, arrived.size());
    for (int i = 0; i < 5; i++) {
      assertEquals(100 + i, NetworkOrder.get16(lab.memory, arrived.offset(i) + 36));
    }
    lab.release();
  }

  @Test
  void silentNeighbour_threeProbes_hostUnreachableToSender() {
    passReports();
    lab.dataPlane
        .neighbours()
        .learn(1, 0, IpAddress.mapped(Lab.H1), Lab.H1_MAC, true, true, lab.nowNs);
    lab.sendUdp(lab.h1, Lab.H1_MAC, Lab.R1_MAC, Lab.H1, Lab.H2, 9, 64, 10);
    lab.run();
    for (int second = 0; second < 4; second++) {
      lab.nowNs += 1_000_000_000L;
      lab.dataPlane.onDeadline(lab.nowNs);
    }
    assertEquals(3, lab.take(lab.h2).size());
    lab.release();
    assertIcmp(IcmpMessage.DESTINATION_UNREACHABLE, IcmpMessage.CODE_HOST_UNREACHABLE);
  }

  // What the router tells of its groups when its links are new.
  private void passReports() {
    for (int i = 0; i < 2; i++) {
      lab.nowNs += 2_000_000_000L;
      lab.dataPlane.onDeadline(lab.nowNs);
    }
    for (MemoryPort host : List.of(lab.h1, lab.h2)) {
      lab.take(host);
      lab.release();
    }
  }

  @Test
  void router_arpRequest_isAnswered() {
    lab.sendArp(lab.h1, ArpPacket.REQUEST, Lab.H1_MAC, Lab.H1, Lab.R1);
    lab.run();
    PacketVector at = lab.take(lab.h1);
    assertEquals(1, at.size());
    long arp = at.offset(0) + 14;
    assertEquals(ArpPacket.REPLY, ArpPacket.operation(lab.memory, arp));
    assertEquals(Lab.R1_MAC, ArpPacket.senderMac(lab.memory, arp));
    lab.release();
    assertEquals(1, lab.dataPlane.neighbours().size());
  }

  @Test
  void ttlOne_timeExceeded_comesFromIncomingInterface() {
    lab.resolve();
    lab.sendUdp(lab.h1, Lab.H1_MAC, Lab.R1_MAC, Lab.H1, Lab.FAR, 33434, 1, 10);
    lab.run();
    assertIcmp(IcmpMessage.TIME_EXCEEDED, 0);
    assertEquals(1, lab.drops(DropReason.IPV4_TTL_EXPIRED));
  }

  @Test
  void noRoute_packet_netUnreachable() {
    lab.resolve();
    int nowhere = Ipv4Address.of("198.51.100.1");
    lab.sendUdp(lab.h1, Lab.H1_MAC, Lab.R1_MAC, Lab.H1, nowhere, 9, 64, 10);
    lab.run();
    assertIcmp(IcmpMessage.DESTINATION_UNREACHABLE, IcmpMessage.CODE_NET_UNREACHABLE);
  }

  @Test
  void closedPort_udpToRouter_portUnreachable() {
    lab.resolve();
    lab.sendUdp(lab.h1, Lab.H1_MAC, Lab.R1_MAC, Lab.H1, Lab.R2, 9, 64, 10);
    lab.run();
    assertIcmp(IcmpMessage.DESTINATION_UNREACHABLE, IcmpMessage.CODE_PORT_UNREACHABLE);
  }

  @Test
  void router_echo_isReplied() {
    lab.resolve();
    long frame = lab.pool.allocate();
    EthernetHeader.write(lab.memory, frame, Lab.R1_MAC, Lab.H1_MAC, EthernetHeader.TYPE_IPV4);
    Ipv4Header.write(lab.memory, frame + 14, 60, 1, 0, 64, 1, Lab.H1, Lab.R1);
    IcmpMessage.write(lab.memory, frame + 34, IcmpMessage.ECHO, 0, 77, 3, 40);
    lab.transmit(lab.h1, frame, 74);
    lab.run();
    PacketVector at = lab.take(lab.h1);
    assertEquals(1, at.size());
    long message = at.offset(0) + 34;
    assertEquals(IcmpMessage.ECHO_REPLY, IcmpMessage.type(lab.memory, message));
    assertEquals(77, IcmpMessage.identifier(lab.memory, message));
    assertTrue(IcmpMessage.checksumIsGood(lab.memory, message, 40));
    lab.release();
  }

  @Test
  void smallMtu_bigPacket_isFragmentedOrRefused() {
    lab.resolve();
    lab.dataPlane.interfaces().require("r2", false).setMtuBytes(576);
    lab.sendUdp(lab.h1, Lab.H1_MAC, Lab.R1_MAC, Lab.H1, Lab.H2, 9, 64, 1000);
    long frame = lab.udpFrame(Lab.H1_MAC, Lab.R1_MAC, Lab.H1, Lab.H2, 9, 64, 1000);
    Ipv4Header.setFragment(lab.memory, frame + 14, 1028, Ipv4Header.DONT_FRAGMENT, 20);
    lab.transmit(lab.h1, frame, 1042);
    lab.run();
    PacketVector at = lab.take(lab.h2);
    assertEquals(2, at.size());
    assertEquals(Ipv4Header.MORE_FRAGMENTS, Ipv4Header.fragment(lab.memory, at.offset(0) + 14));
    assertEquals(552 / 8, Ipv4Header.fragment(lab.memory, at.offset(1) + 14));
    assertEquals(14 + 20 + 1008 - 552, at.length(1));
    lab.release();
    PacketVector refused = lab.take(lab.h1);
    assertEquals(1, refused.size());
    long icmp = refused.offset(0) + 34;
    assertEquals(IcmpMessage.CODE_FRAGMENTATION_NEEDED, IcmpMessage.code(lab.memory, icmp));
    assertEquals(576, IcmpMessage.sequence(lab.memory, icmp)); // RFC 1191: the next-hop MTU
    lab.release();
  }

  @Test
  void linkDown_connectedRoute_isWithdrawn() {
    lab.resolve();
    lab.h2.setLinkUp(false);
    lab.dataPlane.checkLinks(lab.nowNs, (changed, up) -> lab.rib.recompute());
    lab.sendUdp(lab.h1, Lab.H1_MAC, Lab.R1_MAC, Lab.H1, Lab.FAR, 9, 64, 10);
    lab.run();
    assertIcmp(IcmpMessage.DESTINATION_UNREACHABLE, IcmpMessage.CODE_NET_UNREACHABLE);
  }

  @Test
  void udpSocket_exchange_bothWays() throws Exception {
    lab.resolve();
    try (UdpSocket socket = lab.sockets.openUdp()) {
      socket.bind(new Endpoint(0, 5000));
      lab.sendUdp(lab.h1, Lab.H1_MAC, Lab.R1_MAC, Lab.H1, Lab.R1, 5000, 64, 10);
      lab.run();
      Datagram datagram = socket.receive();
      assertNotNull(datagram);
      assertEquals(new Endpoint(Lab.H1, 4000), datagram.source());
      assertEquals(10, datagram.payload().remaining());
      socket.send(ByteBuffer.allocate(5), new Endpoint(Lab.H2, 6000));
      lab.sockets.poll(lab.nowNs);
      PacketVector at = lab.take(lab.h2);
      assertEquals(1, at.size());
      assertEquals(Lab.R2, Ipv4Header.source(lab.memory, at.offset(0) + 14));
      assertEquals(64, Ipv4Header.ttl(lab.memory, at.offset(0) + 14));
      lab.release();
    }
  }

  @Test
  void manySends_oneSocket_leaveInTurnsAndAllArrive() throws Exception {
    lab.resolve();
    try (UdpSocket socket = lab.sockets.openUdp("alice", 7)) {
      int sent = 200; // more than one turn takes, and than the first ring of the queue holds
      for (int i = 0; i < sent; i++) {
        socket.send(ByteBuffer.allocate(100 + i), new Endpoint(Lab.H2, 6000));
      }
      int arrived = 0;
      while (lab.sockets.hasPending()) {
        assertTrue(lab.sockets.poll(lab.nowNs));
        PacketVector at = lab.take(lab.h2);
        for (int i = 0; i < at.size(); i++) {
          assertEquals(
              128 + arrived++, Ipv4Header.totalLength(lab.memory, at.offset(i) + 14), "in order");
        }
        lab.release();
      }
      assertEquals(sent, arrived);
    }
  }

  @Test
  void subnetBroadcast_toClosedPort_isNotAnswered() {
    lab.resolve();
    int broadcast = Lab.R1 | 0xff;
    lab.sendUdp(lab.h1, Lab.H1_MAC, Lab.R1_MAC, Lab.H1, broadcast, 9, 64, 10);
    lab.run();
    assertEquals(0, lab.take(lab.h1).size());
  }

  @Test
  void fragment_pastTheLongestDatagram_isBadLength() {
    lab.resolve();
    long frame = lab.udpFrame(Lab.H1_MAC, Lab.R1_MAC, Lab.H1, Lab.FAR, 9, 64, 64);
    Ipv4Header.write(
        lab.memory, frame + 14, 92, 7, 0x1fff, 64, Ipv4Header.PROTOCOL_UDP, Lab.H1, Lab.FAR);
    lab.transmit(lab.h1, frame, 106);
    lab.run();
    assertEquals(1, lab.drops(DropReason.IPV4_BAD_LENGTH));
    assertEquals(0, lab.take(lab.h2).size());
  }

  @Test
  void scan_ofSilentAddresses_leavesMostBuffers() {
    lab.resolve();
    for (int i = 3; i < 254; i++) {
      for (int packet = 0; packet < 8; packet++) {
        int to = (Lab.H2 & ~0xff) | i;
        lab.sendUdp(lab.h1, Lab.H1_MAC, Lab.R1_MAC, Lab.H1, to, 9, 64, 10);
      }
      lab.run();
      lab.take(lab.h2);
      lab.release();
    }
    assertTrue(lab.pool.available() >= lab.pool.capacity() / 8 * 7 - 64);
    assertTrue(lab.drops(DropReason.NEIGHBOR_QUEUE_FULL) > 0);
    lab.dataPlane.neighbours().flush(2);
    lab.dataPlane.onDeadline(lab.nowNs);
    lab.take(lab.h1);
    lab.release();
  }

  @Test
  void boundPort_secondBind_isEaddrinuse() throws Exception {
    try (UdpSocket first = lab.sockets.openUdp();
        UdpSocket second = lab.sockets.openUdp()) {
      first.bind(new Endpoint(0, 5000));
      SocketException refused =
          assertThrows(SocketException.class, () -> second.bind(new Endpoint(Lab.R1, 5000)));
      assertEquals(Errno.EADDRINUSE, refused.errno());
    }
  }

  @Test
  void echoSocket_ownAddress_answersItself() throws Exception {
    try (IcmpEchoSocket ping = lab.sockets.openEcho()) {
      ping.sendEcho(Lab.R2, 5, ByteBuffer.allocate(56));
      lab.sockets.poll(lab.nowNs);
      Datagram reply = ping.receive();
      assertNotNull(reply);
      assertEquals(new Endpoint(Lab.R2, 5), reply.source());
    }
  }

  @Test
  void garbage_everyKind_isDroppedAndCounted() {
    lab.resolve();
    Random random = new Random(42);
    for (int i = 0; i < 20_000; i++) {
      long frame =
          lab.udpFrame(Lab.H1_MAC, Lab.R1_MAC, Lab.H1, i % 2 == 0 ? Lab.R1 : Lab.FAR, 9, 64, 64);
      int length = random.nextInt(4) == 0 ? random.nextInt(106) : 106;
      for (int flips = random.nextInt(4); flips > 0; flips--) {
        NetworkOrder.put8(lab.memory, frame + 12 + random.nextInt(94), random.nextInt(256));
      }
      lab.transmit(lab.h1, frame, length);
      if (i % 200 == 199) {
        lab.run();
        lab.take(lab.h1);
        lab.release();
        lab.take(lab.h2);
        lab.release();
      }
    }
    assertTrue(lab.drops(DropReason.IPV4_BAD_CHECKSUM) > 0);
    assertTrue(lab.drops(DropReason.IPV4_BAD_LENGTH) > 0);
    assertTrue(lab.drops(DropReason.ETHERNET_TOO_SHORT) > 0);
  }

  @Test
  void steadyState_millionPackets_allocateNothing() {
    lab.resolve();
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    PacketVector burst = new PacketVector();
    for (int i = 0; i < 2_000; i++) {
      forwardBurst(burst); // compile
    }
    long allocated = Long.MAX_VALUE;
    for (int round = 0; round < 5 && allocated != 0; round++) {
      long startNs = System.nanoTime();
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 1_000_000 / PacketVector.CAPACITY; i++) {
        forwardBurst(burst);
      }
      allocated = threads.getCurrentThreadAllocatedBytes() - before;
      long perPacketNs = (System.nanoTime() - startNs) / 1_000_000;
      System.out.println(perPacketNs + " ns/packet with generator, " + allocated + " bytes");
    }
    assertEquals(0, allocated);
  }

  private void forwardBurst(PacketVector burst) {
    for (int i = 0; i < PacketVector.CAPACITY; i++) {
      burst.add(lab.udpFrame(Lab.H1_MAC, Lab.R1_MAC, Lab.H1, Lab.FAR, 9, 64, 18), 60, 0);
    }
    lab.h1.transmit(burst, lab.pool);
    lab.dataPlane.run(lab.nowNs);
    lab.take(lab.h2);
    if (lab.received.size() != PacketVector.CAPACITY) {
      throw new AssertionError(lab.received.size() + " arrived");
    }
    lab.release();
  }

  private void assertIcmp(int type, int code) {
    PacketVector at = lab.take(lab.h1);
    assertEquals(1, at.size());
    long ip = at.offset(0) + 14;
    assertEquals(Lab.R1, Ipv4Header.source(lab.memory, ip));
    assertEquals(Lab.H1, Ipv4Header.destination(lab.memory, ip));
    assertEquals(type, IcmpMessage.type(lab.memory, ip + 20));
    assertEquals(code, IcmpMessage.code(lab.memory, ip + 20));
    int length = Ipv4Header.totalLength(lab.memory, ip) - 20;
    assertTrue(IcmpMessage.checksumIsGood(lab.memory, ip + 20, length));
    lab.release();
  }
}
