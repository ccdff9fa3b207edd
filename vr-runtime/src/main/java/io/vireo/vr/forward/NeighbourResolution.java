package io.vireo.vr.forward;

import io.vireo.drivers.PacketVector;
import io.vireo.vr.fib.AdjacencyTable;
import io.vireo.vr.neighbour.NeighbourEvents;
import java.util.ArrayList;
import java.util.List;

/// What the neighbour tables of both families ask for.
abstract class NeighbourResolution implements NeighbourEvents {
  /// Of neighbours on one link that nothing is known of: RFC 6583 §6.2. A router whose hosts are
  /// all new finds them in seconds; one whose subnet is scanned does not flood it.
  private static final int SOLICITATIONS_PER_SECOND = 1_000;

  // By interface.
  private final List<TokenBucket> solicitations = new ArrayList<>();
  private final AdjacencyTable adjacencies;
  private final EthernetOutput ethernet;
  private final PacketVector one = new PacketVector();
  final InterfaceTable interfaces;
  final Drops drops;

  NeighbourResolution(
      AdjacencyTable adjacencies, InterfaceTable interfaces, Drops drops, EthernetOutput ethernet) {
    this.adjacencies = adjacencies;
    this.interfaces = interfaces;
    this.drops = drops;
    this.ethernet = ethernet;
  }

  @Override
  public final boolean maySolicit(int interfaceIndex, long nowNs) {
    while (solicitations.size() <= interfaceIndex) {
      solicitations.add(new TokenBucket(SOLICITATIONS_PER_SECOND, SOLICITATIONS_PER_SECOND));
    }
    return solicitations.get(interfaceIndex).take(nowNs);
  }

  @Override
  public final void release(int interfaceIndex, long mac, long packet, int length) {
    RouterInterface on = interfaces.lookup(interfaceIndex);
    if (on == null) {
      drops.drop(DropReason.INTERFACE_DOWN, packet);
    } else {
      ethernet.send(on, mac, packet, length);
    }
  }

  @Override
  public final void changed(int interfaceIndex, long high, long low) {
    adjacencies.unresolve(interfaceIndex, high, low);
  }

  @Override
  public final boolean isNextHop(int interfaceIndex, long high, long low) {
    return adjacencies.isNextHop(interfaceIndex, high, low);
  }

  @Override
  public final void discard(long packet) {
    drops.drop(DropReason.NEIGHBOR_TABLE_FULL, packet);
  }

  @Override
  public final void abandon(int origin, long packet, int length) {
    if (!hasRoomForErrors()) {
      drops.drop(DropReason.NEIGHBOR_UNRESOLVED, packet);
      return;
    }
    one.clear();
    one.add(packet, length, origin);
    one.setFlags(0, origin == 0 ? PacketVector.FLAG_LOCAL_ORIGIN : 0);
    unreachable(one);
  }

  abstract boolean hasRoomForErrors();

  /// Tells the sender of the vector's packet that nobody answered.
  abstract void unreachable(PacketVector vector);
}
