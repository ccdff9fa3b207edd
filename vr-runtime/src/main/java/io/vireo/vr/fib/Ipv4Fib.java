package io.vireo.vr.fib;

import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Prefix;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/// Longest-prefix match in a trie of 256-cell nodes, eight bits a level, in one `int` array.
///
/// ```text
///  leaf:  0 | length (6) | group (25)      the route that covers this cell
///  child: 1 | index of the child's first cell (31)
/// ```
///
/// Leaves are pushed down: every cell names its answer, so that a lookup reads one cell a level and
/// never goes back. The length in a leaf tells an update which cells are its own. A table of n
/// small-site routes takes a few KB; a full Internet table some 60 MB.
public final class Ipv4Fib {
  private static final int NODE_CELLS = 256;
  private static final int CHILD = 0x8000_0000;
  private static final int INDEX = 0x7fff_ffff;
  private static final int GROUP_BITS = 25;
  private static final int GROUP = (1 << GROUP_BITS) - 1;

  private final Map<Prefix, Integer> routes = new HashMap<>();
  private int[] cells = new int[NODE_CELLS * 4];
  private int cellsUsed = NODE_CELLS;
  private int[] freeNodes = new int[16];
  private int freeCount;

  /// The group of the longest prefix that contains `address`; group 0 when none does.
  public int lookup(int address) {
    int[] table = cells;
    int cell = table[address >>> 24];
    if (cell < 0) {
      cell = table[(cell & INDEX) + (address >>> 16 & 0xff)];
      if (cell < 0) {
        cell = table[(cell & INDEX) + (address >>> 8 & 0xff)];
        if (cell < 0) {
          cell = table[(cell & INDEX) + (address & 0xff)];
        }
      }
    }
    return cell & GROUP;
  }

  /// Installs or replaces the route to `prefix`.
  ///
  /// @return the group it had before, or -1
  public int install(Prefix prefix, int group) {
    Integer before = routes.put(prefix, group);
    set(0, 0, prefix, leaf(prefix.length(), group), false);
    return before == null ? -1 : before;
  }

  /// Removes the route to `prefix`; the next shorter one takes over.
  ///
  /// @return the group it had, or -1 when there was none
  public int withdraw(Prefix prefix) {
    Integer before = routes.remove(prefix);
    if (before == null) {
      return -1;
    }
    set(0, 0, prefix, cover(prefix), true);
    return before;
  }

  public int size() {
    return routes.size();
  }

  /// Memory of the trie itself.
  public long sizeBytes() {
    return (long) cells.length * Integer.BYTES;
  }

  public void forEach(BiConsumer<Prefix, Integer> consumer) {
    routes.forEach(consumer);
  }

  private int cover(Prefix prefix) {
    for (int length = prefix.length() - 1; length >= 0; length--) {
      Integer group = routes.get(Prefix.containing(prefix.address(), length));
      if (group != null) {
        return leaf(length, group);
      }
    }
    return 0;
  }

  /// Writes `leaf` into the cells of `prefix` below `node`, whose first bit is number `depth`.
  private void set(int node, int depth, Prefix prefix, int leaf, boolean withdraw) {
    int first = node + (prefix.address() >>> (24 - depth) & 0xff);
    if (prefix.length() <= depth + 8) {
      int count = 1 << (depth + 8 - prefix.length());
      for (int cell = first; cell < first + count; cell++) {
        overwrite(cell, depth + 8, prefix.length(), leaf, withdraw);
      }
      return;
    }
    if (cells[first] >= 0) {
      int child = newNode(cells[first]);
      cells[first] = CHILD | child;
    }
    set(cells[first] & INDEX, depth + 8, prefix, leaf, withdraw);
    if (withdraw) {
      collapse(first, depth + 8);
    }
  }

  /// An install takes cells of shorter or equal routes, a withdrawal those of its own length.
  private void overwrite(int cell, int depth, int length, int leaf, boolean withdraw) {
    int content = cells[cell];
    if (content < 0) {
      int child = content & INDEX;
      for (int i = 0; i < NODE_CELLS; i++) {
        overwrite(child + i, depth + 8, length, leaf, withdraw);
      }
      if (withdraw) {
        collapse(cell, depth);
      }
      return;
    }
    int present = content >>> GROUP_BITS;
    if (withdraw ? present == length : present <= length) {
      cells[cell] = leaf;
    }
  }

  /// Replaces a child all of whose cells say the same, and say it for a route that needs no child.
  private void collapse(int cell, int childDepth) {
    int child = cells[cell] & INDEX;
    int content = cells[child];
    if (content < 0 || content >>> GROUP_BITS > childDepth) {
      return;
    }
    for (int i = 1; i < NODE_CELLS; i++) {
      if (cells[child + i] != content) {
        return;
      }
    }
    cells[cell] = content;
    if (freeCount == freeNodes.length) {
      freeNodes = Arrays.copyOf(freeNodes, freeCount * 2);
    }
    freeNodes[freeCount++] = child;
  }

  private int newNode(int content) {
    int node;
    if (freeCount > 0) {
      node = freeNodes[--freeCount];
    } else {
      node = cellsUsed;
      cellsUsed += NODE_CELLS;
      if (cellsUsed > cells.length) {
        cells = Arrays.copyOf(cells, cells.length + Math.max(NODE_CELLS, cells.length / 2));
      }
    }
    Arrays.fill(cells, node, node + NODE_CELLS, content);
    return node;
  }

  private static int leaf(int length, int group) {
    return length << GROUP_BITS | group;
  }

  /// What `show` prints: the longest match as a prefix, for people.
  public String describe(int address) {
    for (int length = 32; length >= 0; length--) {
      Prefix prefix = Prefix.containing(address, length);
      if (routes.containsKey(prefix)) {
        return Ipv4Address.format(address) + " matches " + prefix;
      }
    }
    return Ipv4Address.format(address) + " matches nothing";
  }
}
