package io.vireo.manager.fleet;

import io.vireo.manager.launch.RunProfile;
import java.util.concurrent.CompletableFuture;

/// What the manager may ask of the guard. Each future fails with [io.vireo.manager.wire.PeerError]
/// where the guard refuses.
public interface GuardControl {
  /// Starts a router's process; gives its pid.
  CompletableFuture<Long> startRouter(String name, RunProfile profile);

  /// Has a router's process end; its end is told as every other.
  CompletableFuture<Void> stopRouter(String name);

  /// Opens a device for a router.
  CompletableFuture<GrantedPort> openPort(DesiredPort port);

  /// Gives a device back to the host.
  CompletableFuture<Void> releasePort(String device);
}
