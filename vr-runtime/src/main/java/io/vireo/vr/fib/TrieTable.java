package io.vireo.vr.fib;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.BitSet;

/// The first levels of a trie as one table: a value ([TrieNode]) for each combination of their
/// bits. A page that was never written is zero, which says "no route", and costs nothing.
final class TrieTable {
  private static final int PAGE_CELLS_SHIFT = 10;
  private static final int PAGE_BYTES = Integer.BYTES << PAGE_CELLS_SHIFT;

  private final TrieMemory memory;
  private final MemorySegment segment;
  private final int bits;
  private final int block;
  private final long start;
  private final BitSet touched = new BitSet();

  TrieTable(TrieMemory memory, int bits) {
    this.memory = memory;
    this.segment = memory.segment();
    this.bits = bits;
    this.block = memory.allocateTable(lines(bits));
    this.start = TrieMemory.offset(block);
  }

  private static int lines(int bits) {
    return (Integer.BYTES << bits) / TrieMemory.LINE_BYTES;
  }

  int bits() {
    return bits;
  }

  int block() {
    return block;
  }

  int get(int cell) {
    return segment.get(ValueLayout.JAVA_INT_UNALIGNED, start + (long) cell * Integer.BYTES);
  }

  /// Writes a cell, at once for a reader, after whatever its value names.
  void set(int cell, int value) {
    int page = cell >> PAGE_CELLS_SHIFT;
    if (value == 0 && !touched.get(page)) {
      return;
    }
    touched.set(page);
    VarHandle.storeStoreFence();
    segment.set(ValueLayout.JAVA_INT, start + (long) cell * Integer.BYTES, value);
  }

  /// Gives all pages back; a reader that is still here finds no route.
  void clear() {
    memory.clear(block, lines(bits));
    touched.clear();
  }

  long touchedBytes() {
    return (long) touched.cardinality() * PAGE_BYTES;
  }
}
