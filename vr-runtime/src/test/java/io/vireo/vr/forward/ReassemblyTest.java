package io.vireo.vr.forward;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.drivers.InternetChecksum;
import io.vireo.drivers.PacketVector;
import io.vireo.vr.forward.Ipv6Lab.Seen;
import io.vireo.vr.socket.Datagram;
import io.vireo.vr.socket.Endpoint;
import io.vireo.vr.socket.UdpSocket;
import io.vireo.vr.wire.EthernetHeader;
import io.vireo.vr.wire.IcmpMessage;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv4Header;
import io.vireo.vr.wire.Ipv6Header;
import io.vireo.vr.wire.NetworkOrder;
import io.vireo.vr.wire.UdpHeader;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Fragments for the router itself: RFC 791, RFC 8200 §4.5, RFC 5722, RFC 6946, RFC 7112.
class ReassemblyTest {
  private Ipv6Lab lab;

  @BeforeEach
  void build() throws Exception {
    lab = new Ipv6Lab(0);
    lab.lab.resolve();
    lab.resolve();
  }

  @AfterEach
  void everyBufferIsBack() {
    lab.pass(70_000); // what is not whole, and neighbours that nobody is
    for (var host : List.of(lab.lab.h1, lab.lab.h2)) {
      lab.take(host);
    }
    assertEquals(lab.lab.pool.capacity(), lab.lab.pool.available());
    assertEquals(8, lab.lab.pool.availableLarge());
    lab.close();
  }

  private static byte[] random(int bytes, long seed) {
    byte[] made = new byte[bytes];
    new Random(seed).nextBytes(made);
    return made;
  }

  /// The IPv4 fragments of a datagram, each of at most `piece` bytes of data.
  private static List<byte[]> ipv4(byte[] data, int piece, int protocol, int identification) {
    return ipv4(Lab.H1, data, piece, protocol, identification);
  }

  private static List<byte[]> ipv4(
      int source, byte[] data, int piece, int protocol, int identification) {
    List<byte[]> frames = new ArrayList<>();
    for (int at = 0; at < data.length; at += piece) {
      int bytes = Math.min(piece, data.length - at);
      byte[] frame = new byte[34 + bytes];
      MemorySegment memory = MemorySegment.ofArray(frame);
      EthernetHeader.write(memory, 0, Lab.R1_MAC, Lab.H1_MAC, EthernetHeader.TYPE_IPV4);
      int more = at + bytes < data.length ? Ipv4Header.MORE_FRAGMENTS : 0;
      Ipv4Header.write(
          memory, 14, 20 + bytes, identification, at / 8 | more, 64, protocol, source, Lab.R1);
      System.arraycopy(data, at, frame, 34, bytes);
      frames.add(frame);
    }
    return frames;
  }

  private static byte[] udp(byte[] payload) {
    byte[] datagram = new byte[8 + payload.length];
    System.arraycopy(payload, 0, datagram, 8, payload.length);
    UdpHeader.write(
        MemorySegment.ofArray(datagram), 0, 4000, 6000, datagram.length, Lab.H1, Lab.R1);
    return datagram;
  }

  @ParameterizedTest
  @ValueSource(ints = {600, 1900, 9_000, 65_507})
  void udp_inAnyOrder_reachesItsSocket(int bytes) throws Exception {
    byte[] payload = random(bytes, bytes);
    for (int seed = 0; seed < 5; seed++) {
      try (UdpSocket socket = lab.lab.sockets.openUdp()) {
        socket.bind(new Endpoint(0, 6000));
        List<byte[]> frames = ipv4(udp(payload), 512, Ipv4Header.PROTOCOL_UDP, 77 + seed);
        Collections.shuffle(frames, new Random(seed));
        if (bytes > 9_000) {
          frames = ipv4(udp(payload), 1480, Ipv4Header.PROTOCOL_UDP, 77 + seed);
        }
        for (byte[] frame : frames) {
          lab.send(lab.lab.h1, frame);
          lab.send(lab.lab.h1, frame); // twice, as networks do
        }
        Datagram got = Objects.requireNonNull(socket.receive());
        byte[] data = new byte[got.payload().remaining()];
        got.payload().get(data);
        assertArrayEquals(payload, data);
        assertEquals(null, socket.receive());
      }
    }
  }

  @Test
  void largeEcho_isAnsweredInFragments() {
    byte[] message = new byte[8 + 20_000];
    System.arraycopy(random(20_000, 1), 0, message, 8, 20_000);
    IcmpMessage.write(MemorySegment.ofArray(message), 0, IcmpMessage.ECHO, 0, 7, 1, message.length);
    for (byte[] frame : ipv4(message, 1480, Ipv4Header.PROTOCOL_ICMP, 5)) {
      lab.send(lab.lab.h1, frame);
    }
    byte[] answer = new byte[message.length];
    PacketVector back = lab.lab.take(lab.lab.h1);
    int total = 0;
    for (int i = 0; i < back.size(); i++) {
      long ip = back.offset(i) + 14;
      int at = (Ipv4Header.fragment(lab.lab.memory, ip) & Ipv4Header.FRAGMENT_OFFSET_MASK) * 8;
      int bytes = Ipv4Header.totalLength(lab.lab.memory, ip) - 20;
      assertTrue(bytes <= 1480);
      MemorySegment.copy(lab.lab.memory, ip + 20, MemorySegment.ofArray(answer), at, bytes);
      total += bytes;
    }
    lab.lab.release();
    assertEquals(message.length, total);
    assertTrue(IcmpMessage.checksumIsGood(MemorySegment.ofArray(answer), 0, answer.length));
    assertArrayEquals(
        Arrays.copyOfRange(message, 4, message.length),
        Arrays.copyOfRange(answer, 4, answer.length));
  }

  /// Large buffers are few: who asks from addresses that nobody has does not keep them.
  @Test
  void errorsToNobody_keepNoLargeBuffer() {
    byte[] datagram = udp(random(9_000, 1));
    datagram[6] = 0; // without a checksum: of any source
    datagram[7] = 0;
    for (int host = 0; host < 2 * 8; host++) {
      for (byte[] frame : ipv4(Lab.H1 + 100 + host, datagram, 1480, Ipv4Header.PROTOCOL_UDP, 77)) {
        lab.send(lab.lab.h1, frame);
      }
    }
    assertTrue(lab.drops(DropReason.UDP_NO_SOCKET) > 8);
    assertEquals(0, lab.drops(DropReason.NO_BUFFER));
    assertEquals(8, lab.lab.pool.availableLarge());
  }

  @Test
  void overlap_endsTheDatagram_andItsRest() {
    byte[] data = udp(random(1_600, 3));
    List<byte[]> frames = ipv4(data, 800, Ipv4Header.PROTOCOL_UDP, 9);
    byte[] overlapping = ipv4(Arrays.copyOf(data, 808), 808, Ipv4Header.PROTOCOL_UDP, 9).getFirst();
    setMore(overlapping);
    lab.send(lab.lab.h1, frames.get(1));
    lab.send(lab.lab.h1, overlapping);
    lab.send(lab.lab.h1, frames.get(0));
    lab.send(lab.lab.h1, frames.get(2));
    assertEquals(4, lab.drops(DropReason.FRAGMENT_REFUSED));
    lab.pass(60_000);
    for (byte[] frame : frames) {
      lab.send(lab.lab.h1, frame); // another datagram of that number
    }
    assertEquals(4, lab.drops(DropReason.FRAGMENT_REFUSED));
    assertEquals(1, lab.drops(DropReason.UDP_NO_SOCKET));
  }

  private static void setMore(byte[] frame) {
    MemorySegment memory = MemorySegment.ofArray(frame);
    Ipv4Header.setFragment(memory, 14, frame.length - 14, Ipv4Header.MORE_FRAGMENTS, 20);
  }

  @Test
  void late_datagrams_areGivenUp_andTheSenderHears() {
    List<byte[]> frames = ipv4(udp(random(1_600, 3)), 800, Ipv4Header.PROTOCOL_UDP, 9);
    lab.send(lab.lab.h1, frames.get(0));
    lab.send(lab.lab.h1, frames.get(2));
    lab.pass(59_000);
    assertEquals(0, lab.drops(DropReason.FRAGMENT_EXPIRED));
    lab.pass(2_000);
    assertEquals(2, lab.drops(DropReason.FRAGMENT_EXPIRED));
    lab.lab
        .dataPlane
        .neighbours()
        .learn(1, 0, IpAddress.mapped(Lab.H1), Lab.H1_MAC, true, true, lab.lab.nowNs);
    PacketVector told = lab.lab.take(lab.lab.h1);
    boolean heard = false;
    for (int i = 0; i < told.size(); i++) {
      long ip = told.offset(i) + 14;
      heard |=
          EthernetHeader.type(lab.lab.memory, told.offset(i)) == EthernetHeader.TYPE_IPV4
              && IcmpMessage.type(lab.lab.memory, ip + 20) == IcmpMessage.TIME_EXCEEDED
              && IcmpMessage.code(lab.lab.memory, ip + 20) == 1;
    }
    lab.lab.release();
    assertTrue(heard);
  }

  @Test
  void flood_ofFirstFragments_isBounded() {
    int most = lab.lab.pool.capacity() / 16;
    for (int i = 0; i < 5_000; i++) {
      lab.send(lab.lab.h1, ipv4(udp(random(1_600, i)), 800, 17, i & 0xffff).getFirst());
      if (i % 16 == 0) {
        lab.pass(1); // the policer lets 20 a millisecond by
      }
      int held = lab.lab.pool.capacity() - lab.lab.pool.available();
      assertTrue(held <= most + 16, held + " buffers are held");
    }
    assertTrue(lab.drops(DropReason.FRAGMENT_TABLE_FULL) > 4_000);
    // Another datagram passes meanwhile.
    for (byte[] frame : ipv4(udp(random(1_600, 7)), 800, 17, 60_000)) {
      lab.send(lab.lab.h1, frame);
    }
    assertEquals(1, lab.drops(DropReason.UDP_NO_SOCKET));
  }

  // ---------------------------------------------------------------- IPv6

  /// The fragments of an ICMPv6 echo request with `bytes` of data.
  private List<byte[]> ipv6(int bytes, int piece, int identification, String chain) {
    byte[] data = random(bytes, bytes);
    String body = "80000000abcd0001" + HexFormat.of().formatHex(data);
    byte[] whole = lab.icmp(Lab.H1_MAC, Ipv6Lab.H1, Ipv6Lab.R1, 64, chain, body);
    int next = whole[14 + Ipv6Header.NEXT_HEADER_OFFSET];
    byte[] payload = Arrays.copyOfRange(whole, 54, whole.length);
    List<byte[]> frames = new ArrayList<>();
    for (int at = 0; at < payload.length; at += piece) {
      int length = Math.min(piece, payload.length - at);
      byte[] part = new byte[8 + length];
      MemorySegment header = MemorySegment.ofArray(part);
      int more = at + length < payload.length ? 1 : 0;
      NetworkOrder.put32(header, 0, next << 24 | at | more);
      NetworkOrder.put32(header, 4, identification);
      System.arraycopy(payload, at, part, 8, length);
      frames.add(lab.frame(Lab.H1_MAC, Ipv6Lab.H1, Ipv6Lab.R1, 64, Ipv6Header.FRAGMENT, part));
    }
    return frames;
  }

  private static byte[] put16(byte[] frame, int at, int value) {
    frame[at] = (byte) (value >> 8);
    frame[at + 1] = (byte) value;
    return frame;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "3c3a00010400000000", "3c3c000104000000003a00010400000000"})
  void ipv6Echo_inFragments_isAnsweredInFragments(String chain) {
    for (int bytes : new int[] {1, 700, 1_452, 1_453, 40_000}) {
      List<byte[]> frames = ipv6(bytes, 1_448, 5 + bytes, chain);
      Collections.reverse(frames);
      frames.forEach(frame -> lab.send(lab.lab.h1, frame));
      List<Seen> back = lab.take(lab.lab.h1);
      byte[] answer = new byte[8 + bytes];
      int total = 0;
      for (Seen each : back) {
        byte[] frame = each.bytes();
        boolean cut = frame[14 + 6] == Ipv6Header.FRAGMENT;
        int at = cut ? (frame[56] & 0xff) << 8 | frame[57] & 0xf8 : 0;
        int from = cut ? 62 : 54;
        System.arraycopy(frame, from, answer, at, frame.length - from);
        total += frame.length - from;
        assertTrue(frame.length <= 1514);
        assertEquals(Ipv6Lab.R1, each.source());
      }
      assertEquals(answer.length, total);
      assertEquals((byte) 129, answer[0]);
      assertArrayEquals(random(bytes, bytes), Arrays.copyOfRange(answer, 8, answer.length));
      MemorySegment header = MemorySegment.ofArray(back.getFirst().bytes());
      long sum =
          InternetChecksum.sum(MemorySegment.ofArray(answer), 0, answer.length)
              + Ipv6Header.pseudoHeaderSum(header, 14, Ipv6Header.ICMPV6, answer.length);
      assertEquals(0xffff, InternetChecksum.fold(sum));
    }
  }

  @Test
  void wholeDatagramInAFragmentHeader_standsByItself() {
    byte[] alone = ipv6(100, 1_448, 7, "").getFirst();
    byte[] first = ipv6(2_000, 1_448, 7, "").getFirst();
    lab.send(lab.lab.h1, first);
    lab.send(lab.lab.h1, alone); // of the same number: RFC 6946
    assertEquals("129/0", lab.take(lab.lab.h1).getFirst().typeAndCode());
    assertEquals(0, lab.drops(DropReason.FRAGMENT_REFUSED));
  }

  @Test
  void unsound_ipv6Fragments_areRefusedAndToldOf() {
    byte[] odd = ipv6(2_000, 1_448, 7, "").getFirst();
    byte[] cut = put16(Arrays.copyOf(odd, odd.length - 3), 18, odd.length - 54 - 3);
    lab.send(lab.lab.h1, cut);
    Seen told = lab.take(lab.lab.h1).getFirst();
    assertEquals("4/0 00000004", told.typeAndCode() + " " + told.body().substring(0, 8));
    byte[] beyond = put16(ipv6(2_000, 1_448, 8, "").getFirst(), 56, 0xfff9);
    lab.send(lab.lab.h1, beyond);
    told = lab.take(lab.lab.h1).getFirst();
    assertEquals("4/0 0000002a", told.typeAndCode() + " " + told.body().substring(0, 8));
    byte[] withoutUpper = ipv6(2_000, 8, 9, "3c3a00010400000000").getFirst();
    lab.send(lab.lab.h1, withoutUpper);
    told = lab.take(lab.lab.h1).getFirst();
    assertEquals("4/3 00000000", told.typeAndCode() + " " + told.body().substring(0, 8));
    assertEquals(3, lab.drops(DropReason.FRAGMENT_REFUSED));
  }

  @Test
  void ipv6Overlap_endsTheDatagram_silently() {
    List<byte[]> frames = ipv6(3_000, 1_448, 7, "");
    lab.send(lab.lab.h1, frames.get(0));
    lab.send(lab.lab.h1, put16(frames.get(1), 56, 1_440 | 1));
    lab.send(lab.lab.h1, frames.get(2));
    assertEquals(3, lab.drops(DropReason.FRAGMENT_REFUSED));
    assertEquals(List.of(), lab.take(lab.lab.h1));
  }

  @Test
  void lateIpv6Datagrams_areToldOf() {
    lab.send(lab.lab.h1, ipv6(3_000, 1_448, 7, "").getFirst());
    lab.pass(61_000);
    assertTrue(lab.take(lab.lab.h1).stream().anyMatch(each -> each.typeAndCode().equals("3/1")));
  }

  /// A fragment header in what fragments held is refused: no second buffer, no second walk.
  @Test
  void fragmentHeaders_oneInAnother_areRefused() {
    String atomic = "2c00000000000009";
    StringBuilder chain = new StringBuilder("2c");
    for (int i = 0; i < 150; i++) {
      chain.append(atomic);
    }
    chain.append("3a00000000000009");
    lab.send(
        lab.lab.h1,
        lab.icmp(Lab.H1_MAC, Ipv6Lab.H1, Ipv6Lab.R1, 64, chain.toString(), "80000000abcd0001"));
    assertEquals(1, lab.drops(DropReason.FRAGMENT_REFUSED));
    // The same behind fragments: a first fragment that nobody sent by itself.
    String held = "2c3a00000100000077";
    List<byte[]> frames = ipv6(4_000, 1_448, 5, held);
    frames.forEach(frame -> lab.send(lab.lab.h1, frame));
    assertEquals(8, lab.lab.pool.availableLarge());
    assertEquals(List.of(), lab.take(lab.lab.h1));
  }

  /// RFC 6980 §5.
  @Test
  void neighbourDiscovery_inFragments_isRefused() {
    lab.send(
        lab.lab.h1,
        lab.icmp(
            Lab.H1_MAC,
            Ipv6Lab.H1,
            Ipv6Lab.R1,
            255,
            "2c3a00000000000009",
            "8700000000000000" + Ipv6Lab.hex(Ipv6Lab.R1)));
    assertEquals(1, lab.drops(DropReason.FRAGMENT_REFUSED));
    assertEquals(List.of(), lab.take(lab.lab.h1));
  }
}
