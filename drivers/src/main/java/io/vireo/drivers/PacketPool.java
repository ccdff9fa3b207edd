package io.vireo.drivers;

import io.vireo.drivers.linux.LinuxException;
import io.vireo.drivers.linux.MemoryMapping;
import java.lang.foreign.MemorySegment;

/// One region of fixed-size packet buffers and the stack of those that are free.
///
/// A packet is the offset of its first byte in [#memory]. Buffers are aligned to their power-of-two
/// size, so any offset inside a buffer finds it again.
///
/// ```text
///  | headroom 128 |        frame, at most BUFFER_BYTES - 128         |
///  ^ buffer       ^ where receive puts the first byte of a frame
/// ```
///
/// Behind them lie a few large buffers, each for a whole datagram of 65535 bytes that came in
/// fragments; what leaves is cut up again, so that no port meets one.
///
/// Owned by the worker. Freeing a buffer twice is our own mistake: it is caught when the stack
/// overflows, and by [#available] in tests.
public final class PacketPool implements AutoCloseable {
  /// The size of every buffer, as AF_XDP's aligned mode wants it.
  public static final int BUFFER_BYTES = 2048;

  /// Room before a received frame for headers that are pushed on its way.
  public static final int HEADROOM_BYTES = 128;

  /// The longest frame a buffer holds.
  public static final int FRAME_BYTES = BUFFER_BYTES - HEADROOM_BYTES;

  /// Large buffers.
  public static final int LARGE_BUFFERS = 8;

  /// The longest packet that a large buffer holds.
  public static final int LARGE_BYTES = 1 << 16;

  private static final int LARGE_STRIDE = LARGE_BYTES + BUFFER_BYTES;

  private static final int BUFFER_SHIFT = Integer.numberOfTrailingZeros(BUFFER_BYTES);

  private static final int LINE_BYTES = 64;
  private static final int COLOURS = 16;
  private static final int COLOURED_BYTES = FRAME_BYTES - COLOURS * LINE_BYTES;

  private final MemoryMapping mapping;
  private final MemorySegment memory;
  private final int[] free;
  private final long[] freeLarge = new long[LARGE_BUFFERS];
  private final long firstLarge;
  private int available;
  private int availableLarge;

  private PacketPool(MemoryMapping mapping, int buffers) {
    this.mapping = mapping;
    this.memory = mapping.segment();
    this.free = new int[buffers];
    for (int buffer = buffers - 1; buffer >= 0; buffer--) {
      free[available++] = buffer;
    }
    firstLarge = (long) buffers << BUFFER_SHIFT;
    while (availableLarge < LARGE_BUFFERS) {
      freeLarge[availableLarge] = firstLarge + (long) availableLarge * LARGE_STRIDE;
      availableLarge++;
    }
  }

  /// A pool of `buffers` buffers. Pages are touched as they are first used.
  public static PacketPool create(int buffers) throws LinuxException {
    if (buffers <= 0) {
      throw new IllegalArgumentException("a pool of " + buffers + " buffers; at least 1 is needed");
    }
    long bytes = ((long) buffers << BUFFER_SHIFT) + (long) LARGE_BUFFERS * LARGE_STRIDE;
    return new PacketPool(MemoryMapping.anonymous(bytes), buffers);
  }

  /// The region every packet offset points into.
  public MemorySegment memory() {
    return memory;
  }

  /// Takes a free buffer.
  ///
  /// @return the offset behind its headroom, or -1 when none is left
  public long allocate() {
    return available == 0 ? -1 : ((long) free[--available] << BUFFER_SHIFT) + HEADROOM_BYTES;
  }

  /// Takes a free buffer for a frame of known length, and puts short ones at different distances
  /// from the buffers' starts. Were they all at one distance, a vector's headers would share the
  /// few cache sets that buffers of a power of two begin in, and stores to one would hold up loads
  /// from the next.
  ///
  /// @return where the frame is to begin, or -1 when no buffer is left
  public long allocate(int frameBytes) {
    if (available == 0) {
      return -1;
    }
    int buffer = free[--available];
    int shift = frameBytes <= COLOURED_BYTES ? (buffer & COLOURS - 1) * LINE_BYTES : 0;
    return ((long) buffer << BUFFER_SHIFT) + HEADROOM_BYTES + shift;
  }

  /// Takes a large buffer.
  ///
  /// @return the offset behind its headroom, or -1 when none is left
  public long allocateLarge() {
    return availableLarge == 0 ? -1 : freeLarge[--availableLarge] + HEADROOM_BYTES;
  }

  /// Moves a packet out of a large buffer, which is freed; one in a buffer of the usual size stays.
  ///
  /// @return where it is now, or -1, with nothing done, when no buffer is left or it does not fit
  public long moveToSmall(long packet, int length) {
    if (packet < firstLarge) {
      return packet;
    }
    long moved = length > FRAME_BYTES ? -1 : allocate();
    if (moved >= 0) {
      MemorySegment.copy(memory, packet, memory, moved, length);
      free(packet);
    }
    return moved;
  }

  /// Gives back the buffer that `offset` lies in.
  public void free(long offset) {
    if (offset < firstLarge) {
      free[available++] = (int) (offset >>> BUFFER_SHIFT);
    } else {
      freeLarge[availableLarge++] = offset - (offset - firstLarge) % LARGE_STRIDE;
    }
  }

  /// Gives back every packet of `vector` and empties it.
  public void freeAll(PacketVector vector) {
    for (int i = 0; i < vector.size(); i++) {
      free(vector.offset(i));
    }
    vector.clear();
  }

  /// The first byte of the buffer that `offset` lies in.
  public static long bufferStart(long offset) {
    return offset & -BUFFER_BYTES;
  }

  /// How many bytes lie between `offset` and the end of its buffer.
  public static int roomBehind(long offset) {
    return (int) (bufferStart(offset) + BUFFER_BYTES - offset);
  }

  public int available() {
    return available;
  }

  /// Large buffers that are free.
  public int availableLarge() {
    return availableLarge;
  }

  public int capacity() {
    return free.length;
  }

  /// Unmaps the region. No port or vector may touch it afterwards.
  @Override
  public void close() {
    mapping.close();
  }
}
