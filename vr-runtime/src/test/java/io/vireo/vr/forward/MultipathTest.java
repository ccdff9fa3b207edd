package io.vireo.vr.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.vr.rib.NextHop;
import io.vireo.vr.rib.Route;
import io.vireo.vr.rib.RouteSource;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Prefix;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Equal-cost paths: flows spread, a flow stays, a dead path is left out.
class MultipathTest {
  private static final Prefix TARGET = Prefix.of("198.51.100.0/24");

  @Test
  void twoPaths_manyFlows_bothUsed_deadOneLeftOut() throws Exception {
    try (Lab lab = new Lab()) {
      lab.resolve();
      lab.rib.setStaticRoutes(
          List.of(
              Route.of(
                  TARGET,
                  RouteSource.STATIC,
                  new NextHop.Via(Lab.H1, null),
                  new NextHop.Via(Lab.H2, null))));
      lab.rib.recompute();
      sendFlows(lab);
      int first = lab.take(lab.h1).size();
      lab.release();
      int second = lab.take(lab.h2).size();
      lab.release();
      assertEquals(64, first + second);
      assertTrue(first > 10 && second > 10, first + " and " + second);

      lab.h2.setLinkUp(false);
      lab.dataPlane.checkLinks(lab.nowNs, (changed, up) -> lab.rib.recompute());
      sendFlows(lab);
      assertEquals(64, lab.take(lab.h1).size());
      lab.release();
    }
  }

  @Test
  void blackhole_packet_isDroppedWithoutAnswer() throws Exception {
    try (Lab lab = new Lab()) {
      lab.resolve();
      lab.rib.setStaticRoutes(
          List.of(Route.of(TARGET, RouteSource.STATIC, NextHop.Special.BLACKHOLE)));
      lab.rib.recompute();
      sendFlows(lab);
      assertEquals(64, lab.drops(DropReason.IPV4_BLACKHOLE));
      assertEquals(0, lab.take(lab.h1).size());
      assertEquals(lab.pool.capacity(), lab.pool.available());
    }
  }

  private static void sendFlows(Lab lab) {
    int first = Ipv4Address.of("198.51.100.1");
    for (int flow = 0; flow < 64; flow++) {
      lab.sendUdp(lab.h1, Lab.H1_MAC, Lab.R1_MAC, Lab.H1, first + flow, 9, 64, 10);
    }
    lab.run();
  }
}
