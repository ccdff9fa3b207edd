package io.vireo.vr.fib;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Tells the one who writes the forwarding tables when readers on other threads have let go of what
/// it has replaced.
///
/// What is replaced before [#begin] belongs to the epoch that begins then; it has passed when every
/// reader has begun a turn in it, or holds nothing. Readers never wait. Without readers everything
/// has passed at once.
public final class Epochs {
  private static final long HOLDS_NOTHING = Long.MAX_VALUE;

  private final List<Reader> readers = new CopyOnWriteArrayList<>();
  private volatile boolean hasReaders;
  private volatile long epoch;

  /// One thread that reads; its methods are for that thread.
  public final class Reader {
    private volatile long seen = HOLDS_NOTHING;

    private Reader() {}

    /// A turn begins: what was held in those before is let go.
    public void turn() {
      seen = epoch;
    }

    /// Until the next turn nothing is held.
    public void rest() {
      seen = HOLDS_NOTHING;
    }

    /// No turn follows.
    public void close() {
      readers.remove(this);
      hasReaders = !readers.isEmpty();
    }
  }

  /// A new reader, which holds nothing.
  public Reader open() {
    Reader reader = new Reader();
    readers.add(reader);
    hasReaders = true;
    return reader;
  }

  boolean hasReaders() {
    return hasReaders;
  }

  /// Ends an epoch; of the writer.
  ///
  /// @return the one that begins
  long begin() {
    long begun = epoch + 1;
    epoch = begun;
    return begun;
  }

  /// Whether nobody holds what was replaced before that epoch began.
  boolean hasPassed(long begun) {
    for (Reader reader : readers) {
      if (reader.seen < begun) {
        return false;
      }
    }
    return true;
  }

  /// Waits until it has: as long as a reader's turn.
  void await(long begun) {
    while (!hasPassed(begun)) {
      Thread.onSpinWait();
    }
  }
}
