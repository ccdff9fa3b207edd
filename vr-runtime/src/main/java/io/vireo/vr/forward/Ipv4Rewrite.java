package io.vireo.vr.forward;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.vr.fib.AdjacencyTable;
import io.vireo.vr.neighbour.NeighbourTable;
import io.vireo.vr.wire.EthernetHeader;
import io.vireo.vr.wire.IcmpMessage;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv4Header;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Sends packets to their next hop: TTL, size, neighbour, Ethernet header.
///
/// Drops: IPV4_TTL_EXPIRED, INTERFACE_DOWN, IPV4_FRAGMENTATION_NEEDED, NO_BUFFER. Next: the
/// interface's output, [NeighbourOutput], [IcmpError].
final class Ipv4Rewrite {
  private final int[] others = new int[PacketVector.CAPACITY];
  private final Ipv4FastPath fast;
  private final FrameOutput frames;
  private final MemorySegment memory;
  private final Drops drops;
  private final InterfaceTable interfaces;
  private final AdjacencyTable adjacencies;
  private final NeighbourTable neighbours;
  private final NeighbourOutput output;
  private final Ipv4Fragmenter fragmenter;
  private final IcmpError icmpError;
  private final Redirects redirects;

  Ipv4Rewrite(
      PacketPool pool,
      Drops drops,
      Ipv4FastPath fast,
      InterfaceTable interfaces,
      AdjacencyTable adjacencies,
      NeighbourTable neighbours,
      NeighbourOutput output,
      IcmpError icmpError,
      Redirects redirects) {
    this.redirects = redirects;
    this.fast = fast;
    this.memory = pool.memory();
    this.drops = drops;
    this.interfaces = interfaces;
    this.frames = new FrameOutput(new InterfaceTarget(interfaces, pool, drops));
    this.adjacencies = adjacencies;
    this.neighbours = neighbours;
    this.output = output;
    this.fragmenter = new Ipv4Fragmenter(pool, this);
    this.icmpError = icmpError;
  }

  /// @param hairpin the interface whose packets are redirected if they leave by it; below 0: none
  void run(PacketVector vector, int hairpin, long nowNs) {
    int odd = fast.rewrite(vector, hairpin, frames, others);
    for (int k = 0; k < odd; k++) {
      int i = others[k];
      int index = adjacencies.interfaceIndex(vector.adjacency(i));
      if (index == hairpin) {
        redirect(vector, i, interfaces.lookup(index), nowNs);
      }
      send(vector, i, interfaces.lookup(index), nowNs);
    }
    vector.clear();
    frames.send();
  }

  private void redirect(PacketVector vector, int i, @Nullable RouterInterface on, long nowNs) {
    long packet = vector.offset(i);
    // One packet has one answer at most: that it is too long comes first.
    boolean passes =
        on != null
            && Ipv4Header.ttl(memory, packet) > 1
            && vector.length(i) <= on.mtuBytes()
            && on.operUp();
    if (on != null && passes) {
      IpAddress next = adjacencies.get(vector.adjacency(i)).nextHop();
      int hop = next == null ? Ipv4Header.destination(memory, packet) : next.ipv4();
      redirects.ipv4(on, packet, vector.length(i), hop, nowNs);
    }
  }

  // Everything that is not the rule.
  private void send(PacketVector vector, int i, @Nullable RouterInterface out, long nowNs) {
    long packet = vector.offset(i);
    boolean forwarded = (vector.flags(i) & PacketVector.FLAG_LOCAL_ORIGIN) == 0;
    if (forwarded && Ipv4Header.ttl(memory, packet) <= 1) {
      // RFC 1812 §5.3.1: checked before it is decremented, answered with code 0
      icmpError.add(vector, i, IcmpMessage.TIME_EXCEEDED, 0, 0, DropReason.IPV4_TTL_EXPIRED);
    } else if (out == null || !out.operUp()) {
      icmpError.add(
          vector,
          i,
          IcmpMessage.DESTINATION_UNREACHABLE,
          IcmpMessage.CODE_HOST_UNREACHABLE,
          0,
          DropReason.INTERFACE_DOWN);
    } else if (vector.length(i) > out.mtuBytes()) {
      tooBig(vector, i, packet, out, forwarded, nowNs);
    } else {
      if (forwarded) {
        Ipv4Header.decrementTtl(memory, packet);
      }
      int origin = vector.interfaceIndex(i);
      emit(out, packet, vector.length(i), vector.adjacency(i), origin, nowNs);
    }
  }

  private void tooBig(
      PacketVector vector, int i, long packet, RouterInterface out, boolean forwarded, long nowNs) {
    if ((Ipv4Header.fragment(memory, packet) & Ipv4Header.DONT_FRAGMENT) != 0) {
      icmpError.add(
          vector,
          i,
          IcmpMessage.DESTINATION_UNREACHABLE,
          IcmpMessage.CODE_FRAGMENTATION_NEEDED,
          out.mtuBytes(),
          DropReason.IPV4_FRAGMENTATION_NEEDED);
      return;
    }
    if (forwarded) {
      Ipv4Header.decrementTtl(memory, packet);
    }
    int adjacency = vector.adjacency(i);
    int origin = vector.interfaceIndex(i);
    if (!fragmenter.send(out, packet, vector.length(i), adjacency, origin, nowNs)) {
      drops.drop(DropReason.NO_BUFFER, packet);
    }
  }

  /// Sends one packet that fits, or queues it until its neighbour is known.
  void emit(RouterInterface out, long packet, int length, int adjacency, int origin, long nowNs) {
    IpAddress next = adjacencies.get(adjacency).nextHop();
    int address = next != null ? next.ipv4() : Ipv4Header.destination(memory, packet);
    long nextHop = IpAddress.mapped(address);
    long mac = neighbours.use(out.index(), 0, nextHop, nowNs);
    if (mac != NeighbourTable.UNKNOWN_MAC) {
      // Used now, so it is not stale: until it is, packets need not ask.
      int known =
          next != null
              ? adjacency
              : adjacencies.acquireHost(out.index(), IpAddress.ofIpv4(address));
      adjacencies.resolve(known, mac, out.mac(), EthernetHeader.TYPE_IPV4, out.mtuBytes());
    }
    output.send(out, 0, nextHop, mac, packet, length, origin, nowNs);
  }
}
