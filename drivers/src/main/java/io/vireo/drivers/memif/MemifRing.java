package io.vireo.drivers.memif;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/// A ring of descriptors in shared memory.
///
/// ```text
///    0 | cookie (32) | flags (16) | head (16) |            the client writes
///   64 | tail (16) |                                       the server writes
///  128 | descriptors of 16 bytes:
///        flags (16) | region (16) | length (32) | offset (32) | metadata (32)
/// ```
///
/// `head` and `tail` count on and on; their low bits are the place in the ring.
final class MemifRing {
  static final int COOKIE = 0x3e31f20;

  /// In a descriptor: the packet goes on in the next one.
  static final int FLAG_NEXT = 1;

  /// In a ring's flags: who takes from it polls and wants no signal.
  static final int FLAG_NO_SIGNAL = 1;

  /// Rings begin on a cache line.
  static final int ALIGNMENT = 64;

  private static final int FLAGS = 4;
  private static final int HEAD = 6;
  private static final int TAIL = 64;
  private static final int DESCRIPTORS = 128;
  private static final int DESCRIPTOR_BYTES = 16;
  private static final int OFFSET = 8;
  private static final VarHandle SHORT = ValueLayout.JAVA_SHORT.varHandle();

  private final MemorySegment memory;
  private final long base;
  private final int size;

  /// @param base where in `memory` the ring begins: all of it is inside
  MemifRing(MemorySegment memory, long base, int log2Size) {
    this.memory = memory;
    this.base = base;
    this.size = 1 << log2Size;
  }

  static long bytes(int log2Size) {
    return DESCRIPTORS + ((long) DESCRIPTOR_BYTES << log2Size);
  }

  /// Makes an empty ring.
  void initialize() {
    memory.set(ValueLayout.JAVA_INT, base, COOKIE);
    SHORT.setRelease(memory, base + FLAGS, (short) 0);
    setHead(0);
    setTail(0);
  }

  boolean hasCookie() {
    return memory.get(ValueLayout.JAVA_INT, base) == COOKIE;
  }

  int size() {
    return size;
  }

  int head() {
    return (short) SHORT.getAcquire(memory, base + HEAD) & 0xffff;
  }

  void setHead(int head) {
    SHORT.setRelease(memory, base + HEAD, (short) head);
  }

  int tail() {
    return (short) SHORT.getAcquire(memory, base + TAIL) & 0xffff;
  }

  void setTail(int tail) {
    SHORT.setRelease(memory, base + TAIL, (short) tail);
  }

  boolean wantsSignal() {
    VarHandle.fullFence(); // what was put in the ring is seen before the flag is looked at
    return ((short) SHORT.getAcquire(memory, base + FLAGS) & FLAG_NO_SIGNAL) == 0;
  }

  void setWantsSignal(boolean wanted) {
    SHORT.setRelease(memory, base + FLAGS, (short) (wanted ? 0 : FLAG_NO_SIGNAL));
    VarHandle.fullFence(); // the flag is seen before the ring is looked at again
  }

  /// Where the descriptor of that count is.
  long descriptor(int count) {
    return base + DESCRIPTORS + (long) (count & size - 1) * DESCRIPTOR_BYTES;
  }

  /// Flags (from bit 0), region (from bit 16) and length (from bit 32), read at once.
  long word(long descriptor) {
    return memory.get(ValueLayout.JAVA_LONG, descriptor);
  }

  void setWord(long descriptor, int flags, int region, int length) {
    long word = (long) length << 32 | (long) region << 16 | flags;
    memory.set(ValueLayout.JAVA_LONG, descriptor, word);
  }

  long offset(long descriptor) {
    return memory.get(ValueLayout.JAVA_INT, descriptor + OFFSET) & 0xffff_ffffL;
  }

  void setOffset(long descriptor, long offset) {
    memory.set(ValueLayout.JAVA_INT, descriptor + OFFSET, (int) offset);
  }
}
