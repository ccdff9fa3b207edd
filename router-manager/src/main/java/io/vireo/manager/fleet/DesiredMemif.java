package io.vireo.manager.fleet;

import org.jspecify.annotations.Nullable;

/// How a port over shared memory is to be made.
///
/// @param peer the port at the other end, which this program joins it with; null: the other end is
///   found by the socket
/// @param server whether it makes the control socket
/// @param socket the control socket's path; null: in the router's folder
/// @param id the interface's number
/// @param secret what the other end must know; null: nothing
/// @param macAddress its address, as `00:11:22:33:44:55`
/// @param mtuBytes its MTU
/// @param ringSize descriptors in a ring
public record DesiredMemif(
    @Nullable String peer,
    boolean server,
    @Nullable String socket,
    long id,
    @Nullable String secret,
    String macAddress,
    int mtuBytes,
    int ringSize) {
  /// All but the secret.
  String describe() {
    return String.join(
        " ",
        String.valueOf(peer),
        String.valueOf(server),
        String.valueOf(socket),
        String.valueOf(id),
        macAddress,
        String.valueOf(mtuBytes),
        String.valueOf(ringSize));
  }

  @Override
  public String toString() {
    if (peer != null) {
      return "link to " + peer;
    }
    return "memif " + (server ? "server " : "client ") + socket + " id " + id; // no secret in logs
  }
}
