package io.vireo.vr.fib;

import io.vireo.vr.wire.Ipv6Address;
import java.util.Arrays;

/// The installed prefixes themselves, exact: a hash table in arrays, 12 bytes a slot for IPv4 and
/// 20 for IPv6. Owned by the writer; packets never come here.
///
/// Prefixes are left-aligned in 128 bits: `high` and `low`.
final class RouteStore {
  /// Absent.
  static final int NONE = -1;

  private static final int MIN_SLOTS = 64;

  private final boolean wide;
  private final int[] perLength = new int[129];
  private long[] high = new long[MIN_SLOTS];
  private long[] low;
  private int[] leaf = new int[MIN_SLOTS];
  private int size;

  /// @param wide prefixes may be longer than 64 bits
  RouteStore(boolean wide) {
    this.wide = wide;
    this.low = new long[wide ? MIN_SLOTS : 0];
    Arrays.fill(leaf, NONE);
  }

  int size() {
    return size;
  }

  long sizeBytes() {
    return high.length * (long) (Long.BYTES + Integer.BYTES) + low.length * (long) Long.BYTES;
  }

  /// The group of a prefix, or [#NONE].
  int find(long h, long l, int length) {
    int slot = slot(h, l, length);
    return leaf[slot] == NONE ? NONE : leaf[slot] & TrieNode.GROUP;
  }

  /// Sets the group of a prefix.
  ///
  /// @return the one it had, or [#NONE]
  int put(long h, long l, int length, int group) {
    int slot = slot(h, l, length);
    int before = leaf[slot];
    if (before == NONE && (size + 1) * 5L > high.length * 3L) {
      grow();
      slot = slot(h, l, length);
    }
    high[slot] = h;
    if (wide) {
      low[slot] = l;
    }
    leaf[slot] = TrieNode.leaf(length, group);
    if (before != NONE) {
      return before & TrieNode.GROUP;
    }
    size++;
    perLength[length]++;
    return NONE;
  }

  /// Forgets a prefix.
  ///
  /// @return the group it had, or [#NONE]
  int remove(long h, long l, int length) {
    int slot = slot(h, l, length);
    int before = leaf[slot];
    if (before == NONE) {
      return NONE;
    }
    size--;
    perLength[length]--;
    close(slot);
    return before & TrieNode.GROUP;
  }

  /// The leaf of the longest prefix shorter than `length` that contains this one, the default route
  /// left out; 0: there is none.
  int cover(long h, long l, int length) {
    for (int shorter = length - 1; shorter > 0; shorter--) {
      if (perLength[shorter] > 0) {
        int slot =
            slot(h & Ipv6Address.highMask(shorter), l & Ipv6Address.lowMask(shorter), shorter);
        if (leaf[slot] != NONE) {
          return leaf[slot];
        }
      }
    }
    return 0;
  }

  /// Hears of every prefix.
  interface Visitor {
    void visit(long high, long low, int length, int group);
  }

  void forEach(Visitor visitor) {
    for (int slot = 0; slot < leaf.length; slot++) {
      if (leaf[slot] != NONE) {
        int length = TrieNode.length(leaf[slot]);
        visitor.visit(high[slot], lowAt(slot), length, leaf[slot] & TrieNode.GROUP);
      }
    }
  }

  private long lowAt(int slot) {
    return wide ? low[slot] : 0;
  }

  // Where the prefix is, or the empty slot where it would be.
  private int slot(long h, long l, int length) {
    int mask = leaf.length - 1;
    int slot = hash(h, l, length) & mask;
    while (leaf[slot] != NONE
        && !(high[slot] == h && lowAt(slot) == l && TrieNode.length(leaf[slot]) == length)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private static int hash(long h, long l, int length) {
    long mixed = (h ^ Long.rotateLeft(l, 29) ^ length) * 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ mixed >>> 32) * 0xd6e8feb86659fd93L;
    return (int) (mixed ^ mixed >>> 32);
  }

  // Moves later ones of the same chain back, so that no search ends early.
  private void close(int emptied) {
    int mask = leaf.length - 1;
    int hole = emptied;
    int slot = hole + 1 & mask;
    while (leaf[slot] != NONE) {
      int home = hash(high[slot], lowAt(slot), TrieNode.length(leaf[slot])) & mask;
      if ((slot - home & mask) >= (slot - hole & mask)) {
        move(slot, hole);
        hole = slot;
      }
      slot = slot + 1 & mask;
    }
    leaf[hole] = NONE;
  }

  private void move(int from, int to) {
    high[to] = high[from];
    leaf[to] = leaf[from];
    if (wide) {
      low[to] = low[from];
    }
  }

  private void grow() {
    long[] oldHigh = high;
    long[] oldLow = low;
    int[] oldLeaf = leaf;
    high = new long[oldHigh.length * 2];
    low = new long[oldLow.length * 2];
    leaf = new int[oldLeaf.length * 2];
    Arrays.fill(leaf, NONE);
    for (int i = 0; i < oldLeaf.length; i++) {
      if (oldLeaf[i] != NONE) {
        long l = wide ? oldLow[i] : 0;
        int slot = slot(oldHigh[i], l, TrieNode.length(oldLeaf[i]));
        high[slot] = oldHigh[i];
        leaf[slot] = oldLeaf[i];
        if (wide) {
          low[slot] = l;
        }
      }
    }
  }
}
