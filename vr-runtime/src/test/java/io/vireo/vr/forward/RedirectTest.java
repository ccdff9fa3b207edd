package io.vireo.vr.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.drivers.PacketVector;
import io.vireo.vr.forward.Ipv6Lab.Seen;
import io.vireo.vr.rib.NextHop;
import io.vireo.vr.rib.Route;
import io.vireo.vr.rib.RouteSource;
import io.vireo.vr.wire.EthernetHeader;
import io.vireo.vr.wire.IcmpMessage;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Ipv4Header;
import io.vireo.vr.wire.Ipv4Prefix;
import io.vireo.vr.wire.Ipv6Address;
import io.vireo.vr.wire.Ipv6Prefix;
import io.vireo.vr.wire.NetworkOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A better first hop is told of (RFC 1812 §5.2.7.2, RFC 4861 §8.2), and the packet goes on.
class RedirectTest {
  private static final long GATEWAY_MAC = 0x0200_0000_0177L;
  private static final int GATEWAY = Ipv4Address.of("10.0.1.77");
  private static final int TARGET = Ipv4Address.of("198.51.100.9");
  private static final IpAddress GATEWAY_LINK = Ipv6Address.of("fe80::77");
  private static final IpAddress TARGET6 = Ipv6Address.of("2001:db8:aa::9");

  private Ipv6Lab lab;

  @BeforeEach
  void build() throws Exception {
    lab = new Ipv6Lab(0);
    lab.lab.rib.setStaticRoutes(
        List.of(
            Route.of(
                Ipv4Prefix.of("198.51.100.0/24"),
                RouteSource.STATIC,
                new NextHop.Via(IpAddress.ofIpv4(GATEWAY), null))));
    lab.rib.setStaticRoutes(
        List.of(
            Route.of(
                Ipv6Prefix.of("2001:db8:aa::/48"),
                RouteSource.STATIC,
                new NextHop.Via(GATEWAY_LINK, "r1")),
            Route.of(
                Ipv6Prefix.of("2001:db8:bb::/48"),
                RouteSource.STATIC,
                new NextHop.Via(Ipv6Address.of("2001:db8:1::77"), null))));
    lab.lab.resolve();
    lab.lab
        .dataPlane
        .neighbours()
        .learn(1, 0, IpAddress.mapped(GATEWAY), GATEWAY_MAC, true, true, lab.lab.nowNs);
    for (IpAddress each : List.of(GATEWAY_LINK, Ipv6Address.of("2001:db8:1::77"))) {
      lab.lab
          .dataPlane
          .ipv6Neighbours()
          .learn(1, each.high(), each.low(), GATEWAY_MAC, true, true, lab.lab.nowNs);
    }
    lab.resolve();
  }

  @AfterEach
  void close() {
    lab.pass(10_000);
    lab.take(lab.lab.h1);
    lab.take(lab.lab.h2);
    assertEquals(lab.lab.pool.capacity(), lab.lab.pool.available());
    lab.close();
  }

  private List<String> sendIpv4(int source, int destination) {
    lab.lab.sendUdp(lab.lab.h1, Lab.H1_MAC, Lab.R1_MAC, source, destination, 9, 64, 100);
    lab.lab.run();
    List<String> seen = new ArrayList<>();
    PacketVector back = lab.lab.take(lab.lab.h1);
    for (int i = 0; i < back.size(); i++) {
      long ip = back.offset(i) + 14;
      boolean icmp = Ipv4Header.protocol(lab.lab.memory, ip) == Ipv4Header.PROTOCOL_ICMP;
      seen.add(
          icmp
              ? "icmp "
                  + IcmpMessage.type(lab.lab.memory, ip + 20)
                  + "/"
                  + IcmpMessage.code(lab.lab.memory, ip + 20)
                  + " "
                  + Ipv4Address.format(NetworkOrder.get32(lab.lab.memory, ip + 24))
                  + " of "
                  + Ipv4Address.format(Ipv4Header.destination(lab.lab.memory, ip + 28))
              : "on "
                  + Ipv4Header.ttl(lab.lab.memory, ip)
                  + " "
                  + Long.toHexString(EthernetHeader.destination(lab.lab.memory, back.offset(i))));
    }
    lab.lab.release();
    return seen;
  }

  @Test
  void ipv4_leavesByItsLink_isRedirectedAndGoesOn() {
    String redirect = "icmp 5/1 10.0.1.77 of 198.51.100.9";
    for (int i = 0; i < 3; i++) {
      List<String> seen = sendIpv4(Lab.H1, TARGET);
      assertEquals(2, seen.size());
      assertTrue(seen.contains(redirect), seen::toString);
      assertTrue(seen.contains("on 63 20000000177"), seen::toString);
    }
  }

  @Test
  void ipv4_ofAnotherSubnet_orWithoutRedirects_justGoesOn() {
    assertEquals(1, sendIpv4(Ipv4Address.of("10.9.9.9"), TARGET).size());
    assertEquals(1, sendIpv4(GATEWAY, TARGET).size()); // who is the gateway itself
    lab.r1.setRedirects(false);
    assertEquals(1, sendIpv4(Lab.H1, TARGET).size());
    lab.r1.setRedirects(true);
    assertEquals(0, sendIpv4(Lab.H1, Lab.H2).size());
    lab.take(lab.lab.h2);
  }

  private List<Seen> sendIpv6(IpAddress destination) {
    lab.send(lab.lab.h1, lab.frame(Lab.H1_MAC, Ipv6Lab.H1, destination, 64, 17, new byte[50]));
    return lab.take(lab.lab.h1);
  }

  @Test
  void ipv6_leavesByItsLink_isRedirectedAndGoesOn() {
    List<Seen> seen = sendIpv6(TARGET6);
    assertEquals(2, seen.size());
    Seen redirect = seen.stream().filter(each -> each.hopLimit() == 255).findFirst().orElseThrow();
    assertEquals("137/0", redirect.typeAndCode());
    assertEquals(Ipv6Lab.R1_LINK, redirect.source());
    assertEquals(Ipv6Lab.H1, redirect.destination());
    assertEquals(Lab.H1_MAC, redirect.destinationMac());
    String expected =
        "00000000"
            + Ipv6Lab.hex(GATEWAY_LINK)
            + Ipv6Lab.hex(TARGET6)
            + "0201"
            + Ipv6Lab.hex(GATEWAY_MAC)
            + "040c000000000000"
            + "6000000000321140";
    assertEquals(expected, redirect.body().substring(0, expected.length()));
    assertEquals(2 * (4 + 32 + 8 + 96), redirect.body().length());
    Seen passed = seen.stream().filter(each -> each.hopLimit() == 63).findFirst().orElseThrow();
    assertEquals(GATEWAY_MAC, passed.destinationMac());
  }

  /// A router that is known by another address can't be told of.
  @Test
  void ipv6_withoutItsLinkLocalAddress_justGoesOn() {
    assertEquals(1, sendIpv6(Ipv6Address.of("2001:db8:bb::1")).size());
  }

  @Test
  void ipv6_toAHostOfTheLink_isToldOfIt() {
    List<Seen> seen = sendIpv6(Ipv6Address.of("2001:db8:1::77"));
    assertEquals(2, seen.size());
    assertTrue(
        seen.stream()
            .anyMatch(each ->
                each.hopLimit() == 255
                    && each.body()
                        .startsWith(
                            "00000000"
                                + "20010db8000100000000000000000077"
                                + "20010db8000100000000000000000077")));
  }

  @Test
  void redirects_arePoliced() {
    lab.lab.dataPlane.policers().configure(Map.of(PuntClass.ERROR, new PolicerSettings(1, 1)));
    int told = 0;
    for (int i = 0; i < 20; i++) {
      told += sendIpv6(TARGET6).size() - 1;
      told += sendIpv4(Lab.H1, TARGET).size() - 1;
    }
    assertEquals(1, told);
  }

  /// A vector of which every packet asks for an answer, some for two: nothing overflows.
  @Test
  void fullVector_ofPacketsWithAnswers_isTaken() {
    lab.r1.setMtuBytes(100);
    PacketVector burst = new PacketVector();
    for (int i = 0; i < PacketVector.CAPACITY; i++) {
      boolean echo = i >= 50;
      long frame =
          lab.lab.udpFrame(Lab.H1_MAC, Lab.R1_MAC, Lab.H1, echo ? Lab.R1 : TARGET, 9, 64, 100);
      long ip = frame + 14;
      if (echo) {
        NetworkOrder.put8(lab.lab.memory, ip + Ipv4Header.PROTOCOL_OFFSET, 1);
        IcmpMessage.write(lab.lab.memory, ip + 20, IcmpMessage.ECHO, 0, 1, i, 108);
      }
      Ipv4Header.setFragment(lab.lab.memory, ip, 128, echo ? 0 : Ipv4Header.DONT_FRAGMENT, 20);
      burst.add(frame, 142, 0);
    }
    lab.lab.h1.transmit(burst, lab.lab.pool);
    lab.lab.run();
    assertEquals(50, lab.drops(DropReason.IPV4_FRAGMENTATION_NEEDED));
    while (!lab.lab.take(lab.lab.h1).isEmpty()) {
      lab.lab.release(); // more than a vector of them
    }
  }
}
