package io.vireo.datastore;

import java.util.Set;

/// How the datastores are run.
///
/// @param recoveryUsers users whose sessions are recovery sessions (RFC 8341 §3.1.1): access
///   control denies them nothing
public record EngineOptions(Set<String> recoveryUsers) {
  /// No recovery users.
  public static final EngineOptions PLAIN = new EngineOptions(Set.of());

  public EngineOptions {
    recoveryUsers = Set.copyOf(recoveryUsers);
  }

  /// Plain options, and users who are denied nothing.
  public static EngineOptions recovery(String... users) {
    return new EngineOptions(Set.of(users));
  }
}
