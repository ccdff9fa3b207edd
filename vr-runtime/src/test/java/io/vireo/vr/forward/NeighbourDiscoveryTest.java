package io.vireo.vr.forward;

import static io.vireo.vr.forward.Ipv6Lab.ALL_NODES;
import static io.vireo.vr.forward.Ipv6Lab.ALL_ROUTERS;
import static io.vireo.vr.forward.Ipv6Lab.H1;
import static io.vireo.vr.forward.Ipv6Lab.H1_LINK;
import static io.vireo.vr.forward.Ipv6Lab.NOBODY;
import static io.vireo.vr.forward.Ipv6Lab.R1;
import static io.vireo.vr.forward.Ipv6Lab.R1_LINK;
import static io.vireo.vr.forward.Ipv6Lab.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.vr.forward.Ipv6Interface.AddressStatus;
import io.vireo.vr.forward.Ipv6Lab.Seen;
import io.vireo.vr.forward.RouterAdvertisements.AdvertisedPrefix;
import io.vireo.vr.neighbour.NeighbourState;
import io.vireo.vr.neighbour.NeighbourTable.Neighbour;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv6Address;
import io.vireo.vr.wire.Ipv6Header;
import io.vireo.vr.wire.Ipv6Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// RFC 4861 and RFC 4862 §5.4 on virtual time.
class NeighbourDiscoveryTest {
  private static final IpAddress R1_GROUP = Ipv6Address.of("ff02::1:ff00:1");
  private static final String SOLICITATION = "8700000000000000";

  private Ipv6Lab lab;

  @BeforeEach
  void build() throws Exception {
    lab = new Ipv6Lab(0);
  }

  private void buildTesting(int probes) throws Exception {
    lab.close();
    lab = new Ipv6Lab(probes);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private List<AddressStatus> status() {
    return lab.r1.ipv6().addresses().stream().map(Ipv6Interface.Assigned::status).toList();
  }

  private List<Seen> seen(int type) {
    return lab.take(lab.lab.h1).stream().filter(each -> each.type() == type).toList();
  }

  @Test
  void newAddresses_areAskedForAndTaken() throws Exception {
    buildTesting(2);
    lab.pass(500);
    List<Seen> first = seen(135);
    assertEquals(2, first.size()); // the link-local one and the configured one
    for (Seen probe : first) {
      assertEquals(NOBODY, probe.source());
      assertEquals("135/0", probe.typeAndCode());
      assertEquals(255, probe.hopLimit());
    }
    assertEquals(
        List.of("00000000" + hex(R1_LINK), "00000000" + hex(R1)),
        first.stream().map(Seen::body).toList());
    assertEquals(R1_GROUP, first.get(1).destination());
    lab.pass(1_000);
    assertEquals(2, seen(135).size());
    assertEquals(List.of(AddressStatus.TENTATIVE, AddressStatus.TENTATIVE), status());
    lab.pass(1_000);
    assertEquals(List.of(AddressStatus.PREFERRED, AddressStatus.PREFERRED), status());
    List<Seen> told = seen(136); // RFC 4861 §7.2.6
    assertEquals(2, told.size());
    assertEquals(ALL_NODES, told.getFirst().destination());
  }

  @ParameterizedTest
  @CsvSource({
    // another asks for it too; another has it; another only wants to talk to it
    "probe, DUPLICATE",
    "advertisement, DUPLICATE",
    "solicitation, PREFERRED",
  })
  void tentativeAddress_ofAnother_isNotUsed(String message, AddressStatus outcome)
      throws Exception {
    buildTesting(1);
    lab.pass(500);
    String target = hex(R1);
    byte[] frame =
        switch (message) {
          case "probe" -> lab.icmp(Lab.H1_MAC, NOBODY, R1_GROUP, 255, SOLICITATION + target);
          case "advertisement" ->
              lab.icmp(
                  Lab.H1_MAC,
                  H1_LINK,
                  ALL_NODES,
                  255,
                  "8800000020000000" + target + "0201" + hex(Lab.H1_MAC));
          default ->
              lab.icmp(
                  Lab.H1_MAC, H1, R1_GROUP, 255, SOLICITATION + target + "0101" + hex(Lab.H1_MAC));
        };
    lab.take(lab.lab.h1);
    lab.send(lab.lab.h1, frame);
    assertEquals(List.of(), seen(136)); // not ours yet
    assertEquals(outcome == AddressStatus.DUPLICATE, lab.lab.dataPlane.takeAddressesChanged());
    lab.pass(2_000);
    assertEquals(List.of(AddressStatus.PREFERRED, outcome), status());
    lab.rib.recompute();
    boolean routed =
        lab.rib.entries().stream()
            .anyMatch(each -> each.route().prefix().equals(Ipv6Prefix.of("2001:db8:1::1/128")));
    assertEquals(outcome == AddressStatus.PREFERRED, routed);
  }

  @Test
  void questions_forOurs_areAnswered_andWhoAsksIsKnown() {
    lab.send(
        lab.lab.h1,
        lab.icmp(Lab.H1_MAC, H1, R1_GROUP, 255, SOLICITATION + hex(R1) + "0101" + hex(Lab.H1_MAC)));
    Seen answer = seen(136).getFirst();
    assertEquals(H1, answer.destination());
    assertEquals(R1, answer.source());
    assertEquals(Lab.H1_MAC, answer.destinationMac());
    assertEquals("e0000000" + hex(R1) + "0201" + hex(Lab.R1_MAC), answer.body());
    Neighbour known = lab.lab.dataPlane.ipv6Neighbours().snapshot().getFirst();
    assertEquals(H1, known.address());
    assertEquals(NeighbourState.STALE, known.state());
  }

  @Test
  void anothersTest_ofOurs_isAnsweredToAll() {
    lab.take(lab.lab.h1);
    lab.send(lab.lab.h1, lab.icmp(Lab.H1_MAC, NOBODY, R1_GROUP, 255, SOLICITATION + hex(R1)));
    Seen answer = seen(136).getFirst();
    assertEquals(ALL_NODES, answer.destination());
    assertTrue(answer.body().startsWith("a0000000" + hex(R1))); // a router, override, unsolicited
    assertEquals(0, lab.lab.dataPlane.ipv6Neighbours().size());
  }

  /// RFC 4861 §7.1: hop limit, code, length, options, targets and sources that may not be.
  @ParameterizedTest
  @CsvSource({
    "254, 2001:db8:1::2, 87000000 00000000 20010db8000100000000000000000001",
    "255, 2001:db8:1::2, 87010000 00000000 20010db8000100000000000000000001",
    "255, 2001:db8:1::2, 87000000 00000000 20010db8",
    "255, 2001:db8:1::2, 87000000 00000000 20010db8000100000000000000000001 0100",
    "255, 2001:db8:1::2, 87000000 00000000 20010db8000100000000000000000001 0102000000000000",
    "255, 2001:db8:1::2, 87000000 00000000 ff020000000000000000000000000001",
    "255, ::, 87000000 00000000 20010db8000100000000000000000001 0101020000000102",
    "255, 2001:db8:1::2, 87000000 00000000 20010db8000100000000000000000001 0101030000000102",
    "255, 2001:db8:1::2, 88000000 60000000 20010db8000100000000000000000002",
    "255, 2001:db8:1::2, 88000000 20000000 ff020000000000000000000000000002",
    "255, ::, 85000000 00000000 0101020000000102",
    "255, 2001:db8:1::2, 86000000 40000000 00000000 00000000",
    "255, fe80::1, 86000000 40000000 00000000",
  })
  void unsound_messages_areDropped(int hops, String from, String message) {
    lab.take(lab.lab.h1);
    IpAddress to = message.startsWith("87") ? R1_GROUP : ALL_NODES;
    lab.send(
        lab.lab.h1, lab.icmp(Lab.H1_MAC, Ipv6Address.of(from), to, hops, message.replace(" ", "")));
    assertEquals(1, lab.drops(DropReason.ND_MALFORMED));
    assertEquals(List.of(), lab.take(lab.lab.h1));
    assertEquals(0, lab.lab.dataPlane.ipv6Neighbours().size());
  }

  /// RFC 4861 §7.2.5, §C: what is known (state and address), what is advertised (flags, address),
  /// what is known then.
  @ParameterizedTest
  @CsvSource({
    "REACHABLE, , 60000000, , REACHABLE 02",
    "STALE, , 60000000, , REACHABLE 02",
    "STALE, , 40000000, , REACHABLE 02",
    "REACHABLE, , 00000000, 03, STALE 02",
    "STALE, , 40000000, 03, STALE 02",
    "STALE, , 60000000, 03, REACHABLE 03",
    "REACHABLE, , 20000000, 03, STALE 03",
    "REACHABLE, , 20000000, 02, REACHABLE 02",
    "STALE, , 00000000, , STALE 02",
  })
  void advertisement_changesWhatIsKnown(
      NeighbourState before, String unused, String flags, String mac, String after) {
    boolean reachable = before == NeighbourState.REACHABLE;
    var table = lab.lab.dataPlane.ipv6Neighbours();
    table.learn(1, H1.high(), H1.low(), Lab.H1_MAC, false, true, lab.lab.nowNs);
    if (reachable) {
      table.use(1, H1.high(), H1.low(), lab.lab.nowNs);
      table.learn(1, H1.high(), H1.low(), Lab.H1_MAC, true, true, lab.lab.nowNs);
    }
    String option = mac == null ? "" : "0201" + hex(Lab.H1_MAC).substring(0, 10) + mac;
    lab.send(lab.lab.h1, lab.icmp(Lab.H1_MAC, H1, R1, 255, "88000000" + flags + hex(H1) + option));
    Neighbour known = lab.lab.dataPlane.ipv6Neighbours().snapshot().getFirst();
    assertEquals(after, known.state() + " " + hex(known.mac()).substring(10));
    assertEquals(false, known.isRouter());
  }

  /// RFC 6583: a scan asks the link at a bounded rate, and hosts that are known stay reachable.
  @Test
  void scan_asksSlowly_andHostsStayKnown() {
    lab.resolve();
    int asked = 0;
    for (int i = 0; i < 3_000; i++) {
      IpAddress nobody = new IpAddress(Ipv6Lab.H2.high(), 0x10000 + i);
      lab.send(lab.lab.h1, lab.frame(Lab.H1_MAC, H1, nobody, 64, Ipv6Header.UDP, new byte[8]));
      asked += lab.take(lab.lab.h2).size();
    }
    assertTrue(asked >= 1_000 && asked < 1_100, asked + " questions");
    assertEquals(3_000 - asked, lab.drops(DropReason.NEIGHBOR_RATE_LIMITED));

    lab.send(lab.lab.h1, lab.frame(Lab.H1_MAC, H1, Ipv6Lab.H2, 64, Ipv6Header.UDP, new byte[8]));
    assertEquals(1, lab.take(lab.lab.h2).size());
    lab.pass(1_000);
    while (!lab.take(lab.lab.h2).isEmpty()) {
      // those of the scan are asked for again
    }
    IpAddress other = new IpAddress(Ipv6Lab.H2.high(), 0x30000);
    lab.send(lab.lab.h1, lab.frame(Lab.H1_MAC, H1, other, 64, Ipv6Header.UDP, new byte[8]));
    assertEquals(1, lab.take(lab.lab.h2).size(), "a second later others may be asked for");
  }

  @Test
  void otherRouters_areKnownAsSuch() {
    lab.send(
        lab.lab.h1,
        lab.icmp(
            Lab.H1_MAC,
            H1_LINK,
            ALL_NODES,
            255,
            "86000000400007080000000000000000" + "0101" + hex(Lab.H1_MAC)));
    Neighbour known = lab.lab.dataPlane.ipv6Neighbours().snapshot().getFirst();
    assertEquals(H1_LINK, known.address());
    assertTrue(known.isRouter());
  }

  private static RouterAdvertisements advertisements(Map<Ipv6Prefix, AdvertisedPrefix> prefixes) {
    return new RouterAdvertisements(
        true, 60, 20, true, false, 1400, 30_000, 1_000, 64, 180, prefixes);
  }

  @Test
  void advertisements_sayWhatIsConfigured() {
    lab.take(lab.lab.h1);
    AdvertisedPrefix other = new AdvertisedPrefix(true, true, false, -1, 5);
    lab.configure(
        lab.r1,
        "2001:db8:1::1",
        0,
        advertisements(Map.of(Ipv6Prefix.of("2001:db8:9::/64"), other)));
    lab.pass(1);
    Seen sent = seen(134).getFirst();
    assertEquals("134/0", sent.typeAndCode());
    assertEquals(R1_LINK, sent.source());
    assertEquals(ALL_NODES, sent.destination());
    assertEquals(255, sent.hopLimit());
    assertEquals(
        "408000b4"
            + "00007530"
            + "000003e8"
            + "0101"
            + hex(Lab.R1_MAC)
            + "0501000000000578"
            + "030440c0"
            + "00278d00"
            + "00093a80"
            + "00000000"
            + "20010db8000100000000000000000000"
            + "03044080"
            + "ffffffff"
            + "00000005"
            + "00000000"
            + "20010db8000900000000000000000000",
        sent.body());
  }

  @Test
  void prefixTakenOut_isNotAdvertised() {
    AdvertisedPrefix none = new AdvertisedPrefix(false, false, false, 0, 0);
    lab.configure(
        lab.r1, "2001:db8:1::1", 0, advertisements(Map.of(Ipv6Prefix.of("2001:db8:1::/64"), none)));
    lab.pass(1);
    assertEquals(false, seen(134).getFirst().body().contains("20010db80001"));
  }

  /// RFC 4861 §6.2.4: three at intervals of at most 16 s, then from 20 to 60 s.
  @Test
  void advertisements_comeInTheirIntervals() {
    lab.configure(lab.r1, "2001:db8:1::1", 0, advertisements(Map.of()));
    List<Long> gaps = new ArrayList<>();
    long last = lab.lab.nowNs;
    for (int second = 0; second < 400; second++) {
      lab.pass(1_000);
      if (!seen(134).isEmpty()) {
        gaps.add((lab.lab.nowNs - last) / 1_000_000_000L);
        last = lab.lab.nowNs;
      }
    }
    assertEquals(1, gaps.getFirst());
    assertTrue(gaps.subList(1, 4).stream().allMatch(gap -> gap >= 15 && gap <= 16), gaps::toString);
    assertTrue(gaps.size() > 8, gaps::toString);
    assertTrue(
        gaps.subList(4, gaps.size()).stream().allMatch(gap -> gap >= 20 && gap <= 61),
        gaps::toString);
  }

  @Test
  void solicitations_areAnsweredSoon_butNotTooOften() {
    lab.configure(lab.r1, "2001:db8:1::1", 0, advertisements(Map.of()));
    lab.pass(60_000); // the first ones are over
    lab.take(lab.lab.h1);
    byte[] solicitation =
        lab.icmp(
            Lab.H1_MAC, H1_LINK, ALL_ROUTERS, 255, "8500000000000000" + "0101" + hex(Lab.H1_MAC));
    int answers = 0;
    for (int i = 0; i < 60; i++) {
      lab.send(lab.lab.h1, solicitation);
      lab.pass(100);
      answers += seen(134).size();
      if (i == 5) {
        assertEquals(1, answers);
      }
    }
    assertTrue(answers == 2 || answers == 3, answers + " in six seconds");
  }

  @Test
  void ceasing_isTold() {
    lab.configure(lab.r1, "2001:db8:1::1", 0, advertisements(Map.of()));
    lab.pass(100);
    lab.take(lab.lab.h1);
    lab.configure(lab.r1, "2001:db8:1::1", 0, RouterAdvertisements.NONE);
    lab.pass(1);
    Seen last = seen(134).getFirst();
    assertEquals("0000", last.body().substring(4, 8));
    lab.pass(100_000);
    assertEquals(List.of(), seen(134));
  }
}
