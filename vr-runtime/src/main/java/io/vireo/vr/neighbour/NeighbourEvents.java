package io.vireo.vr.neighbour;

/// What the neighbour table wants done. Called on the worker.
public interface NeighbourEvents {
  /// Ask who has an address; by unicast to `mac` when it is not [NeighbourTable#UNKNOWN_MAC].
  void solicit(int interfaceIndex, long high, long low, long mac);

  /// Whether one more neighbour that nothing is known of may be asked for on an interface: each
  /// costs the link a packet, and its hosts a look at it.
  boolean maySolicit(int interfaceIndex, long nowNs);

  /// The neighbour is known: send the waiting packet, which starts at its IP header.
  void release(int interfaceIndex, long mac, long packet, int length);

  /// Nobody answered: the waiting packet is lost. `origin` is the interface it came from.
  void abandon(int origin, long packet, int length);

  /// What was known of a neighbour does not hold any more, or needs a new look: who sent to it
  /// without asking asks again.
  void changed(int interfaceIndex, long high, long low);

  /// Whether routes lead over this neighbour: it is worth more than others.
  boolean isNextHop(int interfaceIndex, long high, long low);

  /// The waiting packet had to make room: it is freed and counted, nobody is told.
  void discard(long packet);
}
