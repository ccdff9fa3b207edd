package io.vireo.vr.forward;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.vr.fib.Adjacency;
import io.vireo.vr.fib.AdjacencyTable;
import io.vireo.vr.fib.Ipv4Fib;
import io.vireo.vr.fib.NextHopGroups;
import io.vireo.vr.wire.IcmpMessage;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Ipv4Header;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Finds each packet's adjacency, of the whole vector at once; what goes out stays in the vector.
///
/// Drops: IPV4_BLACKHOLE, IPV4_MARTIAN_DESTINATION, IPV4_FORWARDING_OFF. Next: [Ipv4Rewrite],
/// [Ipv4Local], [IcmpError] (no route, unreachable, prohibited).
final class Ipv4Lookup {
  private static final int FRAGMENT = Ipv4Header.MORE_FRAGMENTS | Ipv4Header.FRAGMENT_OFFSET_MASK;
  private static final int PORTS_BYTES = 4;

  private static final Adjacency.Kind[] KINDS = Adjacency.Kind.values();

  private final MemorySegment memory;
  private final Drops drops;
  private final InterfaceTable interfaces;
  private final Ipv4Fib fib;
  private final NextHopGroups groups;
  private final PacketVector local;
  private final IcmpError icmpError;
  private final int[] found = new int[PacketVector.CAPACITY];
  private final int[] scratch = new int[PacketVector.CAPACITY];
  private final PacketVector aside = new PacketVector();

  Ipv4Lookup(
      PacketPool pool,
      Drops drops,
      InterfaceTable interfaces,
      Ipv4Fib fib,
      NextHopGroups groups,
      PacketVector local,
      IcmpError icmpError) {
    this.memory = pool.memory();
    this.drops = drops;
    this.interfaces = interfaces;
    this.fib = fib;
    this.groups = groups;
    this.local = local;
    this.icmpError = icmpError;
  }

  /// Packets that begin here: their destinations are in their headers alone.
  void runOriginated(PacketVector vector) {
    for (int i = 0; i < vector.size(); i++) {
      vector.setAddress(i, Ipv4Header.destination(memory, vector.offset(i)));
    }
    run(vector);
  }

  void run(PacketVector vector) {
    int count = vector.size();
    fib.lookup(vector.addresses(), found, scratch, count);
    keepForwarded(vector, count);
    for (int i = 0; i < aside.size(); i++) {
      end(aside, i);
    }
    aside.clear();
  }

  private void keepForwarded(PacketVector vector, int count) {
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
        scratch[odd++] = i;
      }
    }
    vector.extract(scratch, odd, aside);
  }

  private void end(PacketVector vector, int i) {
    long packet = vector.offset(i);
    int adjacency = vector.adjacency(i);
    int destination = vector.address(i);
    if (Ipv4Address.isGroupOrReserved(destination)) {
      group(vector, i, packet, destination);
      return;
    }
    switch (KINDS[Math.min(adjacency, AdjacencyTable.FIRST_HOP)]) {
      case CONNECTED, NEXT_HOP -> drops.drop(DropReason.IPV4_FORWARDING_OFF, packet);
      case LOCAL -> local.append(vector, i);
      case BLACKHOLE -> drops.drop(DropReason.IPV4_BLACKHOLE, packet);
      case DIRECTED_BROADCAST -> broadcast(vector, i, packet);
      case NO_ROUTE ->
          unreachable(vector, i, IcmpMessage.CODE_NET_UNREACHABLE, DropReason.IPV4_NO_ROUTE);
      case UNREACHABLE ->
          unreachable(vector, i, IcmpMessage.CODE_HOST_UNREACHABLE, DropReason.IPV4_UNREACHABLE);
      case PROHIBIT -> {
        int code = IcmpMessage.CODE_ADMINISTRATIVELY_PROHIBITED;
        unreachable(vector, i, code, DropReason.IPV4_PROHIBIT);
      }
    }
  }

  /// The limited broadcast is for us (and, from us, for no wire); groups are not routed.
  private void group(PacketVector vector, int i, long packet, int destination) {
    if (destination == Ipv4Address.BROADCAST || destination == Ipv4Address.ALL_HOSTS) {
      local.append(vector, i);
    } else if (!Ipv4Address.isMulticast(destination)) {
      drops.drop(DropReason.IPV4_MARTIAN_DESTINATION, packet);
    } else {
      RouterInterface from = interfaces.lookup(vector.interfaceIndex(i));
      if (from != null && from.groups().isMember(0, IpAddress.mapped(destination))) {
        local.append(vector, i);
      } else {
        drops.drop(DropReason.GROUP_NOT_JOINED, packet);
      }
    }
  }

  /// RFC 1812 §5.3.5.2 with RFC 2644: received on its own subnet it is for us, else dropped.
  private void broadcast(PacketVector vector, int i, long packet) {
    RouterInterface from = interfaces.lookup(vector.interfaceIndex(i));
    if (from != null && from.isSubnetBroadcast(Ipv4Header.destination(memory, packet))) {
      local.append(vector, i);
    } else {
      drops.drop(DropReason.IPV4_MARTIAN_DESTINATION, packet);
    }
  }

  private void unreachable(PacketVector vector, int i, int code, DropReason reason) {
    icmpError.add(vector, i, IcmpMessage.DESTINATION_UNREACHABLE, code, 0, reason);
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
