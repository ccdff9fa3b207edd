package io.vireo.vr.fib;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// A node of 256 cells, of which equal neighbours are kept once.
///
/// ```text
///  byte  0 | bitmap: bit c is set where cell c differs from cell c - 1   (4 words of 64) |
///       32 | runs before word 1, 2, 3 (a byte each, from bit 8)          |
///       36 | number of runs - 1                                          |
///       40 | one value for each run (32 bits)                            |
/// ```
///
/// A cell's value is found by counting the bits up to it. A node of up to six runs is one cache
/// line; one of 256 takes 17.
///
/// All is aligned. Reads do not say so, which spares them a check.
///
/// ```text
///  value, leaf:  0 | length (8) | group (23)       the route that covers this cell
///         child: 1 | 0 | 0 | block of the node (29)
/// ```
final class TrieNode {
  static final int CELLS = 256;
  static final int GROUP_BITS = 23;
  static final int GROUP = (1 << GROUP_BITS) - 1;
  static final int BLOCK = 0x1fff_ffff;

  private static final int CHILD = 0x8000_0000;
  private static final int WORDS = 4;
  private static final int COUNTS = 32;
  private static final int LAST_RUN = 36;
  private static final int VALUES = 40;

  private TrieNode() {}

  static int leaf(int length, int group) {
    return length << GROUP_BITS | group;
  }

  /// The length of the prefix that a leaf comes from.
  static int length(int leaf) {
    return leaf >>> GROUP_BITS;
  }

  static int child(int block) {
    return CHILD | block;
  }

  static boolean isChild(int value) {
    return value < 0;
  }

  /// A child as it is, a leaf as its group.
  ///
  /// @param otherwise the group where no route is
  static int groupOrChild(int value, int otherwise) {
    // Masks, as the compiler would branch, and a branch on what comes from far memory stalls.
    int child = value >> 31;
    return value & child | group(value, otherwise) & ~child;
  }

  /// A leaf's group.
  ///
  /// @param otherwise the group where no route is
  static int group(int leaf, int otherwise) {
    int group = leaf & GROUP;
    return group | otherwise & group - 1 >> 31;
  }

  /// The value of cell `c`, 0 to 255, of the node that `child` names.
  static int cell(MemorySegment memory, int child, int c) {
    return at(memory, place(memory, child, c));
  }

  /// Where the value of cell `c` is, in values from the start of the memory.
  static int place(MemorySegment memory, int child, int c) {
    long node = (long) (child & BLOCK) * TrieMemory.LINE_BYTES;
    int word = c >>> 6;
    long bits = memory.get(ValueLayout.JAVA_LONG_UNALIGNED, node + word * Long.BYTES);
    int before =
        memory.get(ValueLayout.JAVA_INT_UNALIGNED, node + COUNTS) >>> word * Byte.SIZE & 0xff;
    // The shift takes the low six bits: cell c's bit becomes the highest. A rank counts from 1.
    int rank = before + Long.bitCount(bits << ~c);
    return (child & BLOCK) * (TrieMemory.LINE_BYTES / Integer.BYTES)
        + (VALUES / Integer.BYTES - 1)
        + rank;
  }

  static int at(MemorySegment memory, int place) {
    return memory.get(ValueLayout.JAVA_INT_UNALIGNED, (long) place * Integer.BYTES);
  }

  /// Writes the value of the run that cell `c` is in.
  static void setRun(MemorySegment memory, int child, int c, int value) {
    memory.set(ValueLayout.JAVA_INT, (long) place(memory, child, c) * Integer.BYTES, value);
  }

  /// How many lines a node of so many runs takes.
  static int lines(int runs) {
    int bytes = VALUES + runs * Integer.BYTES;
    return (bytes + TrieMemory.LINE_BYTES - 1) / TrieMemory.LINE_BYTES;
  }

  static int runs(MemorySegment memory, int child) {
    return memory.get(ValueLayout.JAVA_INT_UNALIGNED, TrieMemory.offset(child & BLOCK) + LAST_RUN)
        + 1;
  }

  /// Writes all cells' values to `cells`.
  static void decode(MemorySegment memory, int child, int[] cells) {
    long node = TrieMemory.offset(child & BLOCK);
    int run = -1;
    int value = 0;
    for (int word = 0; word < WORDS; word++) {
      long bits = memory.get(ValueLayout.JAVA_LONG_UNALIGNED, node + word * Long.BYTES);
      for (int c = 0; c < Long.SIZE; c++) {
        if ((bits >>> c & 1) != 0) {
          run++;
          value = memory.get(ValueLayout.JAVA_INT_UNALIGNED, node + VALUES + run * Integer.BYTES);
        }
        cells[word * Long.SIZE + c] = value;
      }
    }
  }

  /// How many runs these cells make.
  static int countRuns(int[] cells) {
    int runs = 1;
    for (int c = 1; c < CELLS; c++) {
      runs += cells[c] == cells[c - 1] ? 0 : 1;
    }
    return runs;
  }

  /// Whether a node's runs begin where those of `cells` do.
  static boolean sameRuns(MemorySegment memory, int child, int[] cells) {
    long node = TrieMemory.offset(child & BLOCK);
    for (int word = 0; word < WORDS; word++) {
      if (memory.get(ValueLayout.JAVA_LONG_UNALIGNED, node + word * Long.BYTES)
          != bitmap(cells, word)) {
        return false;
      }
    }
    return true;
  }

  /// Writes the values alone, each at once for a reader.
  static void encodeValues(MemorySegment memory, int block, int[] cells) {
    long at = TrieMemory.offset(block) + VALUES;
    memory.set(ValueLayout.JAVA_INT, at, cells[0]);
    for (int c = 1; c < CELLS; c++) {
      if (cells[c] != cells[c - 1]) {
        at += Integer.BYTES;
        memory.set(ValueLayout.JAVA_INT, at, cells[c]);
      }
    }
  }

  /// Writes a whole node that no reader knows yet.
  static void encode(MemorySegment memory, int block, int[] cells) {
    long node = TrieMemory.offset(block);
    int counts = 0;
    int runs = 0;
    for (int word = 0; word < WORDS; word++) {
      long bits = bitmap(cells, word);
      memory.set(ValueLayout.JAVA_LONG, node + word * Long.BYTES, bits);
      counts |= runs << word * Byte.SIZE;
      runs += Long.bitCount(bits);
    }
    memory.set(ValueLayout.JAVA_INT, node + COUNTS, counts);
    memory.set(ValueLayout.JAVA_INT, node + LAST_RUN, runs - 1);
    encodeValues(memory, block, cells);
  }

  private static long bitmap(int[] cells, int word) {
    int first = word * Long.SIZE;
    long bits = first == 0 || cells[first] != cells[first - 1] ? 1 : 0;
    for (int c = 1; c < Long.SIZE; c++) {
      bits |= (cells[first + c] != cells[first + c - 1] ? 1L : 0L) << c;
    }
    return bits;
  }
}
