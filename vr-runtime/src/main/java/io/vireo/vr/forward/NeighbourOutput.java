package io.vireo.vr.forward;

import io.vireo.drivers.PacketPool;
import io.vireo.vr.neighbour.NeighbourTable;

/// Sends packets to neighbours: at once to those whose address is known; the others' wait until it
/// is.
///
/// Drops: NEIGHBOR_QUEUE_FULL, NEIGHBOR_TABLE_FULL, NEIGHBOR_RATE_LIMITED, NO_BUFFER, and what a
/// loopback interface is not for.
final class NeighbourOutput {
  private final PacketPool pool;
  private final Drops drops;
  private final NeighbourTable neighbours;
  private final EthernetOutput ethernet;
  private final DropReason ofLoopback;

  NeighbourOutput(
      PacketPool pool,
      Drops drops,
      NeighbourTable neighbours,
      EthernetOutput ethernet,
      DropReason ofLoopback) {
    this.pool = pool;
    this.drops = drops;
    this.neighbours = neighbours;
    this.ethernet = ethernet;
    this.ofLoopback = ofLoopback;
  }

  /// Sends a packet that fits, which is taken over.
  ///
  /// @param mac what the neighbour table says of the neighbour
  /// @param origin the interface that it came in by, 0: none
  void send(
      RouterInterface out,
      long high,
      long low,
      long mac,
      long packet,
      int length,
      int origin,
      long nowNs) {
    if (mac != NeighbourTable.UNKNOWN_MAC) {
      ethernet.send(out, mac, packet, length);
    } else if (out.isLoopback()) {
      drops.drop(ofLoopback, packet);
    } else {
      await(out, high, low, packet, length, origin, nowNs);
    }
  }

  private void await(
      RouterInterface out, long high, long low, long packet, int length, int origin, long nowNs) {
    // Large buffers are few: nobody keeps one by asking about a datagram in fragments.
    long kept = pool.moveToSmall(packet, length);
    if (kept < 0) {
      drops.drop(DropReason.NO_BUFFER, packet);
      return;
    }
    switch (neighbours.await(out.index(), high, low, kept, length, origin, nowNs)) {
      case QUEUED -> {}
      case QUEUE_FULL -> drops.drop(DropReason.NEIGHBOR_QUEUE_FULL, kept);
      case TABLE_FULL -> drops.drop(DropReason.NEIGHBOR_TABLE_FULL, kept);
      case RATE_LIMITED -> drops.drop(DropReason.NEIGHBOR_RATE_LIMITED, kept);
    }
  }
}
