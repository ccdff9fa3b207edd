package io.vireo.manager.fleet;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Connects to a virtual router's process, which may only just be starting.
@FunctionalInterface
public interface RouterConnector {
  /// Hears of a connection, on any thread.
  @FunctionalInterface
  interface Events {
    /// A link of the router changed, or was so when the connection came.
    ///
    /// @param reason why it is down; null: the router does not say
    default void onLink(String interfaceName, boolean up, @Nullable String reason) {
      // of use to who has ports
    }

    /// The connection ended.
    void onEnd(String why);
  }

  /// Completes when the router greeted; fails when it did not in time.
  CompletableFuture<RouterControl> connect(String router, Events events);
}
