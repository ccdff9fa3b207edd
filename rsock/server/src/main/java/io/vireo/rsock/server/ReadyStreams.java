package io.vireo.rsock.server;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The streams of a connection that may have something to deliver.
///
/// Any thread adds, the data plane's worker among them: without a lock and without allocating. One
/// thread takes. A stream is listed at most once.
final class ReadyStreams {
  private final AtomicReference<@Nullable SocketStream> newest = new AtomicReference<>();
  private volatile @Nullable Thread taker;

  /// Set by [#wake]: it may come before the taker first sleeps, when there is nobody to unpark.
  private volatile boolean woken;

  /// Lists `stream` and wakes the taker.
  void add(SocketStream stream) {
    if (stream.ready.getAndSet(true)) {
      return;
    }
    SocketStream next;
    do {
      next = newest.get();
      stream.nextReady = next;
    } while (!newest.compareAndSet(next, stream));
    LockSupport.unpark(taker);
  }

  /// Wakes the taker though nothing is ready; one that is awake does not sleep the next time.
  void wake() {
    woken = true;
    LockSupport.unpark(taker);
  }

  /// Takes all that are listed, the oldest first; null when none is. Walk it with [#following].
  @Nullable SocketStream takeAll() {
    SocketStream reversed = null;
    SocketStream stream = newest.getAndSet(null);
    while (stream != null) {
      SocketStream next = stream.nextReady;
      stream.nextReady = reversed;
      reversed = stream;
      stream = next;
    }
    return reversed;
  }

  /// Takes `stream` off the walk: from now on it can be listed again. To be called before its queue
  /// is looked at, so that what comes later lists it anew.
  static @Nullable SocketStream following(SocketStream stream) {
    SocketStream next = stream.nextReady;
    stream.nextReady = null;
    stream.ready.set(false);
    return next;
  }

  /// Sleeps until something is listed or [#wake] is called; may wake for no reason.
  void await() {
    taker = Thread.currentThread();
    if (!woken && newest.get() == null) {
      LockSupport.park(this);
    }
    woken = false;
  }
}
