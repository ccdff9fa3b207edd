package io.vireo.datastore.api;

import java.util.concurrent.CompletableFuture;

/// A running RPC or action.
public interface Invocation {
  /// Completes when the last output was delivered; with a [ManagementException] if it was refused
  /// or failed.
  CompletableFuture<Void> done();

  /// Asks it to end; [#done] completes soon after.
  void cancel();
}
