package io.vireo.netconf.operation;

import io.vireo.datastore.api.ManagementException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// Waits for the management API on the session's own thread.
final class Waiting {
  private Waiting() {}

  static <T> T on(CompletableFuture<T> future) throws ManagementException, InterruptedIOException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ManagementException refusal) {
        throw refusal;
      }
      throw new IllegalStateException("the management API failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the session ends");
    }
  }
}
