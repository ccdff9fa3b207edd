package io.vireo.vr.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vireo.drivers.PacketVector;
import io.vireo.vr.neighbour.NeighbourTable;
import io.vireo.vr.wire.EthernetHeader;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv6Header;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a thread beside the data plane's forwards on its own, and what it leaves.
final class FastGraphTest {
  private static final long OTHER_MAC = 0x0200_0000_0203L;

  private final Ipv6Lab ipv6 = new Ipv6Lab(0);
  private final Lab lab = ipv6.lab;
  private final FastGraph graph =
      new FastGraph(
          lab.dataPlane,
          lab.pool,
          new CountingTarget(
              new InterfaceTarget(lab.dataPlane.interfaces(), lab.pool, lab.dataPlane.drops())));
  private final PacketVector frames = new PacketVector();

  /// The data plane's interfaces, all of them.
  private record CountingTarget(FrameTarget target) implements FastTarget {
    @Override
    public boolean reaches(int interfaceIndex) {
      return target.reaches(interfaceIndex);
    }

    @Override
    public InterfaceCounters counters(int interfaceIndex) {
      return new InterfaceCounters();
    }

    @Override
    public void send(int interfaceIndex, PacketVector vector) {
      target.send(interfaceIndex, vector);
    }

    @Override
    public void send(int interfaceIndex, long frame, int length) {
      target.send(interfaceIndex, frame, length);
    }
  }

  private final PacketVector left = new PacketVector();

  FastGraphTest() throws Exception {
    lab.resolve();
    ipv6.resolve();
  }

  @AfterEach
  void close() {
    graph.close();
    lab.close();
  }

  @Test
  void hostOnALink_onceTheDataPlaneHasSentToIt_isForwarded() {
    sendTo(Lab.H2);
    assertEquals(1, leftByGraph());
    passOneTo(Lab.H2);
    sendTo(Lab.H2);
    assertEquals(0, leftByGraph());
    assertEquals(Lab.H2_MAC, destinationAtH2());
  }

  @Test
  void ipv6HostOnALink_onceTheDataPlaneHasSentToIt_isForwarded() {
    sendIpv6();
    assertEquals(1, leftByGraph());
    sendIpv6();
    lab.run();
    ipv6.take(lab.h2);
    sendIpv6();
    assertEquals(0, leftByGraph());
    assertEquals(Lab.H2_MAC, destinationAtH2());
  }

  @Test
  void hostThatMoved_isLeftUntilTheDataPlaneKnowsWhere() {
    passOneTo(Lab.H2);
    learn(OTHER_MAC);
    sendTo(Lab.H2);
    assertEquals(1, leftByGraph());
    passOneTo(Lab.H2);
    sendTo(Lab.H2);
    assertEquals(0, leftByGraph());
    assertEquals(OTHER_MAC, destinationAtH2());
  }

  @Test
  void hostThatIsForgotten_takesNoPlace() {
    int before = lab.dataPlane.adjacencies().size();
    passOneTo(Lab.H2);
    // The route's next hop is the same neighbour.
    assertEquals(before, lab.dataPlane.adjacencies().size());
    lab.rib.setStaticRoutes(List.of());
    lab.rib.recompute();
    assertEquals(before, lab.dataPlane.adjacencies().size());
    lab.dataPlane.neighbours().remove(2, 0, IpAddress.mapped(Lab.H2));
    assertEquals(before - 1, lab.dataPlane.adjacencies().size());
    sendTo(Lab.H2);
    assertEquals(1, leftByGraph());
  }

  @Test
  void host_isLeftOnceItIsStale() {
    lab.rib.setStaticRoutes(List.of());
    lab.rib.recompute();
    passOneTo(Lab.H2);
    learn(Lab.H2_MAC); // it was asked, and answers
    lab.nowNs += NeighbourTable.REACHABLE_NS;
    lab.dataPlane.onDeadline(lab.nowNs);
    sendTo(Lab.H2);
    assertEquals(1, leftByGraph());
  }

  private void passOneTo(int address) {
    sendTo(address);
    lab.run();
    lab.take(lab.h2);
    lab.release();
  }

  private void sendTo(int address) {
    lab.sendUdp(lab.h1, Lab.H1_MAC, Lab.R1_MAC, Lab.H1, address, 9, 64, 100);
  }

  private void sendIpv6() {
    byte[] datagram = {15, -96, 0, 9, 0, 8, 0, 0};
    int udp = Ipv6Header.UDP;
    ipv6.transmit(lab.h1, ipv6.frame(Lab.H1_MAC, Ipv6Lab.H1, Ipv6Lab.H2, 64, udp, datagram));
  }

  private void learn(long mac) {
    lab.dataPlane.neighbours().learn(2, 0, IpAddress.mapped(Lab.H2), mac, true, true, lab.nowNs);
  }

  private int leftByGraph() {
    graph.turn();
    lab.routerPort1.receive(frames, lab.pool, 1);
    graph.run(frames, 1, left);
    graph.rest();
    int count = left.size();
    lab.pool.freeAll(left);
    return count;
  }

  private long destinationAtH2() {
    lab.dataPlane.run(lab.nowNs); // what is to go out goes
    PacketVector at = lab.take(lab.h2);
    assertEquals(1, at.size());
    long destination = EthernetHeader.destination(lab.memory, at.offset(0));
    lab.release();
    return destination;
  }
}
