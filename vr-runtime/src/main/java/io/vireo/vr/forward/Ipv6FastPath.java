package io.vireo.vr.forward;

import io.vireo.drivers.PacketVector;
import io.vireo.vr.fib.AdjacencyTable;
import io.vireo.vr.fib.Ipv6Fib;
import io.vireo.vr.fib.NextHopGroups;
import io.vireo.vr.wire.EthernetHeader;
import io.vireo.vr.wire.Ipv6Address;
import io.vireo.vr.wire.Ipv6Header;
import io.vireo.vr.wire.NetworkOrder;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/// What becomes of most IPv6 packets, in the first loops of [Ipv6Input], [Ipv6Lookup] and
/// [Ipv6Rewrite]; see [Ipv4FastPath].
final class Ipv6FastPath {
  private static final int PORTS_BYTES = 4;

  private final MemorySegment memory;
  private final Ipv6Fib fib;
  private final NextHopGroups groups;
  private final AdjacencyTable adjacencies;
  private final long[] high = new long[PacketVector.CAPACITY];
  private final long[] low = new long[PacketVector.CAPACITY];
  private final int[] found = new int[PacketVector.CAPACITY];
  private final int[] others = new int[PacketVector.CAPACITY];

  Ipv6FastPath(
      MemorySegment memory, Ipv6Fib fib, NextHopGroups groups, AdjacencyTable adjacencies) {
    this.memory = memory;
    this.fib = fib;
    this.groups = groups;
    this.adjacencies = adjacencies;
  }

  /// Most packets are sound and between two nodes of no special scope, and stay in the vector; the
  /// others go to `rest`.
  ///
  /// @param running whether the interface that they came in by has IPv6
  void check(PacketVector vector, boolean running, PacketVector rest) {
    int count = vector.size();
    int odd = 0;
    for (int i = 0; i < count; i++) {
      long packet = vector.offset(i);
      int length = vector.length(i);
      if (running
          && length >= Ipv6Header.BYTES
          && (vector.flags(i) & PacketVector.FLAG_LINK_BROADCAST) == 0) {
        long first = Ipv6Header.firstWords(memory, packet);
        int total = Ipv6Header.totalLength(first);
        if (Ipv6Header.version(first) == 6
            && total <= length
            && Ipv6Address.isPlainUnicast(Ipv6Header.sourceHigh(memory, packet))
            && Ipv6Address.isPlainUnicast(Ipv6Header.destinationHigh(memory, packet))) {
          vector.setLength(i, total);
          continue;
        }
      }
      others[odd++] = i;
    }
    vector.extract(others, odd, rest);
  }

  void checkSources(PacketVector vector, SourceCheck check, int interfaceIndex, PacketVector rest) {
    for (int i = 0; i < vector.size(); i++) {
      long packet = vector.offset(i);
      found[i] =
          fib.lookup(Ipv6Header.sourceHigh(memory, packet), Ipv6Header.sourceLow(memory, packet));
    }
    VarHandle.acquireFence(); // as in choose
    int odd = 0;
    for (int i = 0; i < vector.size(); i++) {
      // Those of the link, and :: that is being made one, are behind no route.
      boolean passes =
          !Ipv6Address.isPlainUnicast(Ipv6Header.sourceHigh(memory, vector.offset(i)))
              || check.passes(groups, found[i], interfaceIndex);
      if (!passes) {
        others[odd++] = i;
      }
    }
    vector.extract(others, odd, rest);
  }

  /// Finds each packet's adjacency, of the whole vector at once: what is not forwarded goes to
  /// `rest`, with it.
  void choose(PacketVector vector, PacketVector rest) {
    int count = vector.size();
    for (int i = 0; i < count; i++) {
      long packet = vector.offset(i);
      high[i] = Ipv6Header.destinationHigh(memory, packet);
      low[i] = Ipv6Header.destinationLow(memory, packet);
    }
    fib.lookup(high, low, found, others, count);
    VarHandle.acquireFence(); // on another thread: what the groups name is there before they are
    keepForwarded(vector, count, rest);
  }

  private void keepForwarded(PacketVector vector, int count, PacketVector rest) {
    int odd = 0;
    for (int i = 0; i < count; i++) {
      int group = found[i];
      int adjacency = groups.single(group);
      if (adjacency == NextHopGroups.SEVERAL) {
        adjacency = groups.select(group, flowHash(vector.offset(i), vector.length(i)));
      }
      vector.setAdjacency(i, adjacency);
      if (adjacency < AdjacencyTable.FIRST_HOP
          || !Ipv6Address.isPlainUnicast(high[i])
          || Ipv6Address.isLinkLocal(Ipv6Header.sourceHigh(memory, vector.offset(i)))
          || (vector.flags(i) & PacketVector.FLAG_NO_FORWARDING) != 0) {
        others[odd++] = i;
      }
    }
    vector.extract(others, odd, rest);
  }

  /// Most packets become frames: those whose next hop, or whose destination on a link, is known.
  ///
  /// @param hairpin the interface whose packets do not, if they leave by it; below 0: none
  /// @param odd where the places of those go that do not; they are as they were
  /// @return how many these are
  int rewrite(PacketVector vector, int hairpin, FrameOutput frames, int[] odd) {
    int count = vector.size();
    int left = 0;
    for (int i = 0; i < count; i++) {
      if (!frame(vector, i, vector.adjacency(i), hairpin, frames)) {
        odd[left++] = i;
      }
    }
    return left == 0 ? 0 : rewriteHosts(vector, hairpin, frames, odd, left);
  }

  /// Of the packets in `odd`, those for hosts on a link.
  private int rewriteHosts(
      PacketVector vector, int hairpin, FrameOutput frames, int[] odd, int count) {
    for (int k = 0; k < count; k++) {
      int adjacency = vector.adjacency(odd[k]);
      if (adjacencies.isConnected(adjacency)) {
        long packet = vector.offset(odd[k]);
        int out = adjacencies.interfaceIndex(adjacency);
        adjacency =
            adjacencies.host(
                out,
                Ipv6Header.destinationHigh(memory, packet),
                Ipv6Header.destinationLow(memory, packet));
      }
      found[k] = adjacency;
    }
    VarHandle.acquireFence(); // on another thread: as in choose
    int left = 0;
    for (int k = 0; k < count; k++) {
      int i = odd[k];
      if (found[k] == vector.adjacency(i) || !frame(vector, i, found[k], hairpin, frames)) {
        odd[left++] = i;
      }
    }
    return left;
  }

  private boolean frame(
      PacketVector vector, int i, int adjacency, int hairpin, FrameOutput frames) {
    long packet = vector.offset(i);
    int length = vector.length(i);
    int hops = Ipv6Header.hopLimit(memory, packet);
    long exit = adjacencies.exit(adjacency);
    if (length > exit >>> Integer.SIZE
        || hops <= 1
        || (int) exit == hairpin
        || (vector.flags(i) & PacketVector.FLAG_LOCAL_ORIGIN) != 0) {
      return false;
    }
    Ipv6Header.setHopLimit(memory, packet, hops - 1);
    NetworkOrder.put64(memory, packet - EthernetHeader.BYTES, adjacencies.headerFirst(adjacency));
    NetworkOrder.put64(memory, packet - Long.BYTES, adjacencies.headerSecond(adjacency));
    frames.add((int) exit, packet - EthernetHeader.BYTES, length + EthernetHeader.BYTES);
    return true;
  }

  /// A hash of what names the packet's flow: addresses and flow label (RFC 6437 §3, RFC 6438 §3),
  /// or, where the sender has set none, the ports of TCP and UDP that follow the header.
  private int flowHash(long packet, int length) {
    long hash =
        (Ipv6Header.sourceHigh(memory, packet) * 0x9e3779b97f4a7c15L
                ^ Ipv6Header.sourceLow(memory, packet))
            * 0xc2b2ae3d27d4eb4fL;
    hash =
        ((hash ^ hash >>> 32 ^ Ipv6Header.destinationHigh(memory, packet)) * 0x9e3779b97f4a7c15L
                ^ Ipv6Header.destinationLow(memory, packet))
            * 0xc2b2ae3d27d4eb4fL;
    int label = Ipv6Header.flowLabel(memory, packet);
    int protocol = Ipv6Header.nextHeader(memory, packet);
    boolean hasPorts =
        (protocol == Ipv6Header.TCP || protocol == Ipv6Header.UDP)
            && length >= Ipv6Header.BYTES + PORTS_BYTES;
    int flow = label != 0 ? label : hasPorts ? ports(packet) : 0;
    hash = (hash ^ hash >>> 29 ^ flow) * 0x9fb21c651e98df25L;
    return (int) (hash >>> 32);
  }

  private int ports(long packet) {
    return memory.get(ValueLayout.JAVA_INT_UNALIGNED, packet + Ipv6Header.BYTES);
  }
}
