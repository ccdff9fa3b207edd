package io.vireo.vr.forward;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.vr.fib.Adjacency;
import io.vireo.vr.fib.AdjacencyTable;
import io.vireo.vr.wire.Icmpv6Message;
import io.vireo.vr.wire.Ipv6Address;
import io.vireo.vr.wire.Ipv6Header;
import java.lang.foreign.MemorySegment;

/// Finds each packet's adjacency, of the whole vector at once; what goes out stays in the vector.
///
/// Link-local addresses and groups are of one link, which no table knows: of a packet that came in
/// it is the receiving interface's, of one that begins here the one that it names.
///
/// Drops: IPV6_BLACKHOLE, IPV6_FORWARDING_OFF, IPV6_SCOPE_EXCEEDED, GROUP_NOT_JOINED. Next:
/// [Ipv6Rewrite], [Ipv6Local], [Icmpv6Error] (no route, unreachable, prohibited, beyond scope).
final class Ipv6Lookup {
  private static final Adjacency.Kind[] KINDS = Adjacency.Kind.values();

  private final MemorySegment memory;
  private final Drops drops;
  private final InterfaceTable interfaces;
  private final Ipv6FastPath fast;
  private final PacketVector local;
  private final Ipv6Rewrite rewrite;
  private final Icmpv6Error icmpError;
  private final PacketVector aside = new PacketVector();

  Ipv6Lookup(
      PacketPool pool,
      Drops drops,
      InterfaceTable interfaces,
      Ipv6FastPath fast,
      PacketVector local,
      Ipv6Rewrite rewrite,
      Icmpv6Error icmpError) {
    this.memory = pool.memory();
    this.drops = drops;
    this.interfaces = interfaces;
    this.fast = fast;
    this.local = local;
    this.rewrite = rewrite;
    this.icmpError = icmpError;
  }

  void run(PacketVector vector, long nowNs) {
    fast.choose(vector, aside);
    for (int i = 0; i < aside.size(); i++) {
      end(aside, i, nowNs);
    }
    aside.clear();
  }

  private void end(PacketVector vector, int i, long nowNs) {
    long packet = vector.offset(i);
    long toHigh = Ipv6Header.destinationHigh(memory, packet);
    boolean originated = (vector.flags(i) & PacketVector.FLAG_LOCAL_ORIGIN) != 0;
    if (Ipv6Address.isMulticast(toHigh) || Ipv6Address.isLinkLocal(toHigh)) {
      ofLink(vector, i, packet, originated, nowNs);
      return;
    }
    int adjacency = vector.adjacency(i);
    switch (KINDS[Math.min(adjacency, AdjacencyTable.FIRST_HOP)]) {
      case CONNECTED, NEXT_HOP -> notForwarded(vector, i, packet, originated, nowNs);
      case LOCAL, DIRECTED_BROADCAST -> local.append(vector, i);
      case BLACKHOLE -> drops.drop(DropReason.IPV6_BLACKHOLE, packet);
      case NO_ROUTE ->
          unreachable(vector, i, Icmpv6Message.CODE_NO_ROUTE, DropReason.IPV6_NO_ROUTE);
      case UNREACHABLE -> {
        int code = Icmpv6Message.CODE_ADDRESS_UNREACHABLE;
        unreachable(vector, i, code, DropReason.IPV6_UNREACHABLE);
      }
      case PROHIBIT ->
          unreachable(vector, i, Icmpv6Message.CODE_PROHIBITED, DropReason.IPV6_PROHIBIT);
    }
  }

  /// RFC 4291 §2.5.6: a router does not forward from or to link-local addresses; RFC 4443 §3.1 has
  /// the code for that. What begins here has any source.
  private void notForwarded(
      PacketVector vector, int i, long packet, boolean originated, long nowNs) {
    if (originated) {
      rewrite.one(vector, i, nowNs);
    } else if (Ipv6Address.isLinkLocal(Ipv6Header.sourceHigh(memory, packet))) {
      int code = Icmpv6Message.CODE_BEYOND_SCOPE;
      unreachable(vector, i, code, DropReason.IPV6_SCOPE_EXCEEDED);
    } else {
      drops.drop(DropReason.IPV6_FORWARDING_OFF, packet);
    }
  }

  private void ofLink(PacketVector vector, int i, long packet, boolean originated, long nowNs) {
    RouterInterface on = interfaces.lookup(vector.interfaceIndex(i));
    if (on == null) {
      drops.drop(DropReason.IPV6_NO_ROUTE, packet);
      return;
    }
    long toHigh = Ipv6Header.destinationHigh(memory, packet);
    long toLow = Ipv6Header.destinationLow(memory, packet);
    if (Ipv6Address.isMulticast(toHigh)) {
      if (on.ipv6().isMember(toHigh, toLow)) {
        local.append(vector, i);
      } else {
        drops.drop(DropReason.GROUP_NOT_JOINED, packet);
      }
    } else if (on.ipv6().hasAddress(toHigh, toLow)) {
      local.append(vector, i);
    } else if (originated) {
      rewrite.originateOnLink(on, packet, vector.length(i), nowNs);
    } else {
      drops.drop(DropReason.IPV6_SCOPE_EXCEEDED, packet);
    }
  }

  private void unreachable(PacketVector vector, int i, int code, DropReason reason) {
    icmpError.add(vector, i, Icmpv6Message.DESTINATION_UNREACHABLE, code, 0, reason);
  }
}
