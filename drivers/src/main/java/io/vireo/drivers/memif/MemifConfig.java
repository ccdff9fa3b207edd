package io.vireo.drivers.memif;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What a memif port is made from.
///
/// @param role which end it is
/// @param socket the control socket's path, which a server makes; null: the port is given its
///   conversation with the other end
/// @param id the interface's number; both ends name the same
/// @param secret at most 24 bytes that both ends know; empty: none
/// @param mac the port's own address
/// @param log2RingSize descriptors in a ring, as a power of two: 4 to 14
/// @param queues rings each way, 1 to 16; both ends have as many
public record MemifConfig(
    String name,
    Role role,
    @Nullable Path socket,
    int id,
    String secret,
    long mac,
    int mtuBytes,
    int log2RingSize,
    int queues) {
  /// The two ends.
  public enum Role {
    SERVER,
    CLIENT
  }

  /// As of DPDK and VPP.
  public static final int DEFAULT_LOG2_RING_SIZE = 10;

  private static final int MAX_QUEUES = 16;
  private static final int MIN_LOG2 = 4;
  private static final int MAX_LOG2 = 14;

  public MemifConfig {
    if (log2RingSize < MIN_LOG2 || log2RingSize > MAX_LOG2) {
      throw new IllegalArgumentException(
          "2^" + log2RingSize + " descriptors; 2^" + MIN_LOG2 + " to 2^" + MAX_LOG2 + " fit");
    }
    if (queues < 1 || queues > MAX_QUEUES) {
      throw new IllegalArgumentException(queues + " queues; 1 to " + MAX_QUEUES + " fit");
    }
    if (secret.length() > MemifMessage.SECRET_BYTES) {
      throw new IllegalArgumentException(
          "the secret has "
              + secret.length()
              + " characters; at most "
              + MemifMessage.SECRET_BYTES
              + " fit");
    }
  }

  @Override
  public String toString() {
    return name + " (memif " + role + " " + socket + " id " + id + ")";
  }
}
