package io.vireo.vr.forward;

import io.vireo.drivers.PacketVector;
import io.vireo.vr.fib.AdjacencyTable;
import io.vireo.vr.fib.Ipv4Fib;
import io.vireo.vr.fib.NextHopGroups;
import io.vireo.vr.wire.EthernetHeader;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Ipv4Header;
import io.vireo.vr.wire.NetworkOrder;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/// What becomes of most IPv4 packets, in the first loops of [Ipv4Input], [Ipv4Lookup] and
/// [Ipv4Rewrite]: checked, looked up and framed, without a change until it is sure that nothing is
/// odd about them. In these loops nothing is called but what the compiler takes in: that is what
/// makes them fast.
///
/// The tables are read only, which any thread may; each has an instance of its own.
final class Ipv4FastPath {
  /// Of the word with the TTL: set where it is 2 or more.
  private static final int MAY_PASS = 0xfe00_0000;

  private static final int FRAGMENT = Ipv4Header.MORE_FRAGMENTS | Ipv4Header.FRAGMENT_OFFSET_MASK;
  private static final int PORTS_BYTES = 4;

  private final MemorySegment memory;
  private final Ipv4Fib fib;
  private final NextHopGroups groups;
  private final AdjacencyTable adjacencies;
  private final int[] found = new int[PacketVector.CAPACITY];
  private final int[] others = new int[PacketVector.CAPACITY];

  Ipv4FastPath(
      MemorySegment memory, Ipv4Fib fib, NextHopGroups groups, AdjacencyTable adjacencies) {
    this.memory = memory;
    this.fib = fib;
    this.groups = groups;
    this.adjacencies = adjacencies;
  }

  /// Most packets are sound, have no options and one destination, and stay in the vector with that
  /// noted; the others go to `rest`.
  ///
  /// @param own the only address of the interface that they came in by; 0: there is not one
  void check(PacketVector vector, int own, PacketVector rest) {
    int count = vector.size();
    int odd = 0;
    for (int i = 0; i < count; i++) {
      long packet = vector.offset(i);
      int length = vector.length(i);
      if (length >= Ipv4Header.MIN_BYTES
          && own != 0
          && (vector.flags(i) & PacketVector.FLAG_LINK_BROADCAST) == 0) {
        long first = Ipv4Header.firstWords(memory, packet);
        long second = Ipv4Header.secondWords(memory, packet);
        int source = (int) second;
        int destination = Ipv4Header.destination(memory, packet);
        if (Ipv4Header.isPlain(first, second, destination, length)
            && !Ipv4Address.isMartianSource(source)
            && !Ipv4Address.isMartianDestination(destination)
            && source != own) {
          vector.setLength(i, Ipv4Header.totalLength(first));
          vector.setAddress(i, destination);
          continue;
        }
      }
      others[odd++] = i;
    }
    vector.extract(others, odd, rest);
  }

  void checkSources(PacketVector vector, SourceCheck check, int interfaceIndex, PacketVector rest) {
    for (int i = 0; i < vector.size(); i++) {
      found[i] = fib.lookup(Ipv4Header.source(memory, vector.offset(i)));
    }
    VarHandle.acquireFence(); // as in choose
    int odd = 0;
    for (int i = 0; i < vector.size(); i++) {
      // 0.0.0.0 asks for its address.
      boolean passes =
          Ipv4Header.source(memory, vector.offset(i)) == Ipv4Address.ANY
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
    fib.lookup(vector.addresses(), found, others, count);
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
          || Ipv4Address.isGroupOrReserved(vector.address(i))
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
            adjacencies.host(out, 0, IpAddress.mapped(Ipv4Header.destination(memory, packet)));
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
    int word = Ipv4Header.ttlWord(memory, packet);
    long exit = adjacencies.exit(adjacency);
    if (length > exit >>> Integer.SIZE
        || (word & MAY_PASS) == 0
        || (int) exit == hairpin
        || (vector.flags(i) & PacketVector.FLAG_LOCAL_ORIGIN) != 0) {
      return false;
    }
    Ipv4Header.setTtlWord(memory, packet, Ipv4Header.decremented(word));
    NetworkOrder.put64(memory, packet - EthernetHeader.BYTES, adjacencies.headerFirst(adjacency));
    NetworkOrder.put64(memory, packet - Long.BYTES, adjacencies.headerSecond(adjacency));
    frames.add((int) exit, packet - EthernetHeader.BYTES, length + EthernetHeader.BYTES);
    return true;
  }

  /// A hash of what names the packet's flow, so that a flow stays on one path and in order (RFC
  /// 2991 §2, RFC 2992 §2): addresses, protocol and, for whole TCP and UDP packets, both ports.
  /// Only the first fragment has ports: for fragments the addresses alone count, lest a packet's
  /// fragments part.
  private int flowHash(long packet, int length) {
    int hash = Ipv4Header.source(memory, packet) * 0x9e3779b1;
    hash = (hash ^ hash >>> 15 ^ Ipv4Header.destination(memory, packet)) * 0x85ebca6b;
    if ((Ipv4Header.fragment(memory, packet) & FRAGMENT) == 0) {
      int protocol = Ipv4Header.protocol(memory, packet);
      int headerBytes = Ipv4Header.headerBytes(memory, packet);
      boolean hasPorts = protocol == Ipv4Header.PROTOCOL_TCP || protocol == Ipv4Header.PROTOCOL_UDP;
      int ports = hasPorts && length >= headerBytes + PORTS_BYTES ? ports(packet, headerBytes) : 0;
      hash = (hash ^ hash >>> 13 ^ ports) * 0xc2b2ae35 + protocol;
    }
    hash = (hash ^ hash >>> 16) * 0x7feb352d;
    return hash ^ hash >>> 15;
  }

  /// TCP (RFC 9293 §3.1) and UDP (RFC 768) begin with the source and the destination port.
  private int ports(long packet, int headerBytes) {
    return memory.get(ValueLayout.JAVA_INT_UNALIGNED, packet + headerBytes);
  }
}
