package io.vireo.vr.neighbour;

/// The packets that wait for neighbours: few for each, bounded for all together. By entry of the
/// neighbour table, in arrays; owned by the worker.
final class WaitingPackets {
  private final int perEntry;
  private final int most;
  private final int[] count;
  private final long[] packet;
  private final int[] length;
  private final int[] origin;
  private int all;

  /// @param most packets of all entries together
  WaitingPackets(int entries, int perEntry, int most) {
    this.perEntry = perEntry;
    this.most = most;
    this.count = new int[entries];
    this.packet = new long[entries * perEntry];
    this.length = new int[entries * perEntry];
    this.origin = new int[entries * perEntry];
  }

  /// Takes over a packet; false: there is no room.
  boolean add(int entry, long added, int bytes, int from) {
    if (count[entry] == perEntry || all >= most) {
      return false;
    }
    all++;
    int slot = entry * perEntry + count[entry]++;
    packet[slot] = added;
    length[slot] = bytes;
    origin[slot] = from;
    return true;
  }

  /// Hands over all packets of an entry, which are to be asked for before another is added.
  ///
  /// @return how many
  int take(int entry) {
    int taken = count[entry];
    count[entry] = 0;
    all -= taken;
    return taken;
  }

  long packet(int entry, int i) {
    return packet[entry * perEntry + i];
  }

  int length(int entry, int i) {
    return length[entry * perEntry + i];
  }

  int origin(int entry, int i) {
    return origin[entry * perEntry + i];
  }
}
