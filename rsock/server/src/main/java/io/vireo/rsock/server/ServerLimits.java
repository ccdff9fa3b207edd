package io.vireo.rsock.server;

/// How much programs may take of a virtual router.
///
/// @param connections of all programs together
/// @param connectionsPerUser of one user
/// @param socketsPerConnection open at once
/// @param sendWindowBytes what a program may send before the router has taken it, per socket
/// @param helloTimeoutMs how long a new connection may be silent
public record ServerLimits(
    int connections,
    int connectionsPerUser,
    int socketsPerConnection,
    int sendWindowBytes,
    long helloTimeoutMs) {
  public static final ServerLimits DEFAULT = new ServerLimits(256, 64, 1024, 256 * 1024, 5_000);
}
