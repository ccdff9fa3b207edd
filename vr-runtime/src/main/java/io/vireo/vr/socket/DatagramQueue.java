package io.vireo.vr.socket;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A bounded queue of datagrams between two threads: one puts, one takes, nobody waits.
///
/// ```text
///  record: length (4) | source (4) | ports (4) | destination (4) | ttl (4) | - (4) | bytes, padded
/// ```
///
/// It has no memory before the first datagram. One that does not fit begins a ring twice as large,
/// which the taker comes to when the one before is empty. A record never wraps: a length of -1 says
/// that the next one is at the start.
final class DatagramQueue {
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
  private static final int HEADER_BYTES = 24;
  private static final int WRAP = -1;
  private static final int FIRST_BYTES = 1 << 12;

  /// The outcomes of [#put].
  enum Put {
    QUEUED,
    /// The queue has its full size and is full: what is taken makes room.
    FULL,
    /// There is no memory for a larger ring.
    NO_MEMORY
  }

  private static final class Ring {
    final int capacityBytes;
    final MemorySegment memory;
    final AtomicLong tail = new AtomicLong();
    final AtomicLong head = new AtomicLong();
    volatile @Nullable Ring larger;

    Ring(int capacityBytes) {
      this.capacityBytes = capacityBytes;
      this.memory = MemorySegment.ofArray(new byte[capacityBytes]);
    }

    boolean isEmpty() {
      return head.get() == tail.getAcquire();
    }

    /// Where a record of that size goes, or -1. The tail is the caller's to move.
    int place(int recordBytes) {
      long at = tail.get();
      int start = (int) at & (capacityBytes - 1);
      int toEnd = capacityBytes - start;
      int skipped = recordBytes > toEnd ? toEnd : 0;
      if (at + skipped + recordBytes - head.get() > capacityBytes) {
        return -1;
      }
      if (skipped > 0) {
        memory.set(INT, start, WRAP);
        return 0;
      }
      return start;
    }

    void publish(int start, int recordBytes) {
      long at = tail.get();
      int position = (int) at & (capacityBytes - 1);
      int skipped = position == start ? 0 : capacityBytes - position;
      tail.setRelease(at + skipped + recordBytes);
    }
  }

  private final int maxBytes;
  private final SocketMemory.Share share;
  private @Nullable Ring writing;
  private volatile @Nullable Ring reading;
  private final AtomicLong payloadPut = new AtomicLong();
  private final AtomicLong payloadTaken = new AtomicLong();

  /// @param maxBytes of the largest ring, a power of two
  DatagramQueue(int maxBytes, SocketMemory.Share share) {
    this.maxBytes = maxBytes;
    this.share = share;
  }

  /// Anything but QUEUED: the datagram is lost.
  Put put(
      MemorySegment from,
      long offset,
      int length,
      int source,
      int sourcePort,
      int destination,
      int destinationPort,
      int ttl) {
    int recordBytes = HEADER_BYTES + (length + 7 & ~7);
    Ring before = writing;
    Ring ring = before;
    int start = ring == null ? -1 : ring.place(recordBytes);
    if (ring == null || start < 0) {
      int wantedBytes = ring == null ? FIRST_BYTES : 2 * ring.capacityBytes;
      while (wantedBytes < recordBytes) {
        wantedBytes *= 2;
      }
      if (wantedBytes > maxBytes) {
        return Put.FULL;
      }
      if (!share.take(wantedBytes)) {
        return Put.NO_MEMORY;
      }
      ring = new Ring(wantedBytes);
      start = 0;
    }
    MemorySegment memory = ring.memory;
    memory.set(INT, start, length);
    memory.set(INT, start + 4, source);
    memory.set(INT, start + 8, sourcePort << 16 | destinationPort);
    memory.set(INT, start + 12, destination);
    memory.set(INT, start + 16, ttl);
    MemorySegment.copy(from, offset, memory, start + HEADER_BYTES, length);
    payloadPut.setRelease(payloadPut.getPlain() + length);
    ring.publish(start, recordBytes);
    if (before == null) {
      reading = ring;
    } else if (ring != before) {
      before.larger = ring;
    }
    writing = ring;
    return Put.QUEUED;
  }

  boolean isEmpty() {
    Ring ring = reading;
    return ring == null || (ring.isEmpty() && ring.larger == null);
  }

  /// Payload inside, as any thread may see it.
  long payloadBytes() {
    long taken = payloadTaken.getAcquire(); // first, so that the difference is never negative
    return payloadPut.getAcquire() - taken;
  }

  /// The oldest datagram, copied out, or null.
  @Nullable Datagram take() {
    int start = oldest();
    if (start < 0) {
      return null;
    }
    MemorySegment ring = memory();
    int length = ring.get(INT, start);
    ByteBuffer payload = ByteBuffer.allocate(length);
    MemorySegment.copy(ring, start + HEADER_BYTES, MemorySegment.ofBuffer(payload), 0, length);
    int ports = ring.get(INT, start + 8);
    Datagram taken =
        new Datagram(
            new Endpoint(ring.get(INT, start + 4), ports >>> 16),
            new Endpoint(ring.get(INT, start + 12), ports & 0xffff),
            ring.get(INT, start + 16),
            payload);
    remove(start);
    return taken;
  }

  /// Where the oldest record starts, or -1: for a consumer that reads in place.
  int oldest() {
    Ring ring = reading;
    if (ring == null) {
      return -1;
    }
    while (ring.isEmpty()) {
      Ring larger = ring.larger;
      if (larger == null) {
        return -1;
      }
      if (ring.isEmpty()) { // asked again: nothing is put here once there is a larger one
        share.giveBack(ring.capacityBytes);
        reading = larger;
        ring = larger;
      }
    }
    long at = ring.head.get();
    int start = (int) at & (ring.capacityBytes - 1);
    if (ring.memory.get(INT, start) == WRAP) {
      ring.head.setRelease(at + ring.capacityBytes - start);
      return 0;
    }
    return start;
  }

  int length(int record) {
    return memory().get(INT, record);
  }

  int source(int record) {
    return memory().get(INT, record + 4);
  }

  int sourcePort(int record) {
    return memory().get(INT, record + 8) >>> 16;
  }

  int destinationPort(int record) {
    return memory().get(INT, record + 8) & 0xffff;
  }

  int destination(int record) {
    return memory().get(INT, record + 12);
  }

  int ttl(int record) {
    return memory().get(INT, record + 16);
  }

  void copyPayload(int record, MemorySegment to, long offset) {
    MemorySegment.copy(memory(), record + HEADER_BYTES, to, offset, length(record));
  }

  /// Ends the record that [#oldest] found.
  void remove(int record) {
    payloadTaken.setRelease(payloadTaken.getPlain() + length(record));
    AtomicLong head = current().head;
    head.setRelease(head.get() + HEADER_BYTES + (length(record) + 7 & ~7));
  }

  private MemorySegment memory() {
    return current().memory;
  }

  private Ring current() {
    return Objects.requireNonNull(reading, "no record without a ring");
  }
}
