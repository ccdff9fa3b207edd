package io.vireo.datastore.engine;

import io.vireo.datastore.api.Invocation;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// An invocation that waits for its turn in the session's queue.
final class QueuedInvocation implements Invocation {
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private @Nullable Invocation real;
  private boolean cancelled;

  void start(Supplier<Invocation> starter) {
    synchronized (this) {
      if (cancelled) {
        return;
      }
      real = starter.get();
    }
    real.done()
        .whenComplete((nothing, failure) -> {
          if (failure == null) {
            done.complete(null);
          } else {
            done.completeExceptionally(failure);
          }
        });
  }

  /// It took no invocation of its own.
  void finish() {
    done.complete(null);
  }

  void fail(Throwable failure) {
    done.completeExceptionally(failure);
  }

  @Override
  public CompletableFuture<Void> done() {
    return done;
  }

  @Override
  public void cancel() {
    Invocation started;
    synchronized (this) {
      cancelled = true;
      started = real;
    }
    if (started == null) {
      done.complete(null);
    } else {
      started.cancel();
    }
  }
}
