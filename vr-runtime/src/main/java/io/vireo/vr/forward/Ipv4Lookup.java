package io.vireo.vr.forward;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.vr.fib.Adjacency;
import io.vireo.vr.fib.AdjacencyTable;
import io.vireo.vr.wire.IcmpMessage;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Ipv4Header;
import java.lang.foreign.MemorySegment;

/// Finds each packet's adjacency, of the whole vector at once; what goes out stays in the vector.
///
/// Drops: IPV4_BLACKHOLE, IPV4_MARTIAN_DESTINATION, IPV4_FORWARDING_OFF. Next: [Ipv4Rewrite],
/// [Ipv4Local], [IcmpError] (no route, unreachable, prohibited).
final class Ipv4Lookup {
  private static final Adjacency.Kind[] KINDS = Adjacency.Kind.values();

  private final MemorySegment memory;
  private final Drops drops;
  private final InterfaceTable interfaces;
  private final Ipv4FastPath fast;
  private final PacketVector local;
  private final IcmpError icmpError;
  private final PacketVector aside = new PacketVector();

  Ipv4Lookup(
      PacketPool pool,
      Drops drops,
      InterfaceTable interfaces,
      Ipv4FastPath fast,
      PacketVector local,
      IcmpError icmpError) {
    this.memory = pool.memory();
    this.drops = drops;
    this.interfaces = interfaces;
    this.fast = fast;
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
    fast.choose(vector, aside);
    for (int i = 0; i < aside.size(); i++) {
      end(aside, i);
    }
    aside.clear();
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
}
