package io.vireo.vr.forward;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.vr.neighbour.NeighbourTable;
import io.vireo.vr.wire.EthernetHeader;
import io.vireo.vr.wire.IcmpMessage;
import io.vireo.vr.wire.Ipv4Header;
import java.lang.foreign.MemorySegment;

/// Sends packets to their next hop: TTL, size, neighbour, Ethernet header.
///
/// Drops: IPV4_TTL_EXPIRED, INTERFACE_DOWN, IPV4_FRAGMENTATION_NEEDED, NEIGHBOR_QUEUE_FULL,
/// NEIGHBOR_TABLE_FULL. Next: the interface's output, the neighbour's queue, [IcmpError].
final class Ipv4Rewrite {
  final PacketVector input = new PacketVector();
  private final MemorySegment memory;
  private final Drops drops;
  private final InterfaceTable interfaces;
  private final NeighbourTable neighbours;
  private final Ipv4Fragmenter fragmenter;
  private final IcmpError icmpError;

  Ipv4Rewrite(
      PacketPool pool,
      Drops drops,
      InterfaceTable interfaces,
      NeighbourTable neighbours,
      IcmpError icmpError) {
    this.memory = pool.memory();
    this.drops = drops;
    this.interfaces = interfaces;
    this.neighbours = neighbours;
    this.fragmenter = new Ipv4Fragmenter(pool, this);
    this.icmpError = icmpError;
  }

  void run(long nowNs) {
    for (int i = 0; i < input.size(); i++) {
      long packet = input.offset(i);
      RouterInterface out = interfaces.lookup(input.adjacency(i));
      boolean forwarded = (input.flags(i) & PacketVector.FLAG_LOCAL_ORIGIN) == 0;
      if (forwarded && Ipv4Header.ttl(memory, packet) <= 1) {
        // RFC 1812 §5.3.1: checked before it is decremented, answered with code 0
        icmpError.add(input, i, IcmpMessage.TIME_EXCEEDED, 0, 0, DropReason.IPV4_TTL_EXPIRED);
      } else if (out == null || !out.operUp()) {
        unreachable(i);
      } else if (input.length(i) > out.mtuBytes()) {
        tooBig(i, packet, out, forwarded, nowNs);
      } else {
        if (forwarded) {
          Ipv4Header.decrementTtl(memory, packet);
        }
        int origin = input.interfaceIndex(i);
        emit(out, packet, input.length(i), input.address(i), origin, nowNs);
      }
    }
    input.clear();
  }

  private void unreachable(int i) {
    icmpError.add(
        input,
        i,
        IcmpMessage.DESTINATION_UNREACHABLE,
        IcmpMessage.CODE_HOST_UNREACHABLE,
        0,
        DropReason.INTERFACE_DOWN);
  }

  private void tooBig(int i, long packet, RouterInterface out, boolean forwarded, long nowNs) {
    if ((Ipv4Header.fragment(memory, packet) & Ipv4Header.DONT_FRAGMENT) != 0) {
      icmpError.add(
          input,
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
    int nextHop = input.address(i);
    int length = input.length(i);
    if (!fragmenter.send(out, packet, length, nextHop, input.interfaceIndex(i), nowNs)) {
      drops.drop(DropReason.NO_BUFFER, packet);
    }
  }

  /// Sends one packet that fits, or queues it until its neighbour is known.
  void emit(RouterInterface out, long packet, int length, int nextHop, int origin, long nowNs) {
    long mac = neighbours.use(out.index(), nextHop, nowNs);
    if (mac != NeighbourTable.UNKNOWN_MAC) {
      frame(out, mac, packet, length);
      return;
    }
    if (out.isLoopback()) {
      drops.drop(DropReason.IPV4_UNREACHABLE, packet);
      return;
    }
    switch (neighbours.await(out.index(), nextHop, packet, length, origin, nowNs)) {
      case QUEUED -> {}
      case QUEUE_FULL -> drops.drop(DropReason.NEIGHBOR_QUEUE_FULL, packet);
      case TABLE_FULL -> drops.drop(DropReason.NEIGHBOR_TABLE_FULL, packet);
    }
  }

  /// Puts the Ethernet header before a packet and hands it to the interface.
  void frame(RouterInterface out, long mac, long packet, int length) {
    long frame = packet - EthernetHeader.BYTES;
    EthernetHeader.write(memory, frame, mac, out.mac(), EthernetHeader.TYPE_IPV4);
    out.send(frame, length + EthernetHeader.BYTES);
  }
}
