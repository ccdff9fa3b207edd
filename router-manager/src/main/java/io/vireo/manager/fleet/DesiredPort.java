package io.vireo.manager.fleet;

import org.jspecify.annotations.Nullable;

/// A port as the device's configuration wants it.
///
/// @param name the interface's name, in the device's tree and in the router's
/// @param device the host's network device; the name again where there is none
/// @param router the virtual router that drives it
/// @param driver name of the driver's identity
/// @param force take the device even if it carries the host's default route
/// @param memif how the ends of shared memory find each other; null: the port has a device
public record DesiredPort(
    String name,
    String device,
    String router,
    String driver,
    boolean force,
    @Nullable DesiredMemif memif) {
  /// The port at the other end of a link; null: it is no link.
  @Nullable String peer() {
    return memif == null ? null : memif.peer();
  }
}
