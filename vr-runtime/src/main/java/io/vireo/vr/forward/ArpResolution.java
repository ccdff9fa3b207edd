package io.vireo.vr.forward;

import io.vireo.drivers.PacketVector;
import io.vireo.vr.fib.AdjacencyTable;
import io.vireo.vr.wire.IcmpMessage;

/// Finds IPv4 neighbours with ARP.
final class ArpResolution extends NeighbourResolution {
  private final ArpOutput arp;
  private final IcmpError icmpError;

  ArpResolution(
      AdjacencyTable adjacencies,
      InterfaceTable interfaces,
      Drops drops,
      EthernetOutput ethernet,
      ArpOutput arp,
      IcmpError icmpError) {
    super(adjacencies, interfaces, drops, ethernet);
    this.arp = arp;
    this.icmpError = icmpError;
  }

  @Override
  public void solicit(int interfaceIndex, long high, long low, long mac) {
    RouterInterface on = interfaces.lookup(interfaceIndex);
    if (on != null && on.operUp()) {
      arp.request(on, (int) low, mac);
    }
  }

  @Override
  boolean hasRoomForErrors() {
    return icmpError.input.remaining() > 0;
  }

  @Override
  void unreachable(PacketVector vector) {
    icmpError.add(
        vector,
        0,
        IcmpMessage.DESTINATION_UNREACHABLE,
        IcmpMessage.CODE_HOST_UNREACHABLE,
        0,
        DropReason.NEIGHBOR_UNRESOLVED);
  }
}
