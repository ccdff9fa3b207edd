package io.vireo.vr.forward;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.vr.fib.Adjacency;
import io.vireo.vr.fib.Ipv4Fib;
import io.vireo.vr.fib.NextHopGroups;
import io.vireo.vr.wire.IcmpMessage;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Ipv4Header;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Finds each packet's adjacency.
///
/// Drops: IPV4_BLACKHOLE, IPV4_MARTIAN_DESTINATION, IPV4_FORWARDING_OFF. Next: [Ipv4Rewrite],
/// [Ipv4Local], [IcmpError] (no route, unreachable, prohibited).
final class Ipv4Lookup {
  private static final int FRAGMENT = Ipv4Header.MORE_FRAGMENTS | Ipv4Header.FRAGMENT_OFFSET_MASK;
  private static final int PORTS_BYTES = 4;

  final PacketVector input;
  private final MemorySegment memory;
  private final Drops drops;
  private final InterfaceTable interfaces;
  private final Ipv4Fib fib;
  private final NextHopGroups groups;
  private final PacketVector rewrite;
  private final PacketVector local;
  private final IcmpError icmpError;

  Ipv4Lookup(
      PacketPool pool,
      Drops drops,
      InterfaceTable interfaces,
      Ipv4Fib fib,
      NextHopGroups groups,
      PacketVector input,
      PacketVector rewrite,
      PacketVector local,
      IcmpError icmpError) {
    this.memory = pool.memory();
    this.drops = drops;
    this.interfaces = interfaces;
    this.fib = fib;
    this.groups = groups;
    this.input = input;
    this.rewrite = rewrite;
    this.local = local;
    this.icmpError = icmpError;
  }

  void run() {
    for (int i = 0; i < input.size(); i++) {
      long packet = input.offset(i);
      int destination = Ipv4Header.destination(memory, packet);
      if (destination >>> 28 >= 0xe) {
        group(i, packet, destination);
        continue;
      }
      int group = fib.lookup(destination);
      Adjacency adjacency = groups.single(group);
      if (adjacency == null) {
        adjacency = groups.select(group, flowHash(packet, input.length(i)));
      }
      switch (adjacency.kind()) {
        case NEXT_HOP -> forward(i, packet, adjacency.interfaceIndex(), adjacency.nextHop());
        case CONNECTED -> forward(i, packet, adjacency.interfaceIndex(), destination);
        case LOCAL -> local.append(input, i);
        case BLACKHOLE -> drops.drop(DropReason.IPV4_BLACKHOLE, packet);
        case DIRECTED_BROADCAST -> broadcast(i, packet);
        case NO_ROUTE -> unreachable(i, IcmpMessage.CODE_NET_UNREACHABLE, DropReason.IPV4_NO_ROUTE);
        case UNREACHABLE ->
            unreachable(i, IcmpMessage.CODE_HOST_UNREACHABLE, DropReason.IPV4_UNREACHABLE);
        case PROHIBIT ->
            unreachable(i, IcmpMessage.CODE_ADMINISTRATIVELY_PROHIBITED, DropReason.IPV4_PROHIBIT);
      }
    }
    input.clear();
  }

  private void forward(int i, long packet, int interfaceIndex, int nextHop) {
    if ((input.flags(i) & PacketVector.FLAG_LOCAL_ORIGIN) == 0) {
      RouterInterface from = interfaces.lookup(input.interfaceIndex(i));
      if (from == null || !from.forwarding()) {
        drops.drop(DropReason.IPV4_FORWARDING_OFF, packet);
        return;
      }
    }
    input.setAdjacency(i, interfaceIndex);
    input.setAddress(i, nextHop);
    rewrite.append(input, i);
  }

  /// The limited broadcast is for us (and, from us, for no wire); groups are not routed.
  private void group(int i, long packet, int destination) {
    if (destination == Ipv4Address.BROADCAST) {
      local.append(input, i);
    } else {
      drops.drop(DropReason.IPV4_MARTIAN_DESTINATION, packet);
    }
  }

  /// RFC 1812 §5.3.5.2 with RFC 2644: received on its own subnet it is for us, else dropped.
  private void broadcast(int i, long packet) {
    RouterInterface from = interfaces.lookup(input.interfaceIndex(i));
    if (from != null && from.isSubnetBroadcast(Ipv4Header.destination(memory, packet))) {
      local.append(input, i);
    } else {
      drops.drop(DropReason.IPV4_MARTIAN_DESTINATION, packet);
    }
  }

  private void unreachable(int i, int code, DropReason reason) {
    icmpError.add(input, i, IcmpMessage.DESTINATION_UNREACHABLE, code, 0, reason);
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
