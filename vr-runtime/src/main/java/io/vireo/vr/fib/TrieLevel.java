package io.vireo.vr.fib;

import java.lang.foreign.MemorySegment;

/// What both families do for a level of many look-ups. Without a branch on what was found: which
/// ones go deeper is as good as random.
final class TrieLevel {
  private TrieLevel() {}

  /// Turns the values of a table into groups, where they are leaves.
  ///
  /// @param deeper where the places of the others go
  /// @param any all values, or'ed
  /// @return how many others there are
  static int settle(int[] values, int[] deeper, int count, int any, int defaultGroup) {
    if (any >= 0) { // all are leaves: the compiler makes this eight at a time
      for (int i = 0; i < count; i++) {
        values[i] = TrieNode.group(values[i], defaultGroup);
      }
      return 0;
    }
    int found = 0;
    for (int i = 0; i < count; i++) {
      int value = values[i];
      values[i] = TrieNode.groupOrChild(value, defaultGroup);
      deeper[found] = i;
      found += value >>> 31;
    }
    return found;
  }

  /// Takes the values at places in nodes, and turns them into groups where they are leaves.
  ///
  /// @param values places before, groups or children after
  /// @param deeper which of them, and the places of those that go still deeper
  /// @return how many those are
  static int follow(MemorySegment memory, int[] values, int[] deeper, int count, int defaultGroup) {
    int found = 0;
    for (int k = 0; k < count; k++) {
      int i = deeper[k];
      int value = TrieNode.at(memory, values[i]);
      values[i] = TrieNode.groupOrChild(value, defaultGroup);
      deeper[found] = i;
      found += value >>> 31;
    }
    return found;
  }
}
