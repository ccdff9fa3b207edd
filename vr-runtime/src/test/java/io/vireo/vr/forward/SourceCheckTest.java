package io.vireo.vr.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vireo.vr.rib.NextHop;
import io.vireo.vr.rib.Route;
import io.vireo.vr.rib.RouteSource;
import io.vireo.vr.wire.EthernetHeader;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Ipv4Header;
import io.vireo.vr.wire.Ipv4Prefix;
import io.vireo.vr.wire.Ipv6Address;
import io.vireo.vr.wire.Ipv6Prefix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Unicast reverse path forwarding (RFC 3704), and options that tell a way (RFC 7126).
class SourceCheckTest {
  private Ipv6Lab lab;

  @BeforeEach
  void build() throws Exception {
    lab = new Ipv6Lab(0);
    NextHop h1 = new NextHop.Via(IpAddress.ofIpv4(Lab.H1), null);
    NextHop h2 = new NextHop.Via(IpAddress.ofIpv4(Lab.H2), null);
    lab.lab.rib.setStaticRoutes(
        List.of(
            Route.of(Ipv4Prefix.of("203.0.113.0/24"), RouteSource.STATIC, h2),
            Route.of(Ipv4Prefix.of("198.51.100.0/24"), RouteSource.STATIC, h1, h2),
            Route.of(
                Ipv4Prefix.of("192.0.2.0/24"), RouteSource.STATIC, NextHop.Special.BLACKHOLE)));
    lab.rib.setStaticRoutes(
        List.of(
            Route.of(
                Ipv6Prefix.of("2001:db8:ff::/48"),
                RouteSource.STATIC,
                new NextHop.Via(Ipv6Lab.H2, null)),
            Route.of(
                Ipv6Prefix.of("2001:db8:ee::/48"),
                RouteSource.STATIC,
                new NextHop.Via(Ipv6Lab.H1, null),
                new NextHop.Via(Ipv6Lab.H2, null)),
            Route.of(
                Ipv6Prefix.of("2001:db8:bb::/48"), RouteSource.STATIC, NextHop.Special.BLACKHOLE)));
    lab.lab.resolve();
    lab.resolve();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.1.2, true, true", // on the link
    "10.0.1.77, true, true",
    "203.0.113.1, true, false", // behind the other link
    "198.51.100.1, true, true", // behind both
    "192.0.2.1, false, false", // nowhere wanted
    "100.64.0.1, false, false", // nowhere known
    "10.0.2.7, true, false",
    "10.0.2.1, false, false", // ourselves
  })
  void ipv4Source_passes(String source, boolean loose, boolean strict) {
    for (SourceCheck check : SourceCheck.values()) {
      lab.r1.setSourceCheck(check);
      long before = lab.drops(DropReason.REVERSE_PATH);
      lab.lab.sendUdp(
          lab.lab.h1, Lab.H1_MAC, Lab.R1_MAC, Ipv4Address.of(source), Lab.H2, 9, 64, 10);
      lab.lab.run();
      boolean passed = lab.drops(DropReason.REVERSE_PATH) == before;
      boolean expected =
          switch (check) {
            case NONE -> true;
            case LOOSE -> loose;
            case STRICT -> strict;
          };
      assertEquals(expected, passed, check.name());
      lab.lab.take(lab.lab.h2);
      assertEquals(expected ? 1 : 0, lab.lab.received.size(), check.name());
      lab.lab.release();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:1::2, true, true",
    "2001:db8:ff::1, true, false",
    "2001:db8:ee::1, true, true",
    "2001:db8:bb::1, false, false",
    "2001:db8:77::1, false, false",
    "2001:db8:2::1, false, false",
  })
  void ipv6Source_passes(String source, boolean loose, boolean strict) {
    for (SourceCheck check : SourceCheck.values()) {
      Ipv6Settings now = lab.r1.ipv6().settings();
      lab.lab.dataPlane.configureIpv6(
          lab.r1,
          new Ipv6Settings(true, true, now.addresses(), 0, check, true, RouterAdvertisements.NONE),
          lab.lab.nowNs);
      long before = lab.drops(DropReason.REVERSE_PATH);
      lab.send(
          lab.lab.h1,
          lab.frame(Lab.H1_MAC, Ipv6Address.of(source), Ipv6Lab.H2, 64, 17, new byte[20]));
      boolean expected =
          switch (check) {
            case NONE -> true;
            case LOOSE -> loose;
            case STRICT -> strict;
          };
      assertEquals(expected, lab.drops(DropReason.REVERSE_PATH) == before, check.name());
      assertEquals(expected ? 1 : 0, lab.take(lab.lab.h2).size(), check.name());
    }
  }

  /// Options in hexadecimal, and how the packet ends; nothing: it is forwarded as it is.
  @ParameterizedTest
  @CsvSource({
    "94040000, ",
    "01010100, ",
    "0700ffff, IPV4_OPTIONS_MALFORMED",
    "0708040000000000, ",
    "07090400, IPV4_OPTIONS_MALFORMED",
    "01010107, IPV4_OPTIONS_MALFORMED",
    "8303040000000000, IPV4_SOURCE_ROUTED",
    "0189030400000000, IPV4_SOURCE_ROUTED",
    "0083030400000000, ", // behind the end
  })
  void options_areLookedThrough(String options, DropReason outcome) {
    byte[] bytes = HexFormat.of().parseHex(options);
    byte[] frame = new byte[14 + 20 + bytes.length + 8];
    MemorySegment memory = MemorySegment.ofArray(frame);
    EthernetHeader.write(memory, 0, Lab.R1_MAC, Lab.H1_MAC, EthernetHeader.TYPE_IPV4);
    Ipv4Header.write(memory, 14, 28 + bytes.length, 7, 0, 64, 17, Lab.H1, Lab.H2);
    System.arraycopy(bytes, 0, frame, 34, bytes.length);
    frame[14] = (byte) (0x45 + bytes.length / 4);
    Ipv4Header.setFragment(memory, 14, 28 + bytes.length, 0, 20 + bytes.length);
    lab.send(lab.lab.h1, frame);
    lab.lab.take(lab.lab.h2);
    assertEquals(outcome == null ? 1 : 0, lab.lab.received.size());
    if (outcome == null) {
      byte[] seen = new byte[bytes.length];
      MemorySegment.copy(
          lab.lab.memory,
          ValueLayout.JAVA_BYTE,
          lab.lab.received.offset(0) + 34,
          seen,
          0,
          seen.length);
      assertEquals(options, HexFormat.of().formatHex(seen));
    } else {
      assertEquals(1, lab.drops(outcome));
    }
    lab.lab.release();
  }
}
