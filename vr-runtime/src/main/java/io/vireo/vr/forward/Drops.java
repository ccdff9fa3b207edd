package io.vireo.vr.forward;

import io.vireo.drivers.PacketPool;

/// Ends packets: frees the buffer and counts the reason. Owned by the worker.
public final class Drops {
  private final PacketPool pool;
  private final long[] counts = new long[DropReason.values().length];

  public Drops(PacketPool pool) {
    this.pool = pool;
  }

  public void drop(DropReason reason, long packet) {
    counts[reason.ordinal()]++;
    pool.free(packet);
  }

  /// Counts a loss whose buffer goes on carrying the answer to it.
  void note(DropReason reason) {
    counts[reason.ordinal()]++;
  }

  /// Counts losses whose buffers are freed elsewhere.
  void note(DropReason reason, int packets) {
    counts[reason.ordinal()] += packets;
  }

  public long count(DropReason reason) {
    return counts[reason.ordinal()];
  }
}
