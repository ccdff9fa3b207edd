package io.vireo.vr.neighbour;

import java.util.Arrays;

/// In which order the entries of a full table make room: lists by worth, each with the entry first
/// that has been in it longest. Every step costs the same, however many entries there are: who
/// scans a subnet makes the table full of what nobody answers for (RFC 6583).
final class EvictionOrder {
  /// Known, and not used since it was last confirmed.
  static final int STALE = 0;

  /// Asked for.
  static final int INCOMPLETE = 1;

  /// Confirmed, or being confirmed.
  static final int CONFIRMED = 2;

  /// In no list: it stays.
  static final int NONE = 3;

  private static final int END = -1;

  private final int[] worth;
  private final int[] before;
  private final int[] after;
  private final int[] first = {END, END, END};
  private final int[] last = {END, END, END};
  private final int[] count = new int[NONE];

  EvictionOrder(int capacity) {
    worth = new int[capacity];
    before = new int[capacity];
    after = new int[capacity];
    Arrays.fill(worth, NONE);
  }

  /// Makes `entry` the last of those of a worth, unless it is one of them.
  void put(int entry, int newWorth) {
    if (worth[entry] != newWorth) {
      remove(entry);
      append(entry, newWorth);
    }
  }

  /// Makes `entry` the last of those of its worth.
  void renew(int entry) {
    int same = worth[entry];
    remove(entry);
    append(entry, same);
  }

  /// Takes `entry` out.
  void remove(int entry) {
    int from = worth[entry];
    if (from == NONE) {
      return;
    }
    if (before[entry] == END) {
      first[from] = after[entry];
    } else {
      after[before[entry]] = after[entry];
    }
    if (after[entry] == END) {
      last[from] = before[entry];
    } else {
      before[after[entry]] = before[entry];
    }
    count[from]--;
    worth[entry] = NONE;
  }

  private void append(int entry, int to) {
    worth[entry] = to;
    if (to == NONE) {
      return;
    }
    before[entry] = last[to];
    after[entry] = END;
    if (last[to] == END) {
      first[to] = entry;
    } else {
      after[last[to]] = entry;
    }
    last[to] = entry;
    count[to]++;
  }

  /// The entry that has had this worth longest; there is one.
  int first(int ofWorth) {
    return first[ofWorth];
  }

  int count(int ofWorth) {
    return count[ofWorth];
  }
}
