package io.vireo.vr.socket;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// What the sockets of all users may hold in the heap, and each user of it: at most a quarter of
/// the heap, one user half of that. Any thread; never waits.
final class SocketMemory {
  private static final long CLOSED = -1;

  private final long maxBytes;
  private final AtomicLong usedBytes = new AtomicLong();
  private final Map<String, AtomicLong> byUser = new ConcurrentHashMap<>();

  SocketMemory(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  static SocketMemory ofHeap() {
    return new SocketMemory(Runtime.getRuntime().maxMemory() / 4);
  }

  /// The share of one socket of `user`.
  Share shareOf(String user) {
    return new Share(byUser.computeIfAbsent(user, name -> new AtomicLong()));
  }

  long usedBytes() {
    return usedBytes.get();
  }

  private boolean take(AtomicLong ofUser, long bytes) {
    if (!add(ofUser, bytes, maxBytes / 2)) {
      return false;
    }
    if (!add(usedBytes, bytes, maxBytes)) {
      ofUser.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  private static boolean add(AtomicLong sum, long bytes, long most) {
    long before;
    do {
      before = sum.get();
      if (before + bytes > most) {
        return false;
      }
    } while (!sum.compareAndSet(before, before + bytes));
    return true;
  }

  /// What one socket holds; nothing any more once it is closed.
  final class Share {
    private final AtomicLong ofUser;
    private final AtomicLong heldBytes = new AtomicLong();

    private Share(AtomicLong ofUser) {
      this.ofUser = ofUser;
    }

    /// @return false when the router or the user has no more, or the share is closed
    boolean take(long bytes) {
      if (!SocketMemory.this.take(ofUser, bytes)) {
        return false;
      }
      long before;
      do {
        before = heldBytes.get();
        if (before == CLOSED) {
          release(bytes);
          return false;
        }
      } while (!heldBytes.compareAndSet(before, before + bytes));
      return true;
    }

    void giveBack(long bytes) {
      long before;
      do {
        before = heldBytes.get();
        if (before == CLOSED) {
          return;
        }
      } while (!heldBytes.compareAndSet(before, before - bytes));
      release(bytes);
    }

    /// Gives all back; to call it again does nothing.
    void close() {
      long held = heldBytes.getAndSet(CLOSED);
      if (held != CLOSED) {
        release(held);
      }
    }

    private void release(long bytes) {
      usedBytes.addAndGet(-bytes);
      ofUser.addAndGet(-bytes);
    }
  }
}
