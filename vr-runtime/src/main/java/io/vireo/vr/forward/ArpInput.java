package io.vireo.vr.forward;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.vr.neighbour.NeighbourTable;
import io.vireo.vr.wire.ArpPacket;
import io.vireo.vr.wire.EthernetHeader;
import io.vireo.vr.wire.IpAddress;
import java.lang.foreign.MemorySegment;

/// Answers and learns from ARP packets (RFC 826 "Packet Reception").
///
/// Checks: length, Ethernet and IPv4, the sender is on the interface's subnet. Drops:
/// ARP_MALFORMED, ARP_NOT_FOR_US, PUNT_RATE_LIMITED; consumed packets count as ARP_DONE. Next: the
/// port, for replies.
final class ArpInput {
  final PacketVector input = new PacketVector();
  private final MemorySegment memory;
  private final Drops drops;
  private final InterfaceTable interfaces;
  private final NeighbourTable neighbours;
  private final ArpOutput output;
  private final PuntPolicers policers;

  ArpInput(
      PacketPool pool,
      Drops drops,
      InterfaceTable interfaces,
      NeighbourTable neighbours,
      ArpOutput output,
      PuntPolicers policers) {
    this.memory = pool.memory();
    this.drops = drops;
    this.interfaces = interfaces;
    this.neighbours = neighbours;
    this.output = output;
    this.policers = policers;
  }

  void run(long nowNs) {
    for (int i = 0; i < input.size(); i++) {
      RouterInterface on = interfaces.lookup(input.interfaceIndex(i));
      long packet = input.offset(i);
      DropReason reason =
          on == null ? DropReason.INTERFACE_DOWN : take(on, packet, input.length(i), nowNs);
      drops.drop(reason, packet);
    }
    input.clear();
  }

  private DropReason take(RouterInterface on, long packet, int length, long nowNs) {
    if (length < ArpPacket.BYTES || !ArpPacket.isEthernetIpv4(memory, packet)) {
      on.counters().inErrors++;
      return DropReason.ARP_MALFORMED;
    }
    int operation = ArpPacket.operation(memory, packet);
    int sender = ArpPacket.senderAddress(memory, packet);
    int target = ArpPacket.targetAddress(memory, packet);
    long mac = ArpPacket.senderMac(memory, packet);
    boolean forUs = on.hasAddress(target);
    if (EthernetHeader.isGroup(mac) || on.hasAddress(sender)) {
      return DropReason.ARP_MALFORMED;
    }
    boolean probe = sender == 0; // RFC 5227 §2.1.1: asks, but has no address yet
    if (!probe && on.addressFacing(sender) == 0) {
      return DropReason.ARP_NOT_FOR_US;
    }
    // What the segment asks of others costs a look-up and takes nothing from what is for us.
    if (forUs && !on.takesResolution(policers, nowNs)) {
      return DropReason.PUNT_RATE_LIMITED;
    }
    if (!probe) {
      boolean answer = operation == ArpPacket.REPLY && forUs;
      neighbours.learn(on.index(), 0, IpAddress.mapped(sender), mac, answer, forUs, nowNs);
    }
    if (forUs && operation == ArpPacket.REQUEST) {
      output.reply(on, target, mac, sender);
    }
    return DropReason.ARP_DONE;
  }
}
