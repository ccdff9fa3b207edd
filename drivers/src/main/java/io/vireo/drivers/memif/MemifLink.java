package io.vireo.drivers.memif;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.drivers.PortStatistics;
import io.vireo.drivers.linux.EventDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/// A queue's part of a connection, as its worker uses it: a ring to take from, a ring to put into,
/// and the regions that their descriptors point to, which are the connection's.
///
/// As the server, packets are where the peer's descriptors say, within bounds; as the client, in
/// buffers of our own, whose places the peer cannot change.
final class MemifLink implements AutoCloseable {
  /// A client's buffers.
  static final int BUFFER_BYTES = PacketPool.BUFFER_BYTES;

  private static final int COPY_BY_WORDS_BYTES = 128;

  private final boolean server;
  private final MemorySegment[] memory;
  private final MemifRing in;
  private final MemifRing out;
  private final EventDescriptor inSignal;
  private final EventDescriptor outSignal;
  private final long inBuffers;
  private final long outBuffers;
  private final PortStatistics statistics;
  private int inNext;
  private int outNext;
  private boolean polling;
  private @Nullable String fault;

  /// @param inBuffers where in region 0 a client's buffers for receiving begin
  /// @param outBuffers where those for sending begin
  MemifLink(
      boolean server,
      MemifRegions regions,
      MemifRing in,
      EventDescriptor inSignal,
      MemifRing out,
      EventDescriptor outSignal,
      long inBuffers,
      long outBuffers,
      PortStatistics statistics) {
    this.server = server;
    this.memory = regions.segments();
    this.in = in;
    this.inSignal = inSignal;
    this.out = out;
    this.outSignal = outSignal;
    this.inBuffers = inBuffers;
    this.outBuffers = outBuffers;
    this.statistics = statistics;
    this.inNext = server ? in.tail() : 0;
    this.outNext = server ? out.tail() : 0;
    in.setWantsSignal(true);
  }

  /// What the peer did that cannot be, or null.
  @Nullable String fault() {
    return fault;
  }

  int signalDescriptor() {
    return inSignal.fd();
  }

  /// Offers all buffers of a client's ring.
  void offerAll() {
    for (int i = 0; i < in.size(); i++) {
      offer(i);
    }
    in.setHead(in.size());
  }

  private void offer(int count) {
    long descriptor = in.descriptor(count);
    in.setOffset(descriptor, inBuffers + (long) (count & in.size() - 1) * BUFFER_BYTES);
    in.setWord(descriptor, 0, 0, BUFFER_BYTES);
  }

  private int ready() {
    return (server ? in.head() : in.tail()) - inNext & 0xffff;
  }

  /// Whether there is something to take; from now on the peer signals when there is.
  boolean hasPending() {
    if (polling) {
      polling = false;
      in.setWantsSignal(true);
    }
    return ready() != 0;
  }

  int receive(PacketVector vector, PacketPool pool, int receivingInterface) {
    int ready = ready();
    if (ready == 0) {
      return 0;
    }
    if (!polling) {
      polling = true;
      inSignal.drain();
      in.setWantsSignal(false);
    }
    if (ready > in.size()) {
      fault = "its ring of " + in.size() + " descriptors has " + ready;
      return 0;
    }
    int before = vector.size();
    int taken = 0;
    while (taken < ready && vector.remaining() > 0 && fault == null) {
      taken += take(vector, pool, receivingInterface, inNext + taken, ready - taken);
    }
    inNext = inNext + taken & 0xffff;
    if (server) {
      in.setTail(inNext);
    } else {
      in.setHead(inNext + in.size());
    }
    return vector.size() - before;
  }

  /// Takes one packet.
  ///
  /// @return how many descriptors it had
  private int take(
      PacketVector vector, PacketPool pool, int receivingInterface, int count, int ready) {
    long descriptor = in.descriptor(count);
    long word = in.word(descriptor);
    if ((word & MemifRing.FLAG_NEXT) != 0) {
      return takeChain(vector, pool, receivingInterface, count, ready);
    }
    int length = (int) (word >>> 32);
    int region = server ? (int) (word >>> 16) & 0xffff : 0;
    long from = server ? in.offset(descriptor) : inBuffers + slot(in, count);
    if (!isInside(region, from, length, server ? Integer.MAX_VALUE : BUFFER_BYTES)) {
      return 1;
    }
    if (!server) {
      offer(count);
    }
    if (length > PacketPool.FRAME_BYTES) {
      statistics.receiveErrors++;
      return 1;
    }
    long frame = pool.allocate(length);
    if (frame < 0) {
      statistics.receiveDrops++;
      return 1;
    }
    long end = PacketPool.bufferStart(frame) + PacketPool.BUFFER_BYTES;
    copy(memory[region], from, pool.memory(), frame, length, end);
    statistics.receivedFrames++;
    statistics.receivedBytes += length;
    vector.add(frame, length, receivingInterface);
    return 1;
  }

  private static long slot(MemifRing ring, int count) {
    return (long) (count & ring.size() - 1) * BUFFER_BYTES;
  }

  private boolean isInside(int region, long from, int length, int maxLength) {
    if (region < memory.length
        && length >= 0
        && length <= maxLength
        && from + length <= memory[region].byteSize()) {
      return true;
    }
    fault = "a packet of " + length + " bytes at " + from + " of region " + region;
    return false;
  }

  /// A packet in several pieces. One whose end is not there yet cannot be: pieces come together.
  private int takeChain(
      PacketVector vector, PacketPool pool, int receivingInterface, int count, int ready) {
    long frame = pool.allocate();
    int total = 0;
    boolean fits = true;
    for (int piece = 0; piece < ready; piece++) {
      long descriptor = in.descriptor(count + piece);
      long word = in.word(descriptor);
      int length = (int) (word >>> 32);
      int region = server ? (int) (word >>> 16) & 0xffff : 0;
      long from = server ? in.offset(descriptor) : inBuffers + slot(in, count + piece);
      if (!isInside(region, from, length, server ? Integer.MAX_VALUE : BUFFER_BYTES)) {
        break;
      }
      if (!server) {
        offer(count + piece);
      }
      fits &= length <= PacketPool.FRAME_BYTES - total;
      if (frame >= 0 && fits) {
        MemorySegment.copy(memory[region], from, pool.memory(), frame + total, length);
        total += length;
      }
      if ((word & MemifRing.FLAG_NEXT) == 0) {
        finish(vector, pool, receivingInterface, frame, total, fits);
        return piece + 1;
      }
    }
    if (fault == null) {
      fault = "a packet that does not end";
    }
    if (frame >= 0) {
      pool.free(frame);
    }
    return ready;
  }

  private void finish(
      PacketVector vector,
      PacketPool pool,
      int receivingInterface,
      long frame,
      int total,
      boolean fits) {
    if (frame < 0) {
      statistics.receiveDrops++;
    } else if (!fits) {
      statistics.receiveErrors++;
      pool.free(frame);
    } else {
      statistics.receivedFrames++;
      statistics.receivedBytes += total;
      vector.add(frame, total, receivingInterface);
    }
  }

  void transmit(PacketVector vector, PacketPool pool) {
    int free =
        server ? out.head() - outNext & 0xffff : out.size() - (outNext - out.tail() & 0xffff);
    if (free > out.size() || free < 0) {
      fault = "its ring of " + out.size() + " descriptors has room for " + free;
      free = 0;
    }
    int used = 0;
    for (int i = 0; i < vector.size() && used < free && fault == null; i++) {
      used += put(vector, pool, i, outNext + used);
    }
    statistics.transmitDrops += vector.size() - used;
    pool.freeAll(vector);
    if (used == 0) {
      return;
    }
    outNext = outNext + used & 0xffff;
    if (server) {
      out.setTail(outNext);
    } else {
      out.setHead(outNext);
    }
    if (out.wantsSignal()) {
      outSignal.signal();
    }
  }

  /// Puts packet `i` into the buffer of one descriptor.
  ///
  /// @return how many descriptors that took: none where it is too long
  private int put(PacketVector vector, PacketPool pool, int i, int count) {
    int length = vector.length(i);
    long descriptor = out.descriptor(count);
    int region = 0;
    int room = BUFFER_BYTES;
    long to = outBuffers + slot(out, count);
    if (server) {
      long word = out.word(descriptor);
      region = (int) (word >>> 16) & 0xffff;
      to = out.offset(descriptor);
      room = (int) (word >>> 32);
      if (!isInside(region, to, room, Integer.MAX_VALUE)) {
        return 0;
      }
    } else {
      out.setOffset(descriptor, to);
    }
    if (length > room) {
      return 0;
    }
    copy(pool.memory(), vector.offset(i), memory[region], to, length, to + room);
    out.setWord(descriptor, 0, region, length);
    statistics.sentFrames++;
    statistics.sentBytes += length;
    return 1;
  }

  // Short ones by words: up to seven bytes more than asked for, where there is room.
  private static void copy(
      MemorySegment from, long at, MemorySegment to, long into, int length, long end) {
    int words = length + 7 & ~7;
    if (length <= COPY_BY_WORDS_BYTES && at + words <= from.byteSize() && into + words <= end) {
      for (int i = 0; i < words; i += Long.BYTES) {
        long word = from.get(ValueLayout.JAVA_LONG_UNALIGNED, at + i);
        to.set(ValueLayout.JAVA_LONG_UNALIGNED, into + i, word);
      }
    } else {
      MemorySegment.copy(from, at, to, into, length);
    }
  }

  @Override
  public void close() {
    inSignal.close();
    outSignal.close();
  }
}
