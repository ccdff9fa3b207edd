package io.vireo.vr.forward;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.vr.neighbour.NeighbourTable;
import io.vireo.vr.wire.IcmpMessage;
import io.vireo.vr.wire.Icmpv6Message;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Ipv4Header;
import io.vireo.vr.wire.Ipv6Address;
import io.vireo.vr.wire.Ipv6Header;
import io.vireo.vr.wire.NdMessage;
import io.vireo.vr.wire.NetworkOrder;
import java.lang.foreign.MemorySegment;

/// Tells a host of a better first hop when its packet leaves by the link that it came in by (RFC
/// 1812 §5.2.7.2, RFC 4861 §8.2). The packet goes on; what is told is policed as errors are.
final class Redirects {
  /// RFC 1812 §4.3.2.3.
  private static final int MAX_BYTES = 576;

  private static final int PUSHED_BYTES = Ipv4Header.MIN_BYTES + IcmpMessage.HEADER_BYTES;

  /// Header, target and destination.
  private static final int IPV6_BYTES = 40;

  private static final int OPTION_UNIT = 8;

  private final PacketPool pool;
  private final MemorySegment memory;
  private final PuntPolicers policers;
  private final NeighbourTable ipv6Neighbours;
  private final Icmpv6Output output;
  private final PacketVector originated;
  private int identification;

  /// @param originated takes what is told, on its way to lookup
  Redirects(
      PacketPool pool,
      PuntPolicers policers,
      NeighbourTable ipv6Neighbours,
      Icmpv6Output output,
      PacketVector originated) {
    this.pool = pool;
    this.memory = pool.memory();
    this.policers = policers;
    this.ipv6Neighbours = ipv6Neighbours;
    this.output = output;
    this.originated = originated;
  }

  /// @param on where the packet came in and goes out
  /// @param nextHop the better first hop
  void ipv4(RouterInterface on, long packet, int length, int nextHop, long nowNs) {
    int source = Ipv4Header.source(memory, packet);
    int own = on.addressFacing(source);
    // The host must be able to reach it: both are of one subnet.
    if (own == Ipv4Address.ANY
        || own != on.addressFacing(nextHop)
        || source == nextHop
        || originated.remaining() == 0
        || !policers.take(PuntClass.ERROR, nowNs)) {
      return;
    }
    long told = pool.allocate();
    if (told < 0) {
      return;
    }
    int quoted = Math.min(length, MAX_BYTES - PUSHED_BYTES);
    MemorySegment.copy(memory, packet, memory, told + PUSHED_BYTES, quoted);
    IcmpMessage.write(
        memory,
        told + Ipv4Header.MIN_BYTES,
        IcmpMessage.REDIRECT,
        IcmpMessage.CODE_REDIRECT_HOST,
        nextHop >>> 16,
        nextHop & 0xffff,
        quoted + IcmpMessage.HEADER_BYTES);
    Ipv4Header.write(
        memory,
        told,
        quoted + PUSHED_BYTES,
        identification++,
        0,
        Ipv4Header.DEFAULT_TTL,
        Ipv4Header.PROTOCOL_ICMP,
        own,
        source);
    originated.add(told, quoted + PUSHED_BYTES, 0);
    originated.setFlags(originated.size() - 1, PacketVector.FLAG_LOCAL_ORIGIN);
  }

  /// The same of IPv6. A router is told of by its link-local address alone.
  void ipv6(RouterInterface on, long packet, int length, long high, long low, long nowNs) {
    long toHigh = Ipv6Header.sourceHigh(memory, packet);
    long toLow = Ipv6Header.sourceLow(memory, packet);
    long destinationHigh = Ipv6Header.destinationHigh(memory, packet);
    long destinationLow = Ipv6Header.destinationLow(memory, packet);
    boolean itself = high == destinationHigh && low == destinationLow;
    int source = on.ipv6().linkLocal();
    if (source == Ipv6Interface.NONE
        || !(itself || Ipv6Address.isLinkLocal(high))
        || (high == toHigh && low == toLow)
        || !on.ipv6().isOnLink(toHigh, toLow)) {
      return;
    }
    long mac = ipv6Neighbours.use(on.index(), toHigh, toLow, nowNs);
    if (mac == NeighbourTable.UNKNOWN_MAC || !policers.take(PuntClass.ERROR, nowNs)) {
      return;
    }
    long message = output.begin(on, false);
    if (message == Icmpv6Output.NONE) {
      return;
    }
    NdMessage.putTarget(memory, message, high, low);
    NetworkOrder.put64(memory, message + 24, destinationHigh);
    NetworkOrder.put64(memory, message + 32, destinationLow);
    int told = IPV6_BYTES;
    long hopMac = ipv6Neighbours.use(on.index(), high, low, nowNs);
    if (hopMac != NeighbourTable.UNKNOWN_MAC) {
      int type = NdMessage.OPTION_TARGET_LINK_LAYER;
      NdMessage.putLinkLayer(memory, message + told, type, hopMac);
      told += NdMessage.LINK_LAYER_BYTES;
    }
    int room = Ipv6Header.MIN_MTU_BYTES - Ipv6Header.BYTES - told - OPTION_UNIT;
    int quoted = Math.min(length, room) & -OPTION_UNIT;
    int units = quoted / OPTION_UNIT + 1;
    NetworkOrder.put64(
        memory, message + told, (long) NdMessage.OPTION_REDIRECTED << 56 | (long) units << 48);
    MemorySegment.copy(memory, packet, memory, message + told + OPTION_UNIT, quoted);
    output.send(
        on,
        message,
        false,
        mac,
        source,
        toHigh,
        toLow,
        NdMessage.HOP_LIMIT,
        Icmpv6Message.REDIRECT,
        0,
        told + units * OPTION_UNIT);
  }
}
