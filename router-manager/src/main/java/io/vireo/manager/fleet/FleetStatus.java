package io.vireo.manager.fleet;

import io.vireo.manager.life.RouterLife;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How things stand, at one instant.
public record FleetStatus(List<RouterStatus> routers, List<PortStatus> ports) {
  public FleetStatus {
    routers = List.copyOf(routers);
    ports = List.copyOf(ports);
  }

  /// The `process` container of vireo-virtual-router.
  ///
  /// @param pid 0: no process
  public record RouterStatus(
      String name,
      RouterLife.Status status,
      long pid,
      @Nullable Instant startTime,
      long restarts,
      @Nullable String lastExit,
      @Nullable String startFailure) {}

  /// A port.
  ///
  /// @param granted the device as it was opened last; null: never
  /// @param present whether the host has the device
  /// @param up whether packets pass
  /// @param reason why it is not up; null: it is
  public record PortStatus(
      String name,
      String device,
      @Nullable GrantedPort granted,
      boolean present,
      boolean up,
      @Nullable String reason) {}
}
