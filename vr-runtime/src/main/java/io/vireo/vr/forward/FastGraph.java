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
  private final FastTarget target;
  private final EthernetFastPath ethernet;
  private final VlanFastPath vlans;
  private final Ipv4FastPath ipv4;
  private final Ipv6FastPath ipv6;
  private final FrameOutput frames;
  private final NodeStatistics statistics = new NodeStatistics();
  private final PacketVector receivedIpv6 = new PacketVector();
  private final PacketVector aside = new PacketVector();
  private final PacketVector tagged = new PacketVector();
  private final PacketVector same = new PacketVector();
  private final int[] others = new int[PacketVector.CAPACITY];

  /// @param pool where this thread's frames are
  /// @param target takes the frames that go out
  public FastGraph(DataPlane plane, PacketPool pool, FastTarget target) {
    this.interfaces = plane.interfaces();
    this.adjacencies = plane.adjacencies();
    this.reader = plane.epochs().open();
    this.target = target;
    this.ethernet = new EthernetFastPath(pool.memory());
    this.vlans = new VlanFastPath(pool.memory());
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
  public void run(PacketVector received, int interfaceIndex, PacketVector left) {
    RouterInterface from = interfaces.lookup(interfaceIndex);
    InterfaceCounters counters = target.counters(interfaceIndex);
    if (from == null || counters == null || !from.operUp()) {
      leaveAll(received, 0, left);
      return;
    }
    statistics.begin();
    int count = received.size();
    ethernet.keep(received, EthernetHeader.TYPE_IPV4, from.mac(), receivedIpv6);
    ethernet.keep(receivedIpv6, EthernetHeader.TYPE_IPV6, from.mac(), left);
    statistics.done(GraphNode.ETHERNET_INPUT, count);
    run(received, receivedIpv6, from, left, EthernetHeader.BYTES, counters);
    if (!left.isEmpty() && !from.subInterfaces().isEmpty()) {
      runTagged(from, left, counters);
    }
  }

  private void run(
      PacketVector v4,
      PacketVector v6,
      RouterInterface from,
      PacketVector left,
      int headerBytes,
      InterfaceCounters counters) {
    if (!v4.isEmpty()) {
      runIpv4(v4, from, left, headerBytes, counters);
    }
    if (!v6.isEmpty()) {
      runIpv6(v6, from, left, headerBytes, counters);
    }
  }

  /// What of the frames that are left is a sub-interface's.
  private void runTagged(RouterInterface port, PacketVector left, InterfaceCounters counters) {
    vlans.take(left, port.mac(), tagged);
    while (!tagged.isEmpty()) {
      long key = vlans.key(tagged);
      vlans.takeSame(tagged, key, same);
      RouterInterface of = port.subInterfaces().lookup(key);
      VlanTags tags = of == null ? null : of.tags();
      InterfaceCounters own = of == null ? null : target.counters(of.index());
      if (of == null || tags == null || own == null || !of.operUp()) {
        leaveAll(same, 0, left);
        continue;
      }
      int headerBytes = EthernetHeader.BYTES + tags.bytes();
      int count = same.size();
      vlans.keep(same, EthernetHeader.TYPE_IPV4, headerBytes, receivedIpv6);
      vlans.keep(receivedIpv6, EthernetHeader.TYPE_IPV6, headerBytes, left);
      statistics.done(GraphNode.ETHERNET_INPUT, count);
      long octets = own.inOctets;
      long packets = own.inUnicastPkts;
      run(same, receivedIpv6, of, left, headerBytes, own);
      // The port's frames have the tags too.
      packets = own.inUnicastPkts - packets;
      counters.inUnicastPkts += packets;
      counters.inOctets += own.inOctets - octets + packets * tags.bytes();
    }
  }

  private void runIpv4(
      PacketVector vector,
      RouterInterface from,
      PacketVector left,
      int headerBytes,
      InterfaceCounters counters) {
    if (!from.forwarding()) {
      leaveAll(vector, headerBytes, left);
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
    long octets = octets(vector, headerBytes);
    int hairpin = from.redirects() ? from.index() : NO_HAIRPIN;
    int odd = ipv4.rewrite(vector, hairpin, frames, others);
    finish(vector, odd, octets, left, headerBytes, counters);
    statistics.done(GraphNode.IPV4_REWRITE, count);
  }

  private void runIpv6(
      PacketVector vector,
      RouterInterface from,
      PacketVector left,
      int headerBytes,
      InterfaceCounters counters) {
    Ipv6Interface on = from.ipv6();
    if (!on.forwarding()) {
      leaveAll(vector, headerBytes, left);
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
    long octets = octets(vector, headerBytes);
    int hairpin = on.settings().redirects() ? from.index() : NO_HAIRPIN;
    int odd = ipv6.rewrite(vector, hairpin, frames, others);
    finish(vector, odd, octets, left, headerBytes, counters);
    statistics.done(GraphNode.IPV6_REWRITE, count);
  }

  // Of interfaces that are not this thread's.
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
      PacketVector vector,
      int odd,
      long octets,
      PacketVector left,
      int headerBytes,
      InterfaceCounters counters) {
    long forwarded = octets;
    for (int k = 0; k < odd; k++) {
      aside.append(vector, others[k]);
      forwarded -= frameBytes(vector.length(others[k]), headerBytes);
    }
    counters.inOctets += forwarded;
    counters.inUnicastPkts += vector.size() - odd;
    vector.clear();
    frames.send();
    leaveAll(aside, headerBytes, left);
  }

  private static long octets(PacketVector vector, int headerBytes) {
    long octets = 0;
    for (int i = 0; i < vector.size(); i++) {
      octets += frameBytes(vector.length(i), headerBytes);
    }
    return octets;
  }

  /// Of the frame that a packet came in, without tags: its padding is off.
  private static int frameBytes(int packetBytes, int headerBytes) {
    int frame = Math.max(EthernetHeader.MIN_FRAME_BYTES, packetBytes + headerBytes);
    return frame - headerBytes + EthernetHeader.BYTES;
  }

  private static void leaveAll(PacketVector vector, int header, PacketVector left) {
    for (int i = 0; i < vector.size(); i++) {
      vector.advance(i, -header);
      left.append(vector, i);
    }
    vector.clear();
  }
}
