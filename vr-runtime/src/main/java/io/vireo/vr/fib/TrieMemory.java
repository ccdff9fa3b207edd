package io.vireo.vr.fib;

import io.vireo.drivers.linux.LinuxException;
import io.vireo.drivers.linux.MemoryMapping;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The memory of one trie: a large address range, of which pages become real as they are used, cut
/// into blocks of whole cache lines.
///
/// A block is named by the number of its first line. It never moves, so that readers need no lock;
/// freed ones of one size are kept in a list through their first word. What a reader may still be
/// in is given to [#retire] and free only after [#reclaim].
final class TrieMemory implements AutoCloseable {
  static final int LINE_BYTES = 64;

  /// Address space, not memory: room for some twenty million routes.
  private static final long RESERVED_BYTES = 1L << 30;

  // A small table stays on small pages, and so costs what it uses.
  private static final long SMALL_BYTES = 2L << 20;
  private static final int MAX_LINES = 17;
  private static final int PAGE_LINES = 4096 / LINE_BYTES;
  private static final int NONE = 0;

  /// Of a block's number: [#RESERVED_BYTES] in lines.
  private static final int BLOCK_BITS = 24;

  private final MemoryMapping mapping;
  private final MemorySegment segment;
  private final int[] freeHead = new int[MAX_LINES + 1];
  private final Retired retired;
  // Line 0 is never given out: 0 ends a free list.
  private int next = 1;
  private int inUse;

  TrieMemory(Epochs epochs) {
    this.retired = new Retired(epochs, this::free);
    try {
      this.mapping = MemoryMapping.reserve(RESERVED_BYTES, SMALL_BYTES);
    } catch (LinuxException failed) {
      throw new IllegalStateException("no address space for a forwarding table", failed);
    }
    this.segment = mapping.segment();
  }

  MemorySegment segment() {
    return segment;
  }

  /// A block with undefined content.
  ///
  /// @param lines 1 to 17
  int allocate(int lines) {
    inUse += lines;
    if (freeHead[lines] != NONE) {
      int block = freeHead[lines];
      freeHead[lines] = segment.get(ValueLayout.JAVA_INT, offset(block));
      return block;
    }
    return take(next, lines);
  }

  /// A block that is zero, begins a page and stays; its owner counts what is used of it.
  int allocateTable(int lines) {
    return take(next + PAGE_LINES - 1 & -PAGE_LINES, lines);
  }

  private int take(int block, int lines) {
    if ((long) (block + lines) * LINE_BYTES > RESERVED_BYTES) {
      throw new IllegalStateException(
          "the forwarding table is full: " + (RESERVED_BYTES >> 20) + " MB");
    }
    next = block + lines;
    return block;
  }

  /// Gives back a block that readers may be in for now.
  void retire(int block, int lines) {
    retired.add(lines << BLOCK_BITS | block);
  }

  /// Frees what was retired and no reader is in any more.
  void reclaim() {
    retired.collect();
  }

  private void free(int retiredBlock) {
    int block = retiredBlock & (1 << BLOCK_BITS) - 1;
    int lines = retiredBlock >>> BLOCK_BITS;
    segment.set(ValueLayout.JAVA_INT, offset(block), freeHead[lines]);
    freeHead[lines] = block;
    inUse -= lines;
  }

  /// Gives the pages of a table back, which is zero from then on. A reader that is still in it
  /// finds no route.
  void clear(int block, int lines) {
    mapping.release(offset(block), (long) lines * LINE_BYTES);
  }

  static long offset(int block) {
    return (long) block * LINE_BYTES;
  }

  /// Memory of all blocks given out, tables left out.
  long usedBytes() {
    return (long) inUse * LINE_BYTES;
  }

  @Override
  public void close() {
    mapping.close();
  }
}
