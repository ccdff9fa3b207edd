package io.vireo.vr.forward;

import static io.vireo.vr.forward.Ipv6Lab.ALL_NODES;
import static io.vireo.vr.forward.Ipv6Lab.ALL_ROUTERS;
import static io.vireo.vr.forward.Ipv6Lab.H1_LINK;
import static io.vireo.vr.forward.Ipv6Lab.NOBODY;
import static io.vireo.vr.forward.Ipv6Lab.R1_LINK;
import static io.vireo.vr.forward.Ipv6Lab.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.vr.forward.Ipv6Lab.Seen;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv6Address;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// MLDv2's host side (RFC 3810 §6, §8) on virtual time.
class MulticastListenerTest {
  private static final IpAddress REPORTS = Ipv6Address.of("ff02::16");
  private static final String ALERT = "003a00050200000100"; // hop-by-hop with router alert
  private static final Set<String> OURS =
      new TreeSet<>(Set.of("ff02::2", "ff02::1:ff00:0", "ff02::1:ff00:1", "ff02::1:ff00:101"));

  private Ipv6Lab lab;

  @BeforeEach
  void build() throws Exception {
    lab = new Ipv6Lab(0);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private List<Seen> reports(int type) {
    return lab.take(lab.lab.h1).stream().filter(each -> each.type() == type).toList();
  }

  /// The groups of reports, as `change group`.
  private static Set<String> records(List<Seen> reports) {
    return reports.stream()
        .flatMap(report -> {
          byte[] body = HexFormat.of().parseHex(report.body());
          return IntStream.range(0, body[3])
              .mapToObj(i -> {
                var at = ByteBuffer.wrap(body, 4 + i * 20, 20);
                int change = at.getInt() >>> 24;
                return change + " " + Ipv6Address.format(at.getLong(), at.getLong());
              });
        })
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> all(int change) {
    return OURS.stream()
        .map(group -> change + " " + group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void query(String group, int maxDelayMs, boolean old) {
    String body =
        "82000000"
            + HexFormat.of().toHexDigits((short) maxDelayMs)
            + "0000"
            + hex(Ipv6Address.of(group))
            + (old ? "" : "027d0000");
    IpAddress to = group.equals("::") ? ALL_NODES : Ipv6Address.of(group);
    lab.send(lab.lab.h1, lab.icmp(Lab.H1_MAC, H1_LINK, to, 1, ALERT, body));
  }

  @Test
  void joined_groups_areReportedTwice() {
    lab.pass(1);
    List<Seen> first = reports(143);
    assertEquals(all(4), records(first));
    Seen report = first.getFirst();
    assertEquals("143/0", report.typeAndCode());
    assertEquals(1, report.hopLimit());
    assertEquals(REPORTS, report.destination());
    assertEquals(R1_LINK, report.source());
    assertEquals(0x3333_0000_0016L, report.destinationMac());
    lab.pass(1_001);
    assertEquals(all(4), records(reports(143)));
    lab.pass(10_000);
    assertEquals(List.of(), reports(143));
  }

  @Test
  void leaving_isReportedTwice() {
    lab.pass(5_000);
    lab.take(lab.lab.h1);
    lab.configure(lab.r1, "2001:db8:1::5", 0, RouterAdvertisements.NONE);
    lab.pass(1);
    assertEquals(Set.of("3 ff02::1:ff00:1", "4 ff02::1:ff00:5"), records(reports(143)));
    lab.pass(1_001);
    assertEquals(Set.of("3 ff02::1:ff00:1", "4 ff02::1:ff00:5"), records(reports(143)));
    lab.pass(5_000);
    assertEquals(List.of(), reports(143));
  }

  @Test
  void queries_areAnsweredInTheirTime() {
    lab.pass(5_000);
    lab.take(lab.lab.h1);
    query("::", 2_000, false);
    lab.pass(2_001);
    assertEquals(all(2), records(reports(143)));
    query("ff02::1:ff00:1", 500, false);
    lab.pass(501);
    assertEquals(Set.of("2 ff02::1:ff00:1"), records(reports(143)));
    query("ff02::77", 500, false);
    lab.pass(1_000);
    assertEquals(List.of(), reports(143));
  }

  /// RFC 3810 §8.2.1: with a router of version 1, version 1 is spoken until it has been silent.
  @Test
  void oldRouters_areAnsweredTheirWay() {
    lab.pass(5_000);
    lab.take(lab.lab.h1);
    query("::", 1_000, true);
    lab.pass(1_001);
    List<Seen> reports = reports(131);
    assertEquals(
        OURS,
        reports.stream()
            .map(each -> each.destination().toString())
            .collect(Collectors.toCollection(TreeSet::new)));
    assertTrue(reports.stream().allMatch(each -> each.hopLimit() == 1));
    lab.configure(lab.r1, "2001:db8:1::5", 0, RouterAdvertisements.NONE);
    lab.pass(1);
    List<Seen> done = lab.take(lab.lab.h1).stream().filter(each -> each.type() == 132).toList();
    assertEquals(ALL_ROUTERS, done.getFirst().destination());
    lab.pass(261_000);
    lab.take(lab.lab.h1);
    query("::", 100, false);
    lab.pass(101);
    assertEquals(1, reports(143).size());
  }

  @Test
  void unsound_queries_areDropped() {
    lab.pass(5_000);
    lab.take(lab.lab.h1);
    String body = "820000000064000000000000000000000000000000000000";
    lab.send(lab.lab.h1, lab.icmp(Lab.H1_MAC, H1_LINK, ALL_NODES, 2, body));
    lab.send(lab.lab.h1, lab.icmp(Lab.H1_MAC, Ipv6Lab.H1, ALL_NODES, 1, body));
    lab.send(lab.lab.h1, lab.icmp(Lab.H1_MAC, NOBODY, ALL_NODES, 1, body));
    lab.send(lab.lab.h1, lab.icmp(Lab.H1_MAC, H1_LINK, ALL_NODES, 1, body.substring(0, 32)));
    lab.send(lab.lab.h1, lab.icmp(Lab.H1_MAC, H1_LINK, ALL_NODES, 1, body + "0000"));
    assertEquals(5, lab.drops(DropReason.MLD_MALFORMED));
    lab.pass(2_000);
    assertEquals(List.of(), reports(143));
  }
}
