package io.vireo.vr.forward;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.vr.wire.EthernetHeader;
import io.vireo.vr.wire.VlanTag;
import java.lang.foreign.MemorySegment;

/// Takes frames off a port; those with an IPv4 packet stay in the vector, those with an IPv6 packet
/// go to another.
///
/// Checks: interface up, length, destination is ours or a group. Drops: INTERFACE_DOWN,
/// ETHERNET_TOO_SHORT, ETHERNET_NOT_FOR_US, ETHERTYPE_UNKNOWN, VLAN_UNKNOWN. Next: [Ipv4Input],
/// [Ipv6Input], [ArpInput], [VlanInput].
final class EthernetInput {
  private final MemorySegment memory;
  private final PacketPool pool;
  private final Drops drops;
  private final PacketVector arp;
  private final PacketVector tagged;
  private final EthernetFastPath fast;
  private final PacketVector aside = new PacketVector();

  EthernetInput(PacketPool pool, Drops drops, PacketVector arp, PacketVector tagged) {
    this.tagged = tagged;
    this.memory = pool.memory();
    this.fast = new EthernetFastPath(memory);
    this.pool = pool;
    this.drops = drops;
    this.arp = arp;
  }

  /// All frames of the vector came from `from`.
  ///
  /// @param ipv6 empty; takes the frames with an IPv6 packet
  void run(PacketVector vector, PacketVector ipv6, RouterInterface from) {
    if (!from.operUp()) {
      from.counters().inDiscards += vector.size();
      drops.note(DropReason.INTERFACE_DOWN, vector.size());
      pool.freeAll(vector);
      return;
    }
    keepPlain(vector, EthernetHeader.TYPE_IPV4, ipv6, from);
    setFlags(vector, ipv4Flags(from));
    if (!ipv6.isEmpty()) {
      keepPlain(ipv6, EthernetHeader.TYPE_IPV6, aside, from);
      setFlags(ipv6, ipv6Flags(from));
      for (int i = 0; i < aside.size(); i++) {
        takeOther(vector, ipv6, i, from);
      }
      aside.clear();
    }
  }

  private void keepPlain(PacketVector vector, int type, PacketVector rest, RouterInterface from) {
    InterfaceCounters counters = from.counters();
    counters.inOctets += fast.keep(vector, type, from.mac(), rest);
    counters.inUnicastPkts += vector.size();
  }

  private static int ipv4Flags(RouterInterface from) {
    return from.forwarding() ? 0 : PacketVector.FLAG_NO_FORWARDING;
  }

  private static int ipv6Flags(RouterInterface from) {
    return from.ipv6().forwarding() ? 0 : PacketVector.FLAG_NO_FORWARDING;
  }

  private static void setFlags(PacketVector vector, int flags) {
    for (int i = 0; i < vector.size() && flags != 0; i++) {
      vector.setFlags(i, flags);
    }
  }

  /// What is not a packet for us alone.
  private void takeOther(PacketVector ipv4, PacketVector ipv6, int i, RouterInterface from) {
    InterfaceCounters counters = from.counters();
    long frame = aside.offset(i);
    if (aside.length(i) < EthernetHeader.BYTES) {
      counters.inErrors++;
      drops.drop(DropReason.ETHERNET_TOO_SHORT, frame);
      return;
    }
    long destination = EthernetHeader.destination(memory, frame);
    boolean group = EthernetHeader.isGroup(destination);
    if (!group && destination != from.mac()) {
      drops.drop(DropReason.ETHERNET_NOT_FOR_US, frame); // a promiscuous device; not ours to count
      return;
    }
    int type = EthernetHeader.type(memory, frame);
    if (VlanTag.isTag(type)) {
      takeTagged(i, frame, destination, from);
      return;
    }
    count(counters, destination, aside.length(i));
    int link = group ? PacketVector.FLAG_LINK_BROADCAST : 0;
    aside.advance(i, EthernetHeader.BYTES);
    switch (type) {
      case EthernetHeader.TYPE_IPV4 -> {
        aside.setFlags(i, link | ipv4Flags(from));
        ipv4.append(aside, i);
      }
      case EthernetHeader.TYPE_IPV6 -> {
        aside.setFlags(i, link | ipv6Flags(from));
        ipv6.append(aside, i);
      }
      case EthernetHeader.TYPE_ARP -> arp.append(aside, i);
      default -> {
        counters.inUnknownProtos++;
        drops.drop(DropReason.ETHERTYPE_UNKNOWN, frame);
      }
    }
  }

  private void takeTagged(int i, long frame, long destination, RouterInterface from) {
    boolean ofTheLink = from.parent() == null;
    if (!ofTheLink) {
      // More tags than a sub-interface has.
      from.counters().inUnknownProtos++;
      drops.drop(DropReason.VLAN_UNKNOWN, frame);
      return;
    }
    boolean hasVlan =
        aside.length(i) < EthernetHeader.BYTES + VlanTag.BYTES
            || VlanTag.id(memory, frame) != VlanTag.PRIORITY_ONLY;
    if (hasVlan) { // the others are counted without their tag
      count(from.counters(), destination, aside.length(i));
    }
    tagged.append(aside, i);
  }

  private static void count(InterfaceCounters counters, long destination, int length) {
    counters.inOctets += length;
    if (!EthernetHeader.isGroup(destination)) {
      counters.inUnicastPkts++;
    } else if (destination == EthernetHeader.BROADCAST) {
      counters.inBroadcastPkts++;
    } else {
      counters.inMulticastPkts++;
    }
  }
}
