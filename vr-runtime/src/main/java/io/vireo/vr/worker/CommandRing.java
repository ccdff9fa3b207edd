package io.vireo.vr.worker;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// A bounded ring of commands: any thread offers, the worker polls. Without locks.
public final class CommandRing {
  private static final int CAPACITY = 1024;

  private final AtomicReferenceArray<@Nullable Runnable> slots =
      new AtomicReferenceArray<>(CAPACITY);
  private final AtomicLong tail = new AtomicLong();
  private final AtomicLong head = new AtomicLong();

  /// @return false when the ring is full
  public boolean offer(Runnable command) {
    long at;
    do {
      at = tail.get();
      if (at - head.get() >= CAPACITY) {
        return false;
      }
    } while (!tail.compareAndSet(at, at + 1));
    slots.set((int) (at & (CAPACITY - 1)), command);
    return true;
  }

  /// The next command, or null when there is none (or its producer has not finished offering).
  public @Nullable Runnable poll() {
    long at = head.get();
    int slot = (int) (at & (CAPACITY - 1));
    Runnable command = slots.get(slot);
    if (command != null) {
      slots.set(slot, null);
      head.set(at + 1);
    }
    return command;
  }

  public boolean isEmpty() {
    return head.get() == tail.get();
  }
}
