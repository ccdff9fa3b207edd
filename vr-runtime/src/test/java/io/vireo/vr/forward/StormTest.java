package io.vireo.vr.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.drivers.InternetChecksum;
import io.vireo.vr.rib.NextHop;
import io.vireo.vr.rib.Route;
import io.vireo.vr.rib.RouteSource;
import io.vireo.vr.socket.Endpoint;
import io.vireo.vr.wire.ArpPacket;
import io.vireo.vr.wire.EthernetHeader;
import io.vireo.vr.wire.Icmpv6Message;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Ipv4Header;
import io.vireo.vr.wire.Ipv4Prefix;
import io.vireo.vr.wire.Ipv6Address;
import io.vireo.vr.wire.Ipv6Header;
import io.vireo.vr.wire.Ipv6Prefix;
import io.vireo.vr.wire.UdpHeader;
import io.vireo.vr.wire.VlanTag;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// A storm of frames of every kind that the graph knows, changed at random, from both sides:
/// nothing is thrown, every buffer comes back, every table keeps its bounds.
class StormTest {
  private static final int RUNS = 20;
  private static final int FRAMES = 20_000;
  private static final HexFormat HEX = HexFormat.of();

  // What takes a fault of the router's or a flood.
  private static final Set<DropReason> OUT_OF_REACH =
      EnumSet.of(
          DropReason.INTERFACE_DOWN,
          DropReason.IPV4_FORWARDING_OFF,
          DropReason.IPV6_FORWARDING_OFF,
          DropReason.NEIGHBOR_TABLE_FULL,
          DropReason.NEIGHBOR_RATE_LIMITED,
          DropReason.SOCKET_QUEUE_FULL,
          DropReason.PUNT_RATE_LIMITED,
          DropReason.ICMP_RATE_LIMITED,
          DropReason.TRANSMIT_RING_FULL,
          DropReason.NO_BUFFER,
          DropReason.FRAME_TOO_LONG,
          DropReason.FRAGMENT_TABLE_FULL);

  private static final Set<DropReason> REACHED = EnumSet.noneOf(DropReason.class);

  @TestFactory
  Stream<DynamicTest> frames_ofEveryKind_changed() {
    long base = Long.getLong("vireo.seed", 20261127L);
    return IntStream.range(0, RUNS)
        .mapToObj(
            i -> DynamicTest.dynamicTest("-Dvireo.seed=" + (base + i), () -> storm(base + i)));
  }

  /// The storm is one: what can be wrong with a frame was.
  @AfterAll
  static void everyReason_wasReached() {
    Set<DropReason> missed = EnumSet.complementOf(EnumSet.copyOf(REACHED));
    missed.removeAll(OUT_OF_REACH);
    assertEquals(Set.of(), missed);
  }

  private static void storm(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    try (Ipv6Lab lab = new Ipv6Lab(1)) {
      lab.configure(
          lab.r1,
          "2001:db8:1::1",
          1,
          new RouterAdvertisements(true, 4, 3, false, false, 0, 0, 0, 64, 12, Map.of()));
      var socket = lab.lab.sockets.openUdp();
      socket.bind(new Endpoint(0, 9));
      lab.r2.setMtuBytes(1_300);
      lab.r1.setSourceCheck(SourceCheck.STRICT);
      RouterInterface vlan = lab.lab.dataPlane.interfaces().require("r1.100", false);
      vlan.setVlan(lab.r1, new VlanTags(VlanTag.TYPE_C_VLAN, 100, 0));
      lab.lab.rib.setStaticRoutes(
          List.of(
              Route.of(
                  Ipv4Prefix.of("203.0.113.0/24"),
                  RouteSource.STATIC,
                  new NextHop.Via(IpAddress.ofIpv4(Lab.H2), null)),
              Route.of(
                  Ipv4Prefix.of("198.51.100.1/32"), RouteSource.STATIC, NextHop.Special.BLACKHOLE),
              Route.of(
                  Ipv4Prefix.of("198.51.100.2/32"),
                  RouteSource.STATIC,
                  NextHop.Special.UNREACHABLE),
              Route.of(
                  Ipv4Prefix.of("198.51.100.3/32"), RouteSource.STATIC, NextHop.Special.PROHIBIT)));
      lab.rib.setStaticRoutes(
          List.of(
              Route.of(
                  Ipv6Prefix.of("2001:db8:ff::/48"),
                  RouteSource.STATIC,
                  new NextHop.Via(Ipv6Lab.H2, null)),
              Route.of(
                  Ipv6Prefix.of("2001:db8:b::/64"), RouteSource.STATIC, NextHop.Special.BLACKHOLE),
              Route.of(
                  Ipv6Prefix.of("2001:db8:c::/64"),
                  RouteSource.STATIC,
                  NextHop.Special.UNREACHABLE),
              Route.of(
                  Ipv6Prefix.of("2001:db8:d::/64"), RouteSource.STATIC, NextHop.Special.PROHIBIT)));
      lab.lab.resolve();
      lab.pass(3_000);
      List<byte[]> seeds = seeds(lab);
      for (int i = 0; i < FRAMES; i++) {
        byte[] frame = changed(seeds.get(random.nextInt(seeds.size())), random);
        boolean left = random.nextBoolean();
        lab.send(left ? lab.lab.h1 : lab.lab.h2, left ? frame : toTheOther(frame));
        if (i % 64 == 0) {
          lab.pass(random.nextInt(50));
          lab.take(lab.lab.h1);
          lab.take(lab.lab.h2);
          while (socket.receive() != null) {
            // what passed
          }
        }
        int held = lab.lab.pool.capacity() - lab.lab.pool.available();
        assertTrue(held < lab.lab.pool.capacity() / 2, held + " buffers are held");
      }
      assertTrue(lab.lab.dataPlane.neighbours().size() <= 4096);
      lab.pass(70_000);
      lab.take(lab.lab.h1);
      lab.take(lab.lab.h2);
      assertEquals(lab.lab.pool.capacity(), lab.lab.pool.available());
      assertEquals(8, lab.lab.pool.availableLarge());
      for (DropReason reason : DropReason.values()) {
        if (lab.drops(reason) > 0) {
          REACHED.add(reason);
        }
      }
      // And it still works.
      lab.lab.dataPlane.neighbours().flush(1);
      lab.lab.dataPlane.neighbours().flush(2);
      lab.lab.resolve();
      lab.lab.sendUdp(lab.lab.h1, Lab.H1_MAC, Lab.R1_MAC, Lab.H1, Lab.H2, 7, 64, 10);
      lab.lab.run();
      assertEquals(1, lab.lab.take(lab.lab.h2).size());
      lab.lab.release();
      socket.close();
    }
  }

  private static byte[] toTheOther(byte[] frame) {
    byte[] other = frame.clone();
    if (other.length >= EthernetHeader.BYTES) {
      MemorySegment memory = MemorySegment.ofArray(other);
      long mac = EthernetHeader.destination(memory, 0);
      int type = EthernetHeader.type(memory, 0);
      EthernetHeader.write(
          memory, 0, EthernetHeader.isGroup(mac) ? mac : Lab.R2_MAC, Lab.H2_MAC, type);
    }
    return other;
  }

  // One frame in four as it is; of the others bytes, bits, 16-bit words or the length differ, and
  // for half of them the checksums are good again, so that what is behind them is reached.
  private static byte[] changed(byte[] seed, SplittableRandom random) {
    byte[] frame = seed.clone();
    for (int n = random.nextInt(4); n > 0; n--) {
      int from = random.nextInt(8) == 0 ? 0 : Math.min(12, frame.length - 1);
      int at = random.nextInt(from, frame.length);
      switch (random.nextInt(5)) {
        case 0 -> frame[at] = (byte) random.nextInt();
        case 1 -> frame[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> frame[at] = (byte) (random.nextBoolean() ? 0 : 0xff);
        case 3 -> frame = Arrays.copyOf(frame, Math.max(10, at));
        default -> {
          byte[] longer = Arrays.copyOf(frame, Math.min(1_514, frame.length + random.nextInt(600)));
          System.arraycopy(frame, 0, longer, 0, frame.length);
          frame = longer;
        }
      }
    }
    if (random.nextBoolean()) {
      repair(frame);
    }
    return frame;
  }

  private static void repair(byte[] frame) {
    MemorySegment memory = MemorySegment.ofArray(frame);
    int type = frame.length < 54 ? 0 : EthernetHeader.type(memory, 0);
    if (type == EthernetHeader.TYPE_IPV4) {
      int headerBytes = Math.max(20, Ipv4Header.headerBytes(memory, 14));
      if (14 + headerBytes <= frame.length) {
        memory.set(ValueLayout.JAVA_SHORT_UNALIGNED, 24, (short) 0);
        InternetChecksum.store(memory, 24, InternetChecksum.sum(memory, 14, headerBytes));
      }
    } else if (type == EthernetHeader.TYPE_IPV6) {
      long upper = ExtensionHeaders.upperLayer(memory, 14, frame.length - 14);
      int at = ExtensionHeaders.offset(upper);
      int length = 40 + Ipv6Header.payloadLength(memory, 14) - at;
      if (upper >= 0
          && ExtensionHeaders.protocol(upper) == Ipv6Header.ICMPV6
          && length >= 8
          && 14 + at + length <= frame.length) {
        long message = 14 + (long) at;
        Icmpv6Message.write(
            memory,
            14,
            message,
            Icmpv6Message.type(memory, message),
            Icmpv6Message.code(memory, message),
            Icmpv6Message.word(memory, message),
            length);
      }
    }
  }

  // What hosts send, of every kind.
  private static List<byte[]> seeds(Ipv6Lab lab) {
    List<byte[]> seeds = new ArrayList<>();
    for (IpAddress to : List.of(Ipv6Lab.R1, Ipv6Lab.R2, Ipv6Lab.R1_LINK, Ipv6Lab.ALL_ROUTERS)) {
      seeds.add(lab.icmp(Lab.H1_MAC, Ipv6Lab.H1, to, 64, "80000000abcd0001" + "00".repeat(80)));
      seeds.add(
          lab.icmp(
              Lab.H1_MAC,
              Ipv6Lab.H1_LINK,
              to,
              255,
              "8700000000000000" + Ipv6Lab.hex(Ipv6Lab.R1) + "0101" + Ipv6Lab.hex(Lab.H1_MAC)));
      seeds.add(
          lab.icmp(
              Lab.H1_MAC,
              Ipv6Lab.H1,
              to,
              255,
              "8800000060000000" + Ipv6Lab.hex(Ipv6Lab.H1) + "0201" + Ipv6Lab.hex(Lab.H1_MAC)));
      seeds.add(lab.icmp(Lab.H1_MAC, Ipv6Lab.H1_LINK, to, 255, "8500000000000000"));
      seeds.add(lab.icmp(Lab.H1_MAC, Ipv6Lab.H1_LINK, to, 255, "86000000400007080000000000000000"));
      seeds.add(
          lab.icmp(
              Lab.H1_MAC,
              Ipv6Lab.H1_LINK,
              to,
              1,
              "003a00050200000100",
              "8200000003e80000" + "00".repeat(16) + "027d0000"));
      seeds.add(
          lab.icmp(
              Lab.H1_MAC,
              Ipv6Lab.H1,
              to,
              64,
              "003c00010400000000" + "2b00010400000000" + "3a00000000000000",
              "80000000abcd0001"));
      seeds.add(
          lab.icmp(
              Lab.H1_MAC,
              Ipv6Lab.H1,
              to,
              64,
              "0100000000000000"
                  + "6000000000083a40"
                  + Ipv6Lab.hex(Ipv6Lab.R1)
                  + Ipv6Lab.hex(Ipv6Lab.H2)
                  + "8000000000010001"));
      for (int at = 0; at < 3; at++) {
        byte[] part =
            HEX.parseHex(
                "3a00"
                    + HEX.toHexDigits((short) (at * 64 | (at < 2 ? 1 : 0)))
                    + "00000007"
                    + "80".repeat(64));
        seeds.add(lab.frame(Lab.H1_MAC, Ipv6Lab.H1, to, 64, Ipv6Header.FRAGMENT, part));
      }
    }
    for (String to :
        List.of(
            "2001:db8:2::2",
            "2001:db8:ff::1",
            "2001:db8:2::5",
            "2001:db8:9::1",
            "2001:db8:b::1",
            "2001:db8:c::1",
            "2001:db8:d::1",
            "2001:db8:1::1")) {
      for (int bytes : new int[] {8, 100, 1_400}) {
        for (int hops : new int[] {1, 2, 64}) {
          seeds.add(
              lab.frame(
                  Lab.H1_MAC,
                  Ipv6Lab.H1,
                  Ipv6Address.of(to),
                  hops,
                  Ipv6Header.UDP,
                  new byte[bytes]));
        }
      }
    }
    int special = Ipv4Address.of("198.51.100.0");
    for (int to : new int[] {Lab.R1, special + 1, special + 2, special + 3, Lab.H2}) {
      for (int bytes : new int[] {20, 1_400}) {
        for (int port : new int[] {9, 10}) {
          byte[] frame = new byte[42 + bytes];
          MemorySegment memory = MemorySegment.ofArray(frame);
          EthernetHeader.write(memory, 0, Lab.R1_MAC, Lab.H1_MAC, EthernetHeader.TYPE_IPV4);
          int fragment = bytes == 20 ? 0 : Ipv4Header.DONT_FRAGMENT;
          Ipv4Header.write(memory, 14, 28 + bytes, 7, fragment, 64, 17, Lab.H1, to);
          UdpHeader.write(memory, 34, 4000, port, 8 + bytes, Lab.H1, to);
          seeds.add(frame);
        }
      }
    }
    for (int to : new int[] {Lab.R1, Lab.H2, Lab.FAR, Lab.H2 + 7, -1, Lab.R1 | 0xff, 0xe0000001}) {
      for (int protocol : new int[] {1, 17, 6}) {
        for (int fragment : new int[] {0, 0x2000, 0x2002, 0x0004, 0x4000}) {
          byte[] frame = new byte[14 + 24 + 16];
          MemorySegment memory = MemorySegment.ofArray(frame);
          EthernetHeader.write(memory, 0, Lab.R1_MAC, Lab.H1_MAC, EthernetHeader.TYPE_IPV4);
          Ipv4Header.write(memory, 14, 40, 7, fragment, 64, protocol, Lab.H1, to);
          frame[34] = protocol == 1 ? (byte) 8 : 9;
          seeds.add(frame);
          byte[] options = frame.clone();
          options[14] = 0x46;
          options[34] = (byte) 0x94; // router alert
          options[35] = 4;
          seeds.add(options);
          byte[] routed = options.clone();
          routed[34] = (byte) 131; // loose source route
          seeds.add(routed);
        }
      }
    }
    for (String message :
        List.of(
            "11640000000000000a7d0000",
            "110a000000000000",
            "11000000e0000002",
            "16000000e0000002",
            "22000000000000010400000000000000e0000002")) {
      for (int ttl : new int[] {1, 2}) {
        seeds.add(igmp(HEX.parseHex(message), ttl));
      }
    }
    for (byte[] plain : List.copyOf(seeds)) {
      byte[] tagged = new byte[plain.length + 4];
      System.arraycopy(plain, 0, tagged, 0, 12);
      System.arraycopy(new byte[] {(byte) 0x81, 0, 0, 100}, 0, tagged, 12, 4);
      System.arraycopy(plain, 12, tagged, 16, plain.length - 12);
      seeds.add(tagged);
    }
    seeds.add(arp(1, Lab.H1, Lab.R1));
    seeds.add(arp(2, Lab.H1, Lab.R1));
    seeds.add(arp(1, 0, Lab.R1));
    return seeds;
  }

  private static byte[] igmp(byte[] message, int ttl) {
    byte[] frame = new byte[34 + message.length];
    MemorySegment memory = MemorySegment.ofArray(frame);
    int all = Ipv4Address.ALL_HOSTS;
    EthernetHeader.write(
        memory, 0, Ipv4Address.groupMac(all), Lab.H1_MAC, EthernetHeader.TYPE_IPV4);
    Ipv4Header.write(
        memory, 14, 20 + message.length, 7, 0, ttl, Ipv4Header.PROTOCOL_IGMP, Lab.H1, all);
    System.arraycopy(message, 0, frame, 34, message.length);
    InternetChecksum.store(memory, 36, InternetChecksum.sum(memory, 34, message.length));
    return frame;
  }

  private static byte[] arp(int operation, int sender, int target) {
    byte[] frame = new byte[60];
    MemorySegment memory = MemorySegment.ofArray(frame);
    EthernetHeader.write(memory, 0, EthernetHeader.BROADCAST, Lab.H1_MAC, EthernetHeader.TYPE_ARP);
    ArpPacket.write(memory, 14, operation, Lab.H1_MAC, sender, 0, target);
    return frame;
  }
}
