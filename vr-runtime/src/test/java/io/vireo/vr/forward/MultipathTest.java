package io.vireo.vr.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.vr.rib.NextHop;
import io.vireo.vr.rib.Route;
import io.vireo.vr.rib.RouteSource;
import io.vireo.vr.wire.EthernetHeader;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Ipv4Header;
import io.vireo.vr.wire.Ipv4Prefix;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Equal-cost paths: flows spread, a flow stays, a dead path is left out.
class MultipathTest {
  private static final Ipv4Prefix TARGET = Ipv4Prefix.of("198.51.100.0/24");

  @Test
  void twoPaths_manyFlows_bothUsed_deadOneLeftOut() throws Exception {
    try (Lab lab = new Lab()) {
      lab.resolve();
      twoPaths(lab);
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
  void twoPaths_flowsOfOnePairOfHosts_spreadByPortsAndStay() throws Exception {
    try (Lab lab = new Lab()) {
      lab.resolve();
      twoPaths(lab);
      int target = Ipv4Address.of("198.51.100.1");
      int used = 0;
      for (int port = 1; port <= 64; port++) {
        for (int i = 0; i < 3; i++) {
          lab.sendUdp(lab.h1, Lab.H1_MAC, Lab.R1_MAC, Lab.H1, target, port, 64, 10 + i);
        }
        lab.run();
        int first = lab.take(lab.h1).size();
        lab.release();
        lab.take(lab.h2);
        lab.release();
        assertTrue(first == 0 || first == 3, "flow to port " + port + " was parted");
        used += first / 3;
      }
      assertTrue(used > 10 && used < 54, used + " of 64 flows on the first path");
    }
  }

  @Test
  void twoPaths_fragmentsOfManyPackets_goOneWayPerPairOfHosts() throws Exception {
    try (Lab lab = new Lab()) {
      lab.resolve();
      twoPaths(lab);
      int target = Ipv4Address.of("198.51.100.1");
      for (int port = 1; port <= 64; port++) {
        long frame = lab.udpFrame(Lab.H1_MAC, Lab.R1_MAC, Lab.H1, target, port, 64, 64);
        int offset = port % 2 == 0 ? Ipv4Header.MORE_FRAGMENTS : port;
        Ipv4Header.setFragment(lab.memory, frame + EthernetHeader.BYTES, 92, offset, 20);
        lab.transmit(lab.h1, frame, 106);
      }
      lab.run();
      int first = lab.take(lab.h1).size();
      lab.release();
      lab.take(lab.h2);
      lab.release();
      assertTrue(first == 0 || first == 64, first + " of 64 fragments on the first path");
    }
  }

  private static void twoPaths(Lab lab) {
    NextHop[] both = {
      new NextHop.Via(IpAddress.ofIpv4(Lab.H1), null),
      new NextHop.Via(IpAddress.ofIpv4(Lab.H2), null)
    };
    lab.rib.setStaticRoutes(List.of(Route.of(TARGET, RouteSource.STATIC, both)));
    lab.rib.recompute();
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
