package io.vireo.vr.forward;

import static io.vireo.vr.forward.Ipv6Lab.FAR;
import static io.vireo.vr.forward.Ipv6Lab.H1;
import static io.vireo.vr.forward.Ipv6Lab.H2;
import static io.vireo.vr.forward.Ipv6Lab.R1;
import static io.vireo.vr.forward.Ipv6Lab.R2;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.vireo.drivers.PacketVector;
import io.vireo.vr.forward.Ipv6Lab.Seen;
import io.vireo.vr.wire.EthernetHeader;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv6Address;
import io.vireo.vr.wire.Ipv6Header;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// IPv6 through the graph: RFC 8200 as a router has it, RFC 4443.
class Ipv6ForwardingTest {
  private static final int UDP = Ipv6Header.UDP;
  private static final String ECHO = "80000000abcd0001";

  private Ipv6Lab lab;

  @BeforeEach
  void build() throws Exception {
    lab = new Ipv6Lab(0);
    lab.resolve();
  }

  @AfterEach
  void everyBufferIsBack() {
    lab.pass(10_000); // neighbours that nobody is
    lab.take(lab.lab.h1);
    lab.take(lab.lab.h2);
    assertEquals(lab.lab.pool.capacity(), lab.lab.pool.available());
    lab.close();
  }

  private byte[] udp(IpAddress from, IpAddress to, int hops, int bytes) {
    return lab.frame(Lab.H1_MAC, from, to, hops, UDP, new byte[bytes]);
  }

  @Test
  void known_packetToOtherSide_arrivesWithHopLimitDecremented() {
    for (IpAddress to : List.of(H2, FAR)) {
      lab.send(lab.lab.h1, udp(H1, to, 64, 32));
      Seen seen = lab.take(lab.lab.h2).getFirst();
      assertEquals(63, seen.hopLimit());
      assertEquals(H1, seen.source());
      assertEquals(to, seen.destination());
      assertEquals(Lab.H2_MAC, seen.destinationMac());
    }
  }

  @Test
  void padding_ofTheLink_isCutOff() {
    byte[] frame = udp(H1, H2, 64, 8);
    lab.send(lab.lab.h1, Arrays.copyOf(frame, frame.length + 20));
    assertEquals(frame.length, lab.take(lab.lab.h2).getFirst().bytes().length);
  }

  /// What is wrong with a packet from h1 to h2, and how it ends. The first column: an offset in the
  /// packet and the bytes put there.
  @ParameterizedTest
  @CsvSource({
    "0 40, IPV6_BAD_VERSION",
    "4 00ff, IPV6_BAD_LENGTH",
    "8 ff02, IPV6_MARTIAN_SOURCE",
    "8 00000000000000000000000000000000, IPV6_MARTIAN_SOURCE",
    "8 00000000000000000000000000000001, IPV6_MARTIAN_SOURCE",
    "8 00000000000000000000ffff0a000001, IPV6_MARTIAN_SOURCE",
    "24 00000000000000000000000000000001, IPV6_MARTIAN_DESTINATION",
    "24 00000000000000000000000000000000, IPV6_MARTIAN_DESTINATION",
    "24 ff010000000000000000000000000001, IPV6_MARTIAN_DESTINATION",
    "24 ff020000000000000000000000000005, GROUP_NOT_JOINED",
    "24 ff0e0000000000000000000000000005, GROUP_NOT_JOINED",
    "24 fe800000000000000000000000001234, IPV6_SCOPE_EXCEEDED",
    "8 fe80000000000000, IPV6_SCOPE_EXCEEDED",
    "24 20010db800030000, IPV6_NO_ROUTE",
    "7 01, IPV6_HOP_LIMIT_EXCEEDED",
    "7 00, IPV6_HOP_LIMIT_EXCEEDED",
  })
  void unsound_packet_isDroppedAndCounted(String change, DropReason reason) {
    byte[] frame = udp(H1, H2, 64, 32);
    byte[] bytes = HexFormat.of().parseHex(change.substring(change.indexOf(' ') + 1));
    int at = EthernetHeader.BYTES + Integer.parseInt(change.substring(0, change.indexOf(' ')));
    System.arraycopy(bytes, 0, frame, at, bytes.length);
    lab.send(lab.lab.h1, frame);
    assertEquals(1, lab.drops(reason));
    assertEquals(List.of(), lab.take(lab.lab.h2));
  }

  @Test
  void short_packets_areDroppedAndCounted() {
    for (int length = 14; length < 54; length++) {
      lab.send(lab.lab.h1, Arrays.copyOf(udp(H1, H2, 64, 0), length));
    }
    assertEquals(40, lab.drops(DropReason.IPV6_TOO_SHORT));
  }

  @Test
  void toAGroupOfTheLink_butAHost_isDropped() {
    byte[] frame = udp(H1, H2, 64, 8);
    MemorySegment.ofArray(frame).set(ValueLayout.JAVA_BYTE, 0, (byte) 0x33);
    lab.send(lab.lab.h1, frame);
    assertEquals(1, lab.drops(DropReason.IPV6_MARTIAN_DESTINATION));
  }

  /// RFC 4443: the error comes from the near interface, quotes the packet, and says what.
  @ParameterizedTest
  @CsvSource({
    "2001:db8:1::2, 2001:db8:3::1, 64, 100, 1/0, 00000000",
    "2001:db8:1::2, 2001:db8:2::2, 1, 100, 3/0, 00000000",
    "2001:db8:1::2, 2001:db8:2::2, 64, 1400, 2/0, 00000514",
    "2001:db8:1::2, 2001:db8:1::1, 64, 100, 1/4, 00000000",
    "fe80::ff:fe00:102, 2001:db8:2::2, 64, 100, 1/2, 00000000",
  })
  void undeliverable_packet_isAnswered(
      String from, String to, int hops, int bytes, String said, String word) {
    lab.r2.setMtuBytes(1300);
    IpAddress source = Ipv6Address.of(from);
    byte[] frame = udp(source, Ipv6Address.of(to), hops, bytes);
    lab.send(lab.lab.h1, frame);
    Seen error = lab.take(lab.lab.h1).getFirst();
    assertEquals(said, error.typeAndCode());
    assertEquals(source, error.destination());
    assertEquals(Ipv6Address.isLinkLocal(source.high()) ? Ipv6Lab.R1_LINK : R1, error.source());
    assertEquals(word, error.body().substring(0, 8));
    int quoted = Math.min(frame.length - EthernetHeader.BYTES, 1280 - 48);
    assertEquals(
        HexFormat.of().formatHex(frame, EthernetHeader.BYTES, 14 + quoted),
        error.body().substring(8));
  }

  @Test
  void errorsAboutErrors_andToNobody_areNotSent() {
    IpAddress nowhere = Ipv6Address.of("2001:db8:3::1");
    lab.send(lab.lab.h1, lab.icmp(Lab.H1_MAC, H1, nowhere, 64, "0100000000000000"));
    lab.send(lab.lab.h1, lab.icmp(Lab.H1_MAC, H1, nowhere, 64, "003a00000104000000", "01000000"));
    lab.send(lab.lab.h1, udp(Ipv6Lab.NOBODY, nowhere, 64, 8));
    assertEquals(List.of(), lab.take(lab.lab.h1));
    assertEquals(2, lab.drops(DropReason.IPV6_NO_ROUTE));
    assertEquals(1, lab.drops(DropReason.IPV6_MARTIAN_SOURCE));
    // The same of an echo request is.
    lab.send(lab.lab.h1, lab.icmp(Lab.H1_MAC, H1, nowhere, 64, ECHO));
    assertEquals("1/0", lab.take(lab.lab.h1).getFirst().typeAndCode());
  }

  @Test
  void echo_isReplied_fromWhomWasAsked() {
    record Case(IpAddress from, IpAddress asked, IpAddress answers) {}
    for (Case each :
        List.of(
            new Case(H1, R1, R1),
            new Case(H1, R2, R2),
            new Case(Ipv6Lab.H1_LINK, Ipv6Lab.R1_LINK, Ipv6Lab.R1_LINK),
            new Case(H1, Ipv6Lab.ALL_ROUTERS, R1),
            new Case(Ipv6Lab.H1_LINK, Ipv6Lab.ALL_NODES, Ipv6Lab.R1_LINK),
            new Case(H1, Ipv6Address.of("2001:db8:1::"), R1))) {
      lab.send(lab.lab.h1, lab.icmp(Lab.H1_MAC, each.from(), each.asked(), 64, ECHO + "00ff"));
      Seen reply = lab.take(lab.lab.h1).getFirst();
      assertEquals("129/0", reply.typeAndCode());
      assertEquals("abcd000100ff", reply.body());
      assertEquals(each.answers(), reply.source());
      assertEquals(each.from(), reply.destination());
    }
  }

  /// RFC 8200 §4: the first column is the chain before an echo request, with the number of its
  /// first header; what comes back as type/code and word, or why nothing does.
  @ParameterizedTest
  @CsvSource({
    // hop-by-hop with PadN; destination options with pads
    "00 3a00010400000000, 129/0 abcd0001",
    "3c 3a00000001020000, 129/0 abcd0001",
    "00 3c00010400000000 3a00010400000000, 129/0 abcd0001",
    // unknown options by what their highest bits ask
    "00 3a003e0400000000, 129/0 abcd0001",
    "00 3a007e0400000000, IPV6_EXTENSION_UNKNOWN",
    "00 3a00be0400000000, 4/2 0000002a",
    "00 3a00fe0400000000, 4/2 0000002a",
    "3c 3a0001000100fe00, 4/2 0000002e",
    // an option that runs over
    "00 3a00010500000000, IPV6_EXTENSION_MALFORMED",
    "3c 3a00000000000001, IPV6_EXTENSION_MALFORMED",
    // a header that runs over
    "00 3aff010400000000, IPV6_EXTENSION_MALFORMED",
    // hop-by-hop not at the front
    "3c 0000010400000000 3a00010400000000, 4/1 00000028",
    // routing: nothing left; something left, of whatever type
    "2b 3a00000000000000, 129/0 abcd0001",
    "2b 3a00000100000000, 4/0 0000002a",
    "2b 3a00040100000000, 4/0 0000002a",
    // unknown upper layer; no upper layer
    "3c fd00010400000000, 4/1 00000028",
    "3c 3b00010400000000, ICMP_DONE",
  })
  void extensionHeaders_forUs_areWalked(String chain, String outcome) {
    lab.send(lab.lab.h1, lab.icmp(Lab.H1_MAC, H1, R1, 64, chain.replace(" ", ""), ECHO));
    List<Seen> back = lab.take(lab.lab.h1);
    if (back.isEmpty()) {
      assertEquals(1, lab.drops(DropReason.valueOf(outcome)));
    } else {
      Seen answer = back.getFirst();
      assertEquals(outcome, answer.typeAndCode() + " " + answer.body().substring(0, 8));
    }
  }

  @Test
  void unknownNeighbour_isAskedFor_andThePacketsArriveInOrder() {
    IpAddress later = Ipv6Address.of("2001:db8:2::3");
    for (int i = 0; i < 5; i++) {
      lab.send(lab.lab.h1, udp(H1, later, 60 + i, 8));
    }
    Seen asked = lab.take(lab.lab.h2).getFirst();
    assertEquals("135/0", asked.typeAndCode());
    assertEquals(R2, asked.source());
    assertEquals(Ipv6Address.of("ff02::1:ff00:3"), asked.destination());
    assertEquals(0x3333_ff00_0003L, asked.destinationMac());
    assertEquals("00000000" + Ipv6Lab.hex(later) + "0101" + Ipv6Lab.hex(Lab.R2_MAC), asked.body());
    lab.send(
        lab.lab.h2,
        lab.icmp(
            Lab.H2_MAC,
            later,
            R2,
            255,
            "88000000" + "60000000" + Ipv6Lab.hex(later) + "0201" + Ipv6Lab.hex(Lab.H2_MAC)));
    lab.pass(1);
    assertEquals(
        List.of(59, 60, 61, 62, 63), lab.take(lab.lab.h2).stream().map(Seen::hopLimit).toList());
  }

  @Test
  void silentNeighbour_threeQuestions_addressUnreachable() {
    IpAddress silent = Ipv6Address.of("2001:db8:2::77");
    lab.send(lab.lab.h1, udp(H1, silent, 64, 8));
    lab.pass(4_000);
    assertEquals(3, lab.take(lab.lab.h2).size());
    assertEquals("1/3", lab.take(lab.lab.h1).getFirst().typeAndCode());
  }

  @Test
  void offInterface_takesNothing_andForwardsNothing() {
    Ipv6Settings settings = lab.r1.ipv6().settings();
    lab.lab.dataPlane.configureIpv6(
        lab.r1,
        new Ipv6Settings(
            true,
            false,
            settings.addresses(),
            0,
            SourceCheck.NONE,
            true,
            RouterAdvertisements.NONE),
        lab.lab.nowNs);
    lab.send(lab.lab.h1, udp(H1, H2, 64, 8));
    assertEquals(1, lab.drops(DropReason.IPV6_FORWARDING_OFF));
    lab.send(lab.lab.h1, lab.icmp(Lab.H1_MAC, H1, R1, 64, ECHO));
    assertEquals(1, lab.take(lab.lab.h1).stream().filter(s -> s.type() == 129).count());
    lab.lab.dataPlane.configureIpv6(lab.r1, Ipv6Settings.OFF, lab.lab.nowNs);
    lab.send(lab.lab.h1, lab.icmp(Lab.H1_MAC, H1, R1, 64, ECHO));
    assertEquals(2, lab.drops(DropReason.IPV6_FORWARDING_OFF));
  }

  @Test
  void steadyState_millionPackets_allocateNothing() {
    PacketVector burst = new PacketVector();
    byte[] frame = udp(H1, FAR, 64, 20);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = Long.MAX_VALUE;
    for (int round = 0; round < 5 && allocated != 0; round++) {
      long beganNs = System.nanoTime();
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 200_000 / 64; i++) {
        for (int k = 0; k < 64; k++) {
          long at = lab.lab.pool.allocate();
          MemorySegment.copy(frame, 0, lab.lab.memory, ValueLayout.JAVA_BYTE, at, frame.length);
          burst.add(at, frame.length, 0);
        }
        lab.lab.h1.transmit(burst, lab.lab.pool);
        burst.clear();
        lab.lab.run();
        lab.lab.h2.receive(burst, lab.lab.pool, 0);
        assertEquals(64, burst.size());
        lab.lab.pool.freeAll(burst);
      }
      allocated = threads.getCurrentThreadAllocatedBytes() - before;
      System.out.println(
          (System.nanoTime() - beganNs) / 200_000
              + " ns/packet with generator, "
              + allocated
              + " bytes");
    }
    assertTrue(allocated == 0, allocated + " bytes");
  }
}
