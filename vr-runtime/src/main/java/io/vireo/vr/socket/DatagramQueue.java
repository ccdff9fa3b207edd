package io.vireo.vr.socket;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A bounded queue of datagrams between two threads: one puts, one takes, nobody waits.
///
/// ```text
///  record: length (4) | source (4) | ports (4) | destination (4) | ttl (4) | - (4) | bytes, padded
/// ```
///
/// A record never wraps: a length of -1 says that the next one is at the start.
final class DatagramQueue {
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
  private static final int HEADER_BYTES = 24;
  private static final int WRAP = -1;

  private final int capacityBytes;
  private final MemorySegment ring;
  private final AtomicLong tail = new AtomicLong();
  private final AtomicLong head = new AtomicLong();
  private final AtomicLong payloadPut = new AtomicLong();
  private final AtomicLong payloadTaken = new AtomicLong();

  /// @param capacityBytes a power of two
  DatagramQueue(int capacityBytes) {
    this.capacityBytes = capacityBytes;
    this.ring = MemorySegment.ofArray(new byte[capacityBytes]);
  }

  /// @return false when it does not fit; the datagram is lost then
  boolean put(
      MemorySegment from,
      long offset,
      int length,
      int source,
      int sourcePort,
      int destination,
      int destinationPort,
      int ttl) {
    int recordBytes = HEADER_BYTES + (length + 7 & ~7);
    long at = tail.get();
    int start = (int) at & (capacityBytes - 1);
    int toEnd = capacityBytes - start;
    int skipped = recordBytes > toEnd ? toEnd : 0;
    if (at + skipped + recordBytes - head.get() > capacityBytes) {
      return false;
    }
    if (skipped > 0) {
      ring.set(INT, start, WRAP);
      start = 0;
    }
    ring.set(INT, start, length);
    ring.set(INT, start + 4, source);
    ring.set(INT, start + 8, sourcePort << 16 | destinationPort);
    ring.set(INT, start + 12, destination);
    ring.set(INT, start + 16, ttl);
    MemorySegment.copy(from, offset, ring, start + HEADER_BYTES, length);
    payloadPut.setRelease(payloadPut.getPlain() + length);
    tail.setRelease(at + skipped + recordBytes);
    return true;
  }

  boolean isEmpty() {
    return head.get() == tail.getAcquire();
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
    long at = head.get();
    if (at == tail.getAcquire()) {
      return -1;
    }
    int start = (int) at & (capacityBytes - 1);
    if (ring.get(INT, start) == WRAP) {
      head.setRelease(at + capacityBytes - start);
      return 0;
    }
    return start;
  }

  int length(int record) {
    return ring.get(INT, record);
  }

  int source(int record) {
    return ring.get(INT, record + 4);
  }

  int sourcePort(int record) {
    return ring.get(INT, record + 8) >>> 16;
  }

  int destinationPort(int record) {
    return ring.get(INT, record + 8) & 0xffff;
  }

  int destination(int record) {
    return ring.get(INT, record + 12);
  }

  int ttl(int record) {
    return ring.get(INT, record + 16);
  }

  void copyPayload(int record, MemorySegment to, long offset) {
    MemorySegment.copy(ring, record + HEADER_BYTES, to, offset, length(record));
  }

  /// Ends the record that [#oldest] found.
  void remove(int record) {
    payloadTaken.setRelease(payloadTaken.getPlain() + length(record));
    head.setRelease(head.get() + HEADER_BYTES + (length(record) + 7 & ~7));
  }
}
