package io.vireo.vr.forward;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.vr.wire.EthernetHeader;
import java.lang.foreign.MemorySegment;

/// Takes frames off a port.
///
/// Checks: interface up, length, destination is ours or a group. Drops: INTERFACE_DOWN,
/// ETHERNET_TOO_SHORT, ETHERNET_NOT_FOR_US, ETHERTYPE_UNKNOWN. Next: [Ipv4Input], [ArpInput].
final class EthernetInput {
  final PacketVector input = new PacketVector();
  private final MemorySegment memory;
  private final Drops drops;
  private final PacketVector ipv4;
  private final PacketVector arp;

  EthernetInput(PacketPool pool, Drops drops, PacketVector ipv4, PacketVector arp) {
    this.memory = pool.memory();
    this.drops = drops;
    this.ipv4 = ipv4;
    this.arp = arp;
  }

  /// All packets of the vector came from `from`.
  void run(RouterInterface from) {
    InterfaceCounters counters = from.counters();
    boolean up = from.operUp();
    long mac = from.mac();
    for (int i = 0; i < input.size(); i++) {
      long frame = input.offset(i);
      if (!up) {
        counters.inDiscards++;
        drops.drop(DropReason.INTERFACE_DOWN, frame);
      } else if (input.length(i) < EthernetHeader.BYTES) {
        counters.inErrors++;
        drops.drop(DropReason.ETHERNET_TOO_SHORT, frame);
      } else {
        classify(i, frame, mac, counters);
      }
    }
    input.clear();
  }

  private void classify(int i, long frame, long mac, InterfaceCounters counters) {
    long destination = EthernetHeader.destination(memory, frame);
    boolean group = EthernetHeader.isGroup(destination);
    if (!group && destination != mac) {
      drops.drop(DropReason.ETHERNET_NOT_FOR_US, frame); // a promiscuous device; not ours to count
      return;
    }
    counters.inOctets += input.length(i);
    if (!group) {
      counters.inUnicastPkts++;
    } else if (destination == EthernetHeader.BROADCAST) {
      counters.inBroadcastPkts++;
    } else {
      counters.inMulticastPkts++;
    }
    int type = EthernetHeader.type(memory, frame);
    if (type != EthernetHeader.TYPE_IPV4 && type != EthernetHeader.TYPE_ARP) {
      counters.inUnknownProtos++;
      drops.drop(DropReason.ETHERTYPE_UNKNOWN, frame);
      return;
    }
    input.setFlags(i, group ? PacketVector.FLAG_LINK_BROADCAST : 0);
    input.advance(i, EthernetHeader.BYTES);
    if (type == EthernetHeader.TYPE_IPV4) {
      ipv4.append(input, i);
    } else {
      arp.append(input, i);
    }
  }
}
