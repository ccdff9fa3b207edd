package io.vireo.vr.neighbour;

/// The states of a neighbour (RFC 4861 §7.3.2; RFC 8344 and Linux use the same words).
public enum NeighbourState {
  /// Asked for, not answered yet; packets wait.
  INCOMPLETE,
  /// Confirmed recently.
  REACHABLE,
  /// Not confirmed lately and not used since.
  STALE,
  /// Used while stale: a probe follows unless something confirms it.
  DELAY,
  /// Being asked by unicast.
  PROBE,
  /// Configured; never ages.
  STATIC
}
