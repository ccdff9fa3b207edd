package io.vireo.vr.forward;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.vr.fib.AdjacencyTable;
import io.vireo.vr.neighbour.NeighbourTable;
import io.vireo.vr.wire.EthernetHeader;
import io.vireo.vr.wire.Icmpv6Message;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv6Address;
import io.vireo.vr.wire.Ipv6Header;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Sends packets to their next hop: hop limit, size, neighbour, Ethernet header.
///
/// Routers do not fragment (RFC 8200 §5) but what begins with them.
///
/// Drops: IPV6_HOP_LIMIT_EXCEEDED, INTERFACE_DOWN, IPV6_PACKET_TOO_BIG, NO_BUFFER. Next: the
/// interface's output, [NeighbourOutput], [Icmpv6Error].
final class Ipv6Rewrite {
  /// In the place of an adjacency.
  private static final int ON_LINK = -1;

  private final int[] others = new int[PacketVector.CAPACITY];
  private final Ipv6FastPath fast;
  private final MemorySegment memory;
  private final Drops drops;
  private final InterfaceTable interfaces;
  private final AdjacencyTable adjacencies;
  private final NeighbourTable neighbours;
  private final NeighbourOutput output;
  private final Icmpv6Error icmpError;
  private final Redirects redirects;
  private final FrameOutput frames;
  private final Ipv6Fragmenter fragmenter;

  Ipv6Rewrite(
      PacketPool pool,
      Drops drops,
      Ipv6FastPath fast,
      InterfaceTable interfaces,
      AdjacencyTable adjacencies,
      NeighbourTable neighbours,
      NeighbourOutput output,
      Icmpv6Error icmpError,
      Redirects redirects) {
    this.redirects = redirects;
    this.fast = fast;
    this.memory = pool.memory();
    this.drops = drops;
    this.interfaces = interfaces;
    this.adjacencies = adjacencies;
    this.neighbours = neighbours;
    this.output = output;
    this.icmpError = icmpError;
    this.frames = new FrameOutput(new InterfaceTarget(interfaces, pool, drops));
    this.fragmenter = new Ipv6Fragmenter(pool, this);
  }

  /// @param hairpin the interface whose packets are redirected if they leave by it; below 0: none
  void run(PacketVector vector, int hairpin, long nowNs) {
    int odd = fast.rewrite(vector, hairpin, frames, others);
    for (int k = 0; k < odd; k++) {
      if (adjacencies.interfaceIndex(vector.adjacency(others[k])) == hairpin) {
        redirect(vector, others[k], interfaces.lookup(hairpin), nowNs);
      }
      one(vector, others[k], nowNs);
    }
    vector.clear();
    frames.send();
  }

  private void redirect(PacketVector vector, int i, @Nullable RouterInterface on, long nowNs) {
    long packet = vector.offset(i);
    if (on != null && Ipv6Header.hopLimit(memory, packet) > 1) {
      IpAddress next = adjacencies.get(vector.adjacency(i)).nextHop();
      long high = next == null ? Ipv6Header.destinationHigh(memory, packet) : next.high();
      long low = next == null ? Ipv6Header.destinationLow(memory, packet) : next.low();
      redirects.ipv6(on, packet, vector.length(i), high, low, nowNs);
    }
  }

  /// Everything that is not the rule.
  void one(PacketVector vector, int i, long nowNs) {
    long packet = vector.offset(i);
    int length = vector.length(i);
    int adjacency = vector.adjacency(i);
    RouterInterface out = interfaces.lookup(adjacencies.interfaceIndex(adjacency));
    boolean forwarded = (vector.flags(i) & PacketVector.FLAG_LOCAL_ORIGIN) == 0;
    int hops = Ipv6Header.hopLimit(memory, packet);
    if (forwarded && hops <= 1) {
      icmpError.add(
          vector, i, Icmpv6Message.TIME_EXCEEDED, 0, 0, DropReason.IPV6_HOP_LIMIT_EXCEEDED);
    } else if (out == null || !out.ipv6().isRunning() || !out.operUp()) {
      int code = Icmpv6Message.CODE_ADDRESS_UNREACHABLE;
      icmpError.add(
          vector, i, Icmpv6Message.DESTINATION_UNREACHABLE, code, 0, DropReason.INTERFACE_DOWN);
    } else if (length > out.mtuBytes() && !forwarded) {
      if (!fragmenter.send(out, packet, length, adjacency, nowNs)) {
        drops.drop(DropReason.NO_BUFFER, packet);
      }
    } else if (length > out.mtuBytes()) {
      int mtu = out.mtuBytes();
      icmpError.add(
          vector, i, Icmpv6Message.PACKET_TOO_BIG, 0, mtu, DropReason.IPV6_PACKET_TOO_BIG);
    } else {
      if (forwarded) {
        Ipv6Header.setHopLimit(memory, packet, hops - 1);
      }
      emit(out, packet, length, adjacency, forwarded ? vector.interfaceIndex(i) : 0, nowNs);
    }
  }

  /// Sends a packet that begins here to a destination on a link.
  void originateOnLink(RouterInterface out, long packet, int length, long nowNs) {
    if (length <= out.mtuBytes()) {
      emitOnLink(out, packet, length, 0, nowNs);
    } else if (!fragmenter.send(out, packet, length, ON_LINK, nowNs)) {
      drops.drop(DropReason.NO_BUFFER, packet);
    }
  }

  /// Sends one packet that fits, or queues it until its neighbour is known.
  ///
  /// @param adjacency [#ON_LINK]: the destination is on the link
  void emit(RouterInterface out, long packet, int length, int adjacency, int origin, long nowNs) {
    IpAddress nextHop = adjacency == ON_LINK ? null : adjacencies.get(adjacency).nextHop();
    if (nextHop == null) {
      emitOnLink(out, packet, length, origin, nowNs);
      return;
    }
    long mac = neighbours.use(out.index(), nextHop.high(), nextHop.low(), nowNs);
    if (mac != NeighbourTable.UNKNOWN_MAC) {
      // Used now, so it is not stale: until it is, packets need not ask.
      adjacencies.resolve(adjacency, mac, out.mac(), EthernetHeader.TYPE_IPV6, out.mtuBytes());
    }
    output.send(out, nextHop.high(), nextHop.low(), mac, packet, length, origin, nowNs);
  }

  private void emitOnLink(RouterInterface out, long packet, int length, int origin, long nowNs) {
    long high = Ipv6Header.destinationHigh(memory, packet);
    long low = Ipv6Header.destinationLow(memory, packet);
    long mac = neighbours.use(out.index(), high, low, nowNs);
    if (mac != NeighbourTable.UNKNOWN_MAC && Ipv6Address.isPlainUnicast(high)) {
      int host = adjacencies.acquireHost(out.index(), new IpAddress(high, low));
      adjacencies.resolve(host, mac, out.mac(), EthernetHeader.TYPE_IPV6, out.mtuBytes());
    }
    output.send(out, high, low, mac, packet, length, origin, nowNs);
  }
}
