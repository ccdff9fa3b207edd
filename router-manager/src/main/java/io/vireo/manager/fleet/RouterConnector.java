package io.vireo.manager.fleet;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// Connects to a virtual router's process, which may only just be starting.
@FunctionalInterface
public interface RouterConnector {
  /// Completes when the router greeted; fails when it did not in time.
  ///
  /// @param onEnd hears why the connection ended later on; on any thread
  CompletableFuture<RouterControl> connect(String router, Consumer<String> onEnd);
}
