package io.vireo.vr.fib;

import java.util.Arrays;
import java.util.function.IntConsumer;

/// Numbers that are not to be used again before readers have let go of them. Owned by the writer.
final class Retired {
  /// As many wait at most: then the writer does, for as long as a reader's turn.
  private static final int MAX_WAITING = 4_096;

  private final Epochs epochs;
  private final IntConsumer free;
  // Since the last epoch began.
  private int[] recent = new int[64];
  private int recentCount;
  // Before that.
  private int[] sealed = new int[64];
  private int sealedCount;
  private long sealedEpoch;

  /// @param free takes a number that may be used again
  Retired(Epochs epochs, IntConsumer free) {
    this.epochs = epochs;
    this.free = free;
  }

  void add(int number) {
    if (recentCount == recent.length) {
      recent = Arrays.copyOf(recent, recentCount * 2);
    }
    recent[recentCount++] = number;
  }

  /// Frees what may be used again.
  void collect() {
    if (!epochs.hasReaders()) {
      freeSealed();
      swap();
      freeSealed();
      return;
    }
    if (sealedCount > 0) {
      if (recentCount >= MAX_WAITING) {
        epochs.await(sealedEpoch);
      } else if (!epochs.hasPassed(sealedEpoch)) {
        return;
      }
      freeSealed();
    }
    if (recentCount > 0) {
      swap();
      sealedEpoch = epochs.begin();
    }
  }

  private void freeSealed() {
    for (int i = 0; i < sealedCount; i++) {
      free.accept(sealed[i]);
    }
    sealedCount = 0;
  }

  private void swap() {
    int[] spare = sealed;
    sealed = recent;
    sealedCount = recentCount;
    recent = spare;
    recentCount = 0;
  }
}
