package io.vireo.vr.fib;

import io.vireo.vr.wire.IpAddress;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/// Finds the number of a neighbour's adjacency: a hash table of numbers, and what they stand for.
///
/// One thread writes, any reads. While it is changed a reader may miss an entry, and asks the
/// writer's thread then; it never takes one for another, as what a number stands for does not
/// change before all readers' turns are over (see [Epochs]).
final class HopIndex {
  /// Not there: the number of an adjacency without an interface.
  static final int NONE = 0;

  private static final int MIN_SLOTS = 64;

  // At most half full.
  private int[] slots = new int[MIN_SLOTS];
  private int size;

  // By number.
  private long[] high = new long[16];
  private long[] low = new long[16];
  private int[] interfaceIndex = new int[16];

  int size() {
    return size;
  }

  /// Any thread.
  int find(int onInterface, long wantedHigh, long wantedLow) {
    int[] table = slots;
    int mask = table.length - 1;
    int at = IpAddress.hash(onInterface, wantedHigh, wantedLow) & mask;
    int number = table[at];
    VarHandle.acquireFence(); // what it stands for is there before it is
    while (number != NONE
        && (low[number] != wantedLow
            || high[number] != wantedHigh
            || interfaceIndex[number] != onInterface)) {
      at = at + 1 & mask;
      number = table[at];
      VarHandle.acquireFence();
    }
    return number;
  }

  void put(int number, int onInterface, long addressHigh, long addressLow) {
    if (number >= high.length) {
      int length = Math.max(number + 1, high.length * 2);
      high = Arrays.copyOf(high, length);
      low = Arrays.copyOf(low, length);
      interfaceIndex = Arrays.copyOf(interfaceIndex, length);
    }
    high[number] = addressHigh;
    low[number] = addressLow;
    interfaceIndex[number] = onInterface;
    if (++size > slots.length / 2) {
      grow();
    }
    VarHandle.storeStoreFence();
    insert(slots, number);
  }

  private void grow() {
    int[] larger = new int[slots.length * 2];
    for (int number : slots) {
      if (number != NONE) {
        insert(larger, number);
      }
    }
    VarHandle.storeStoreFence();
    slots = larger;
  }

  private void insert(int[] table, int number) {
    int mask = table.length - 1;
    int at = home(number) & mask;
    while (table[at] != NONE) {
      at = at + 1 & mask;
    }
    table[at] = number;
  }

  /// What the number stands for stays until it is used again.
  void remove(int number) {
    int mask = slots.length - 1;
    int hole = home(number) & mask;
    while (slots[hole] != number) {
      hole = hole + 1 & mask;
    }
    // Those behind it move up that were pushed past it.
    for (int at = hole + 1 & mask; slots[at] != NONE; at = at + 1 & mask) {
      int home = home(slots[at]) & mask;
      if ((at - home & mask) >= (at - hole & mask)) {
        slots[hole] = slots[at];
        hole = at;
      }
    }
    slots[hole] = NONE;
    size--;
  }

  private int home(int number) {
    return IpAddress.hash(interfaceIndex[number], high[number], low[number]);
  }
}
