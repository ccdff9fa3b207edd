package io.vireo.datastore;

import java.util.Set;

/// How the datastores are run.
///
/// @param recoveryUsers users whose sessions are recovery sessions (RFC 8341 §3.1.1): access
///   control denies them nothing
/// @param startup whether there is a startup datastore (RFC 6241 §8.7)
/// @param dropUnknown whether stored data that the models do not know is left out; else the
///   configuration is refused
public record EngineOptions(Set<String> recoveryUsers, boolean startup, boolean dropUnknown) {
  /// No recovery users, no startup, nothing lost.
  public static final EngineOptions PLAIN = new EngineOptions(Set.of(), false, false);

  public EngineOptions {
    recoveryUsers = Set.copyOf(recoveryUsers);
  }

  /// Plain options, and users who are denied nothing.
  public static EngineOptions recovery(String... users) {
    return new EngineOptions(Set.of(users), false, false);
  }

  /// These with a startup datastore.
  public EngineOptions withStartup() {
    return new EngineOptions(recoveryUsers, true, dropUnknown);
  }

  /// These, leaving out stored data that the models do not know.
  public EngineOptions droppingUnknown() {
    return new EngineOptions(recoveryUsers, startup, true);
  }
}
