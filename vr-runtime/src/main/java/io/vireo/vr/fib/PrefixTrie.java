package io.vireo.vr.fib;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The part that both families share: a trie of [TrieNode]s, eight bits a level, whose leaves are
/// pushed down: every cell names its answer, so that a lookup never goes back.
///
/// ```text
///  top -> table of 2^16 values, by bits 0..15 -> node of bits 16..23 -> node of bits 24..31 ...
///  131,072 routes and more:
///  top -> table of 2^24 values, by bits 0..23                        -> node of bits 24..31 ...
/// ```
///
/// Of a table those pages are real that hold a route: a small one costs a few.
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
@SuppressWarnings("ReferenceEquality") // which table is in use
final class PrefixTrie implements AutoCloseable {
  /// In `top`: the table is of 24 bits, not of 16.
  static final int WIDE = 0x2000_0000;

  private static final int SMALL_BITS = 16;
  private static final int WIDE_BITS = 24;

  // The wide table comes with the first number and goes with the second: between them all stays.
  private static final int WIDE_FROM = 131_072;
  private static final int WIDE_UNTIL = 32_768;

  private final Epochs epochs;
  private final TrieMemory blocks;
  private final MemorySegment memory;
  private final int[][] scratch;
  private final RouteStore routes;
  private final TrieTable small;
  private @Nullable TrieTable wide;
  private TrieTable table;

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
  PrefixTrie(int maxLength, Epochs epochs) {
    this.epochs = epochs;
    this.blocks = new TrieMemory(epochs);
    this.memory = blocks.segment();
    this.small = new TrieTable(blocks, SMALL_BITS);
    this.table = small;
    this.top = small.block();
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
    if (table == small && routes.size() >= WIDE_FROM) {
      widen();
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
    if (table == wide && routes.size() < WIDE_UNTIL) {
      narrow();
    }
    return before;
  }

  /// Frees what was replaced and no reader is in any more.
  void reclaim() {
    blocks.reclaim();
  }

  /// Memory of the trie and of the exact routes.
  long sizeBytes() {
    return trieBytes() + routes.sizeBytes();
  }

  long trieBytes() {
    return blocks.usedBytes() + table.touchedBytes();
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
    int bits = table.bits();
    int first = (int) (h >>> Long.SIZE - bits);
    int count = prefixLength > bits ? 1 : 1 << bits - prefixLength;
    for (int cell = first; cell < first + count; cell++) {
      int before = table.get(cell);
      int after = change(before, bits);
      if (after != before) {
        table.set(cell, after);
      }
    }
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

  /// To the table of 24 bits, in the place of that of 16 and the nodes below it.
  private void widen() {
    TrieTable target = wide == null ? new TrieTable(blocks, WIDE_BITS) : wide;
    wide = target;
    for (int cell = 0; cell < 1 << SMALL_BITS; cell++) {
      int value = small.get(cell);
      int[] lower = cells(value, SMALL_BITS);
      for (int d = 0; d < TrieNode.CELLS; d++) {
        target.set(cell << 8 | d, lower[d]);
      }
      retire(value);
    }
    use(target, target.block() | WIDE);
  }

  /// Back to the table of 16 bits.
  private void narrow() {
    TrieTable source = table;
    int[] lower = scratch[SMALL_BITS / 8];
    for (int cell = 0; cell < 1 << SMALL_BITS; cell++) {
      for (int d = 0; d < TrieNode.CELLS; d++) {
        lower[d] = source.get(cell << 8 | d);
      }
      small.set(cell, encode(0, lower));
    }
    use(small, small.block());
    epochs.await(epochs.begin()); // who is in it would take its empty cells for the default route
    source.clear();
  }

  private void use(TrieTable used, int newTop) {
    VarHandle.storeStoreFence();
    table = used;
    top = newTop;
  }
}
