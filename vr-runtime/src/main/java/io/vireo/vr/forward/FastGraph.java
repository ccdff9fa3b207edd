package io.vireo.vr.forward;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.vr.fib.AdjacencyTable;
import io.vireo.vr.fib.Epochs;
import io.vireo.vr.wire.EthernetHeader;

/// The fast paths alone, for a thread beside the data plane's own: what is forwarded without a
/// question goes out, every other frame is left, as it came, for the data plane.
///
/// It reads the data plane's tables and settings, and writes nothing of them. A change that the
/// data plane makes meanwhile counts from some packet on.
public final class FastGraph {
  private static final int NO_HAIRPIN = -1;

  private final InterfaceTable interfaces;
  private final AdjacencyTable adjacencies;
  private final Epochs.Reader reader;
  private final FrameTarget target;
  private final EthernetFastPath ethernet;
  private final Ipv4FastPath ipv4;
  private final Ipv6FastPath ipv6;
  private final FrameOutput frames;
  private final NodeStatistics statistics = new NodeStatistics();
  private final PacketVector receivedIpv6 = new PacketVector();
  private final PacketVector aside = new PacketVector();
  private final int[] others = new int[PacketVector.CAPACITY];

  /// @param pool where this thread's frames are
  /// @param target takes the frames that go out
  public FastGraph(DataPlane plane, PacketPool pool, FrameTarget target) {
    this.interfaces = plane.interfaces();
    this.adjacencies = plane.adjacencies();
    this.reader = plane.epochs().open();
    this.target = target;
    this.ethernet = new EthernetFastPath(pool.memory());
    this.ipv4 = new Ipv4FastPath(pool.memory(), plane.fib(), plane.groups(), plane.adjacencies());
    this.ipv6 =
        new Ipv6FastPath(pool.memory(), plane.ipv6Fib(), plane.groups(), plane.adjacencies());
    this.frames = new FrameOutput(target);
  }

  /// A turn begins.
  public void turn() {
    reader.turn();
    statistics.turn();
  }

  /// Until the next turn nothing is looked up.
  public void rest() {
    reader.rest();
  }

  /// Nothing is looked up any more.
  public void close() {
    reader.close();
  }

  public NodeStatistics statistics() {
    return statistics;
  }

  /// Takes the frames of one interface.
  ///
  /// @param received empty afterwards
  /// @param left takes the frames that are the data plane's
  /// @param counters of this thread for the interface
  public void run(
      PacketVector received, int interfaceIndex, PacketVector left, InterfaceCounters counters) {
    RouterInterface from = interfaces.lookup(interfaceIndex);
    if (from == null || !from.operUp()) {
      leaveAll(received, 0, left);
      return;
    }
    statistics.begin();
    int count = received.size();
    ethernet.keep(received, EthernetHeader.TYPE_IPV4, from.mac(), receivedIpv6);
    ethernet.keep(receivedIpv6, EthernetHeader.TYPE_IPV6, from.mac(), left);
    statistics.done(GraphNode.ETHERNET_INPUT, count);
    if (!received.isEmpty()) {
      runIpv4(received, from, left, counters);
    }
    if (!receivedIpv6.isEmpty()) {
      runIpv6(receivedIpv6, from, left, counters);
    }
  }

  private void runIpv4(
      PacketVector vector, RouterInterface from, PacketVector left, InterfaceCounters counters) {
    if (!from.forwarding()) {
      leaveAll(vector, EthernetHeader.BYTES, left);
      return;
    }
    int count = vector.size();
    ipv4.check(vector, from.onlyAddress(), aside);
    if (from.sourceCheck() != SourceCheck.NONE) {
      ipv4.checkSources(vector, from.sourceCheck(), from.index(), aside);
    }
    statistics.done(GraphNode.IPV4_INPUT, count);
    count = vector.size();
    ipv4.choose(vector, aside);
    leaveUnreachable(vector);
    statistics.done(GraphNode.IPV4_LOOKUP, count);
    count = vector.size();
    long octets = octets(vector);
    int hairpin = from.redirects() ? from.index() : NO_HAIRPIN;
    int odd = ipv4.rewrite(vector, hairpin, frames, others);
    finish(vector, odd, octets, left, counters);
    statistics.done(GraphNode.IPV4_REWRITE, count);
  }

  private void runIpv6(
      PacketVector vector, RouterInterface from, PacketVector left, InterfaceCounters counters) {
    Ipv6Interface on = from.ipv6();
    if (!on.forwarding()) {
      leaveAll(vector, EthernetHeader.BYTES, left);
      return;
    }
    int count = vector.size();
    ipv6.check(vector, on.isRunning(), aside);
    SourceCheck sources = on.settings().sourceCheck();
    if (sources != SourceCheck.NONE) {
      ipv6.checkSources(vector, sources, from.index(), aside);
    }
    statistics.done(GraphNode.IPV6_INPUT, count);
    count = vector.size();
    ipv6.choose(vector, aside);
    leaveUnreachable(vector);
    statistics.done(GraphNode.IPV6_LOOKUP, count);
    count = vector.size();
    long octets = octets(vector);
    int hairpin = on.settings().redirects() ? from.index() : NO_HAIRPIN;
    int odd = ipv6.rewrite(vector, hairpin, frames, others);
    finish(vector, odd, octets, left, counters);
    statistics.done(GraphNode.IPV6_REWRITE, count);
  }

  // Sub-interfaces are the data plane's.
  private void leaveUnreachable(PacketVector vector) {
    int odd = 0;
    for (int i = 0; i < vector.size(); i++) {
      if (!target.reaches(adjacencies.interfaceIndex(vector.adjacency(i)))) {
        others[odd++] = i;
      }
    }
    vector.extract(others, odd, aside);
  }

  private void finish(
      PacketVector vector, int odd, long octets, PacketVector left, InterfaceCounters counters) {
    long forwarded = octets;
    for (int k = 0; k < odd; k++) {
      aside.append(vector, others[k]);
      forwarded -= frameBytes(vector.length(others[k]));
    }
    counters.inOctets += forwarded;
    counters.inUnicastPkts += vector.size() - odd;
    vector.clear();
    frames.send();
    leaveAll(aside, EthernetHeader.BYTES, left);
  }

  private static long octets(PacketVector vector) {
    long octets = 0;
    for (int i = 0; i < vector.size(); i++) {
      octets += frameBytes(vector.length(i));
    }
    return octets;
  }

  /// Of the frame that a packet came in: its padding is off.
  private static int frameBytes(int packetBytes) {
    return Math.max(EthernetHeader.MIN_FRAME_BYTES, packetBytes + EthernetHeader.BYTES);
  }

  private static void leaveAll(PacketVector vector, int header, PacketVector left) {
    for (int i = 0; i < vector.size(); i++) {
      vector.advance(i, -header);
      left.append(vector, i);
    }
    vector.clear();
  }
}
