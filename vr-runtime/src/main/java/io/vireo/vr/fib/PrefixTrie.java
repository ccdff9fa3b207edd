package io.vireo.vr.fib;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/// The part that both families share: a trie of [TrieNode]s, eight bits a level, whose leaves are
/// pushed down: every cell names its answer, so that a lookup never goes back.
///
/// ```text
///  few routes:        top -> node of bits 0..7 -> node of bits 8..15 -> node of bits 16..23 -> ...
///  2,048 and more:    top -> table of 2^16 values, by bits 0..15     -> node of bits 16..23 -> ...
///  131,072 and more:  top -> table of 2^24 values, by bits 0..23              -> node of bits 24..31
/// ```
///
/// The default route stands beside the trie: it is what is found where nothing is, so that a change
/// of it is a change of one number.
///
/// One thread writes. A changed node is written beside the old one and then named by its parent
/// with one store, or, where only values differ, changed by single stores: a reader on another
/// thread finds the old route or the new one. The old node is free after [#reclaim].
///
/// The length in a leaf tells an update which cells are its own: an install takes those of shorter
/// or equal routes, a withdrawal those of its own length.
final class PrefixTrie implements AutoCloseable {
  /// In `top`: it names a table, not a node.
  static final int TABLE = 0x4000_0000;

  /// In `top` beside [#TABLE]: the table is of 24 bits, not of 16.
  static final int WIDE = 0x2000_0000;

  private static final int SMALL_BITS = 16;
  private static final int WIDE_BITS = 24;

  // A table comes with the first number and goes with the second: between them all stays as it is.
  private static final int SMALL_FROM = 2_048;
  private static final int SMALL_UNTIL = 512;
  private static final int WIDE_FROM = 131_072;
  private static final int WIDE_UNTIL = 32_768;

  private final TrieMemory blocks = new TrieMemory();
  private final MemorySegment memory = blocks.segment();
  private final int[][] scratch;
  private final RouteStore routes;
  private int smallBlock;
  private int wideBlock;

  // Of the table in use: its block and how many bits it takes; 0: there is none.
  private int tableBlock;
  private int tableBits;

  // What the update in hand is about.
  private long high;
  private long low;
  private int length;
  private int leaf;
  private boolean withdraw;

  /// What a lookup begins with. Written last.
  private int top;

  private int defaultGroup;

  /// @param maxLength the family's address length in bits: 32 or 128
  PrefixTrie(int maxLength) {
    this.routes = new RouteStore(maxLength > 64);
    this.scratch = new int[maxLength / 8][TrieNode.CELLS];
  }

  MemorySegment memory() {
    return memory;
  }

  int top() {
    return top;
  }

  /// The group where nothing matches: that of the default route, or 0.
  int defaultGroup() {
    return defaultGroup;
  }

  RouteStore routes() {
    return routes;
  }

  /// Installs or replaces a route.
  ///
  /// @param group 1 and up
  /// @return the group it had before, or -1
  int install(long h, long l, int prefixLength, int group) {
    if (group < 1 || group > TrieNode.GROUP) {
      throw new IllegalArgumentException("group " + group + " is not 1.." + TrieNode.GROUP);
    }
    int before = routes.put(h, l, prefixLength, group);
    if (prefixLength == 0) {
      defaultGroup = group;
      return before;
    }
    update(h, l, prefixLength, TrieNode.leaf(prefixLength, group), false);
    if (tableBits == 0 && routes.size() >= SMALL_FROM) {
      toSmallTable();
    } else if (tableBits == SMALL_BITS && routes.size() >= WIDE_FROM) {
      toWideTable();
    }
    return before;
  }

  /// Removes a route; the next shorter one takes over.
  ///
  /// @return the group it had, or -1 when there was none
  int withdraw(long h, long l, int prefixLength) {
    int before = routes.remove(h, l, prefixLength);
    if (before == RouteStore.NONE) {
      return before;
    }
    if (prefixLength == 0) {
      defaultGroup = 0;
      return before;
    }
    update(h, l, prefixLength, routes.cover(h, l, prefixLength), true);
    if (tableBits == WIDE_BITS && routes.size() < WIDE_UNTIL) {
      fromWideTable();
    } else if (tableBits == SMALL_BITS && routes.size() < SMALL_UNTIL) {
      fromSmallTable();
    }
    return before;
  }

  /// No reader is in what was replaced until now.
  void reclaim() {
    blocks.reclaim();
  }

  /// Memory of the trie and of the exact routes.
  long sizeBytes() {
    return blocks.usedBytes() + routes.sizeBytes();
  }

  long trieBytes() {
    return blocks.usedBytes();
  }

  @Override
  public void close() {
    blocks.close();
  }

  private void update(long h, long l, int prefixLength, int newLeaf, boolean isWithdraw) {
    high = h;
    low = l;
    length = prefixLength;
    leaf = newLeaf;
    withdraw = isWithdraw;
    if (tableBits == 0) {
      publish(change(top, 0));
      return;
    }
    int first = (int) (h >>> Long.SIZE - tableBits);
    int count = prefixLength > tableBits ? 1 : 1 << tableBits - prefixLength;
    for (int cell = first; cell < first + count; cell++) {
      int before = tableCell(tableBlock, cell);
      int after = change(before, tableBits);
      if (after != before) {
        store(tableBlock, cell, after);
      }
    }
  }

  private void publish(int newTop) {
    VarHandle.storeStoreFence();
    top = newTop;
  }

  private static long tableAt(int block, int cell) {
    return TrieMemory.offset(block) + (long) cell * Integer.BYTES;
  }

  private int tableCell(int block, int cell) {
    return memory.get(ValueLayout.JAVA_INT, tableAt(block, cell));
  }

  private void store(int block, int cell, int value) {
    VarHandle.storeStoreFence();
    memory.set(ValueLayout.JAVA_INT, tableAt(block, cell), value);
  }

  /// The value for a cell whose prefix of `depth` bits contains the route.
  private int change(int value, int depth) {
    if (length <= depth) {
      return overwrite(value, depth);
    }
    int c = byteAt(depth);
    if (length > depth + 8 && TrieNode.isChild(value)) {
      int before = TrieNode.cell(memory, value, c);
      int after = change(before, depth + 8);
      if (after == before) {
        return value;
      }
      if (TrieNode.isChild(before) && TrieNode.isChild(after)) {
        // A child is a run of its own.
        VarHandle.storeStoreFence();
        TrieNode.setRun(memory, value, c, after);
        return value;
      }
      int[] cells = cells(value, depth);
      cells[c] = after;
      return encode(value, cells);
    }
    int[] cells = cells(value, depth);
    if (length > depth + 8) {
      cells[c] = change(cells[c], depth + 8);
    } else {
      int count = 1 << depth + 8 - length;
      for (int each = c; each < c + count; each++) {
        cells[each] = overwrite(cells[each], depth + 8);
      }
    }
    return encode(value, cells);
  }

  /// The value for a cell of `depth` bits that the route contains.
  private int overwrite(int value, int depth) {
    if (!TrieNode.isChild(value)) {
      int present = TrieNode.length(value);
      return (withdraw ? present == length : present <= length) ? leaf : value;
    }
    int[] cells = cells(value, depth);
    for (int c = 0; c < TrieNode.CELLS; c++) {
      cells[c] = overwrite(cells[c], depth + 8);
    }
    return encode(value, cells);
  }

  private int[] cells(int value, int depth) {
    int[] cells = scratch[depth / 8];
    if (TrieNode.isChild(value)) {
      TrieNode.decode(memory, value, cells);
    } else {
      Arrays.fill(cells, value);
    }
    return cells;
  }

  /// What stands for these cells: a leaf, the old node, or a new one.
  private int encode(int old, int[] cells) {
    int runs = TrieNode.countRuns(cells);
    if (runs == 1) {
      retire(old);
      return cells[0];
    }
    VarHandle.storeStoreFence(); // what the values name is there before they are
    if (TrieNode.isChild(old)
        && TrieNode.runs(memory, old) == runs
        && TrieNode.sameRuns(memory, old, cells)) {
      TrieNode.encodeValues(memory, old & TrieNode.BLOCK, cells);
      return old;
    }
    int block = blocks.allocate(TrieNode.lines(runs));
    TrieNode.encode(memory, block, cells);
    retire(old);
    return TrieNode.child(block);
  }

  private void retire(int value) {
    if (TrieNode.isChild(value)) {
      blocks.retire(value & TrieNode.BLOCK, TrieNode.lines(TrieNode.runs(memory, value)));
    }
  }

  private int byteAt(int depth) {
    return (int) (depth < 64 ? high >>> 56 - depth : low >>> 120 - depth) & 0xff;
  }

  private static int lines(int bits) {
    return (Integer.BYTES << bits) / TrieMemory.LINE_BYTES;
  }

  /// In the place of the nodes of bits 0..15.
  private void toSmallTable() {
    if (smallBlock == 0) {
      smallBlock = blocks.allocate(lines(SMALL_BITS));
    }
    int old = top;
    int[] upper = cells(old, 0);
    for (int c = 0; c < TrieNode.CELLS; c++) {
      spread(upper[c], 8, smallBlock, c);
    }
    use(smallBlock, SMALL_BITS, TrieNode.child(smallBlock | TABLE));
    retire(old);
  }

  /// In the place of the table of 16 bits and the nodes below it.
  private void toWideTable() {
    if (wideBlock == 0) {
      wideBlock = blocks.allocate(lines(WIDE_BITS));
    }
    for (int cell = 0; cell < 1 << SMALL_BITS; cell++) {
      spread(tableCell(smallBlock, cell), SMALL_BITS, wideBlock, cell);
    }
    use(wideBlock, WIDE_BITS, TrieNode.child(wideBlock | TABLE | WIDE));
  }

  /// Writes what a node or leaf says of its 256 cells into a table. Pages that are zero and stay so
  /// are not touched.
  private void spread(int value, int depth, int block, int cell) {
    int[] lower = cells(value, depth);
    for (int d = 0; d < TrieNode.CELLS; d++) {
      if (tableCell(block, cell << 8 | d) != lower[d]) {
        store(block, cell << 8 | d, lower[d]);
      }
    }
    retire(value);
  }

  private void use(int block, int bits, int newTop) {
    tableBlock = block;
    tableBits = bits;
    publish(newTop);
  }

  // The inverse of spread.
  private int gather(int block, int cell, int depth) {
    int[] lower = scratch[depth / 8];
    for (int d = 0; d < TrieNode.CELLS; d++) {
      lower[d] = tableCell(block, cell << 8 | d);
    }
    return encode(0, lower);
  }

  private void fromWideTable() {
    for (int cell = 0; cell < 1 << SMALL_BITS; cell++) {
      store(smallBlock, cell, gather(wideBlock, cell, SMALL_BITS));
    }
    use(smallBlock, SMALL_BITS, TrieNode.child(smallBlock | TABLE));
    blocks.clear(wideBlock, lines(WIDE_BITS));
  }

  /// The table itself is kept for the next time.
  private void fromSmallTable() {
    int[] upper = scratch[0];
    for (int c = 0; c < TrieNode.CELLS; c++) {
      upper[c] = gather(smallBlock, c, 8);
    }
    use(0, 0, encode(0, upper));
  }
}
