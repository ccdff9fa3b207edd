package io.vireo.vr.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.vr.socket.Endpoint;
import io.vireo.vr.wire.ArpPacket;
import io.vireo.vr.wire.NetworkOrder;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the router takes for itself (RFC 6192), on virtual time.
class PuntTest {
  private static final int BURST = 200;

  private Ipv6Lab lab;

  @BeforeEach
  void build() throws Exception {
    lab = new Ipv6Lab(0);
    lab.lab.resolve();
    lab.resolve();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private long dropped(PuntClass of) {
    return lab.lab.dataPlane.policers().dropped(of);
  }

  private void flood(int packets, int port) {
    for (int i = 0; i < packets; i++) {
      lab.lab.sendUdp(lab.lab.h1, Lab.H1_MAC, Lab.R1_MAC, Lab.H1, Lab.R1, port, 64, 10);
      if (i % BURST == BURST - 1) {
        lab.lab.run();
      }
    }
    lab.lab.run();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 0, ICMP",
    "58, 0, 0, ICMP",
    "89, 0, 0, ROUTING",
    "103, 0, 0, ROUTING",
    "112, 0, 0, ROUTING",
    "6, 4000, 179, ROUTING",
    "6, 179, 4000, ROUTING",
    "17, 4000, 520, ROUTING",
    "17, 4000, 3784, ROUTING",
    "6, 4000, 22, MANAGEMENT",
    "6, 830, 4000, MANAGEMENT",
    "6, 4000, 80, TRANSPORT",
    "17, 4000, 53, TRANSPORT",
    "47, 0, 0, OTHER",
  })
  void packets_haveTheirClass(int protocol, int from, int to, PuntClass expected) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(8);
      NetworkOrder.put16(memory, 0, from);
      NetworkOrder.put16(memory, 2, to);
      assertEquals(expected, PuntPolicers.classOf(memory, protocol, 0, 8));
    }
  }

  @Test
  void flood_ofOneClass_leavesTheOthersAlone() throws Exception {
    lab.lab
        .dataPlane
        .policers()
        .configure(Map.of(PuntClass.TRANSPORT, new PolicerSettings(100, 10)));
    try (var routing = lab.lab.sockets.openUdp()) {
      routing.bind(new Endpoint(0, 520));
      for (int i = 0; i < 50; i++) {
        flood(1_000, 9);
        lab.lab.sendUdp(lab.lab.h1, Lab.H1_MAC, Lab.R1_MAC, Lab.H1, Lab.R1, 520, 64, 10);
        lab.lab.sendArp(lab.lab.h1, ArpPacket.REQUEST, Lab.H1_MAC, Lab.H1, Lab.R1);
        lab.lab.run();
        assertNotNull(routing.receive());
        assertEquals(0, dropped(PuntClass.ROUTING));
        assertEquals(0, dropped(PuntClass.RESOLUTION));
      }
    }
    assertEquals(50_000 - 10, dropped(PuntClass.TRANSPORT));
    assertEquals(dropped(PuntClass.TRANSPORT), lab.drops(DropReason.PUNT_RATE_LIMITED));
  }

  @Test
  void rateAndBurst_areWhatIsConfigured() {
    lab.lab
        .dataPlane
        .policers()
        .configure(Map.of(PuntClass.TRANSPORT, new PolicerSettings(1_000, 50)));
    flood(1_000, 9);
    assertEquals(950, dropped(PuntClass.TRANSPORT));
    lab.pass(100); // a hundred more
    flood(1_000, 9);
    assertEquals(950 + 950, dropped(PuntClass.TRANSPORT)); // but no more than the burst at once
    lab.lab.dataPlane.policers().configure(Map.of());
    flood(1_000, 9);
    assertEquals(1_900, dropped(PuntClass.TRANSPORT));
  }

  /// Neither family's link is lost to what others ask on another link.
  @Test
  void flood_ofSolicitations_isOfItsInterface() {
    byte[] solicitation =
        lab.icmp(
            Lab.H1_MAC,
            Ipv6Lab.H1,
            Ipv6Lab.R1,
            255,
            "8700000000000000" + Ipv6Lab.hex(Ipv6Lab.R1) + "0101" + Ipv6Lab.hex(Lab.H1_MAC));
    for (int i = 0; i < 5_000; i++) {
      lab.send(lab.lab.h1, solicitation);
      lab.take(lab.lab.h1);
    }
    assertTrue(dropped(PuntClass.RESOLUTION) >= 3_999, dropped(PuntClass.RESOLUTION) + "");
    byte[] other =
        lab.icmp(
            Lab.H2_MAC,
            Ipv6Lab.H2,
            Ipv6Lab.R2,
            255,
            "8700000000000000" + Ipv6Lab.hex(Ipv6Lab.R2) + "0101" + Ipv6Lab.hex(Lab.H2_MAC));
    lab.take(lab.lab.h2);
    lab.send(lab.lab.h2, other);
    assertEquals(1, lab.take(lab.lab.h2).size());
  }

  @Test
  void errors_areBounded_ofBothFamiliesTogether() {
    lab.lab.dataPlane.policers().configure(Map.of(PuntClass.ERROR, new PolicerSettings(10, 5)));
    flood(20, 9);
    for (int i = 0; i < 20; i++) {
      lab.send(lab.lab.h1, lab.frame(Lab.H1_MAC, Ipv6Lab.H1, Ipv6Lab.R1, 64, 17, new byte[20]));
    }
    assertEquals(35, dropped(PuntClass.ERROR));
    assertEquals(35, lab.drops(DropReason.ICMP_RATE_LIMITED));
    lab.lab.take(lab.lab.h1);
    assertEquals(5, lab.lab.received.size());
    lab.lab.release();
  }
}
