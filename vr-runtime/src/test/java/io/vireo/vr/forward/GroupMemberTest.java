package io.vireo.vr.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.drivers.InternetChecksum;
import io.vireo.drivers.PacketVector;
import io.vireo.vr.forward.RouterInterface.InterfaceAddress;
import io.vireo.vr.socket.Endpoint;
import io.vireo.vr.socket.UdpSocket;
import io.vireo.vr.wire.EthernetHeader;
import io.vireo.vr.wire.IgmpMessage;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Ipv4Header;
import io.vireo.vr.wire.UdpHeader;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// IGMPv3's host side (RFC 3376 §5, §7) on virtual time.
class GroupMemberTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final String JOINED = "2200" + "0000" + "00000001" + "04000000" + "e0000002";
  private static final int GROUP = Ipv4Address.of("239.1.2.3");

  private Lab lab;
  private RouterInterface r1;

  @BeforeEach
  void build() throws Exception {
    lab = new Lab();
    r1 = Objects.requireNonNull(lab.dataPlane.interfaces().lookup("r1"));
  }

  @AfterEach
  void close() {
    for (var host : List.of(lab.h1, lab.h2)) {
      lab.take(host);
      lab.release();
    }
    assertEquals(lab.pool.capacity(), lab.pool.available());
    lab.close();
  }

  private void pass(long milliseconds) {
    for (long i = 0; i < milliseconds; i++) {
      lab.nowNs += 1_000_000;
      lab.dataPlane.onDeadline(lab.nowNs);
      lab.run();
    }
  }

  /// What h1 was sent with IGMP, as `destination message`, the message without its checksum.
  private List<String> reports() {
    List<String> seen = new ArrayList<>();
    PacketVector received = lab.take(lab.h1);
    for (int i = 0; i < received.size(); i++) {
      byte[] frame = new byte[received.length(i)];
      MemorySegment.copy(
          lab.memory, ValueLayout.JAVA_BYTE, received.offset(i), frame, 0, frame.length);
      MemorySegment memory = MemorySegment.ofArray(frame);
      if (EthernetHeader.type(memory, 0) != EthernetHeader.TYPE_IPV4
          || Ipv4Header.protocol(memory, 14) != Ipv4Header.PROTOCOL_IGMP) {
        continue;
      }
      int headerBytes = Ipv4Header.headerBytes(memory, 14);
      int length = Ipv4Header.totalLength(memory, 14) - headerBytes;
      int to = Ipv4Header.destination(memory, 14);
      assertTrue(Ipv4Header.checksumIsGood(memory, 14, headerBytes));
      assertTrue(IgmpMessage.checksumIsGood(memory, 14 + headerBytes, length));
      assertEquals("94040000", HEX.formatHex(frame, 34, 38), "router alert");
      assertEquals(1, Ipv4Header.ttl(memory, 14));
      assertEquals(Lab.R1, Ipv4Header.source(memory, 14));
      assertEquals(Ipv4Address.groupMac(to), EthernetHeader.destination(memory, 0));
      frame[14 + headerBytes + 2] = 0;
      frame[14 + headerBytes + 3] = 0;
      seen.add(
          Ipv4Address.format(to)
              + " "
              + HEX.formatHex(frame, 14 + headerBytes, 14 + headerBytes + length));
    }
    lab.release();
    return seen;
  }

  /// Sends an IGMP message to the router; its checksum is put in.
  private void send(int to, int ttl, String message) {
    byte[] body = HEX.parseHex(message);
    byte[] frame = new byte[34 + body.length];
    MemorySegment memory = MemorySegment.ofArray(frame);
    EthernetHeader.write(memory, 0, Ipv4Address.groupMac(to), Lab.H1_MAC, EthernetHeader.TYPE_IPV4);
    Ipv4Header.write(memory, 14, 20 + body.length, 1, 0, ttl, Ipv4Header.PROTOCOL_IGMP, Lab.H1, to);
    System.arraycopy(body, 0, frame, 34, body.length);
    InternetChecksum.store(memory, 36, InternetChecksum.sum(memory, 34, body.length));
    transmit(frame);
  }

  private void transmit(byte[] frame) {
    long at = lab.pool.allocate();
    MemorySegment.copy(frame, 0, lab.memory, ValueLayout.JAVA_BYTE, at, frame.length);
    lab.transmit(lab.h1, at, frame.length);
    lab.run();
  }

  private void join(int... groups) {
    List<IpAddress> wanted = new ArrayList<>();
    for (int group : groups) {
      wanted.add(IpAddress.ofIpv4(group));
    }
    r1.groups().setOwn(Set.copyOf(wanted), lab.nowNs);
    lab.dataPlane.configureIpv4(r1, lab.nowNs);
  }

  @Test
  void routers_joinTheirGroup_andSayItTwice() {
    pass(1);
    assertEquals(List.of("224.0.0.22 " + JOINED), reports());
    pass(1_001);
    assertEquals(List.of("224.0.0.22 " + JOINED), reports());
    pass(10_000);
    assertEquals(List.of(), reports());
  }

  @Test
  void noRouter_leavesIt() {
    pass(5_000);
    reports();
    r1.setForwarding(false);
    lab.dataPlane.configureIpv4(r1, lab.nowNs);
    pass(1);
    assertEquals(List.of("224.0.0.22 " + JOINED.replace("04000000", "03000000")), reports());
    r1.setAddresses(List.of());
    lab.dataPlane.configureIpv4(r1, lab.nowNs);
    pass(5_000);
    assertEquals(List.of(), reports());
    r1.setAddresses(List.of(new InterfaceAddress(Lab.R1, 24)));
  }

  /// The codes of §4.1.1: tenths of a second, from 128 on with an exponent.
  @ParameterizedTest
  @CsvSource({"11640000000000000a7d0000, 10000", "118f0000000000000a7d0000, 24800"})
  void generalQueries_areAnsweredInTheirTime(String query, int milliseconds) {
    pass(5_000);
    reports();
    send(Ipv4Address.ALL_HOSTS, 1, query);
    assertEquals(List.of(), reports());
    pass(milliseconds + 1);
    assertEquals(List.of("224.0.0.22 " + JOINED.replace("04000000", "02000000")), reports());
  }

  @Test
  void groupQueries_areAnsweredByMembersAlone() {
    pass(5_000);
    reports();
    send(Ipv4Address.ALL_ROUTERS, 1, "110a0000e0000002027d0000");
    pass(1_001);
    assertEquals(List.of("224.0.0.22 " + JOINED.replace("04000000", "02000000")), reports());
    send(GROUP, 1, "110a0000ef010203027d0000");
    pass(1_001);
    assertEquals(List.of(), reports());
    assertEquals(1, lab.drops(DropReason.GROUP_NOT_JOINED));
  }

  /// §7.2.1: as long as there is a router of an older version on the link, that is spoken.
  @Test
  void olderRouters_areAnsweredTheirWay() {
    pass(5_000);
    reports();
    send(Ipv4Address.ALL_HOSTS, 1, "110a000000000000");
    pass(1_001);
    assertEquals(List.of("224.0.0.2 16000000e0000002"), reports());
    join();
    r1.setForwarding(false);
    lab.dataPlane.configureIpv4(r1, lab.nowNs);
    pass(2_000);
    assertEquals(List.of("224.0.0.2 17000000e0000002", "224.0.0.2 17000000e0000002"), reports());
    r1.setForwarding(true);
    lab.dataPlane.configureIpv4(r1, lab.nowNs);
    pass(5_000);
    reports();
    send(Ipv4Address.ALL_HOSTS, 1, "1100000000000000");
    pass(10_001);
    assertEquals(List.of("224.0.0.2 12000000e0000002"), reports());
    pass(261_000);
    send(Ipv4Address.ALL_HOSTS, 1, "110a000000000000027d0000");
    pass(1_001);
    assertEquals(List.of("224.0.0.22 " + JOINED.replace("04000000", "02000000")), reports());
  }

  /// RFC 2236 §3: one member's report is enough.
  @Test
  void otherMembersReport_isEnoughForOlderRouters() {
    pass(5_000);
    reports();
    send(Ipv4Address.ALL_HOSTS, 1, "1164000000000000");
    send(Ipv4Address.ALL_ROUTERS, 1, "16000000e0000002");
    pass(10_001);
    // The one that answers "any group?" is not held back by what is about one group.
    assertTrue(reports().size() <= 1);
    send(Ipv4Address.ALL_ROUTERS, 1, "11640000e0000002");
    send(Ipv4Address.ALL_ROUTERS, 1, "16000000e0000002");
    pass(10_001);
    assertEquals(List.of(), reports());
  }

  @ParameterizedTest
  @CsvSource({"2, 110a000000000000", "1, 110a00000000", "1, 110a0000000000000a7d"})
  void unsoundMessages_areDropped(int ttl, String message) {
    pass(5_000);
    reports();
    send(Ipv4Address.ALL_HOSTS, ttl, message);
    pass(5_000);
    assertEquals(List.of(), reports());
    assertEquals(1, lab.drops(DropReason.IGMP_MALFORMED));
  }

  @Test
  void datagramsToAGroup_reachSocketsOnceItIsJoined() throws Exception {
    try (UdpSocket socket = lab.sockets.openUdp()) {
      socket.bind(new Endpoint(0, 9_000));
      byte[] frame = new byte[50];
      MemorySegment memory = MemorySegment.ofArray(frame);
      EthernetHeader.write(
          memory, 0, Ipv4Address.groupMac(GROUP), Lab.H1_MAC, EthernetHeader.TYPE_IPV4);
      Ipv4Header.write(memory, 14, 36, 1, 0, 8, Ipv4Header.PROTOCOL_UDP, Lab.H1, GROUP);
      UdpHeader.write(memory, 34, 4_000, 9_000, 16, Lab.H1, GROUP);
      transmit(frame);
      assertEquals(null, socket.receive());
      assertEquals(1, lab.drops(DropReason.GROUP_NOT_JOINED));
      r1.groups().setOwn(Set.of(IpAddress.ofIpv4(GROUP)), lab.nowNs);
      transmit(frame);
      assertTrue(socket.receive() != null);
    }
  }
}
