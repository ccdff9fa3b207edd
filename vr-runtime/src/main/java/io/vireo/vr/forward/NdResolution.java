package io.vireo.vr.forward;

import io.vireo.drivers.PacketVector;
import io.vireo.vr.fib.AdjacencyTable;
import io.vireo.vr.wire.Icmpv6Message;

/// Finds IPv6 neighbours with neighbour discovery.
final class NdResolution extends NeighbourResolution {
  private final NdOutput nd;
  private final Icmpv6Error icmpError;

  NdResolution(
      AdjacencyTable adjacencies,
      InterfaceTable interfaces,
      Drops drops,
      EthernetOutput ethernet,
      NdOutput nd,
      Icmpv6Error icmpError) {
    super(adjacencies, interfaces, drops, ethernet);
    this.nd = nd;
    this.icmpError = icmpError;
  }

  @Override
  public void solicit(int interfaceIndex, long high, long low, long mac) {
    RouterInterface on = interfaces.lookup(interfaceIndex);
    if (on != null && on.ipv6().isRunning()) {
      nd.solicit(on, high, low, mac);
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
        Icmpv6Message.DESTINATION_UNREACHABLE,
        Icmpv6Message.CODE_ADDRESS_UNREACHABLE,
        0,
        DropReason.NEIGHBOR_UNRESOLVED);
  }
}
