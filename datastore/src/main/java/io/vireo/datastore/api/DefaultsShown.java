package io.vireo.datastore.api;

/// What a read says of nodes at their models' defaults (RFC 6243 §3).
public enum DefaultsShown {
  /// Those that somebody configured, as they are kept.
  EXPLICIT,
  /// All that are in use.
  ALL,
  /// None.
  NONE
}
