package io.vireo.ssh;

/// Bounds on connections.
///
/// @param total open connections, authenticated or not
/// @param perAddress connections from one address
/// @param perUser authenticated connections of one user
/// @param unauthenticated connections that have not logged in yet; beyond it the oldest gives way
/// @param channelsPerConnection channels open at once on one connection
public record SessionLimits(
    int total, int perAddress, int perUser, int unauthenticated, int channelsPerConnection) {
  public static final SessionLimits DEFAULT = new SessionLimits(512, 256, 256, 128, 10);

  public SessionLimits {
    if (total < 1
        || perAddress < 1
        || perUser < 1
        || unauthenticated < 1
        || channelsPerConnection < 1) {
      throw new IllegalArgumentException("every session limit is at least 1");
    }
  }
}
