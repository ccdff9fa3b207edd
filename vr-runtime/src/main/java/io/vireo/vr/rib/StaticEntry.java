package io.vireo.vr.rib;

import org.jspecify.annotations.Nullable;

/// A configured route and its place in the list of its next-hop set.
final class StaticEntry {
  final Route route;
  final NextHopSet set;
  @Nullable StaticEntry previous;
  @Nullable StaticEntry next;

  StaticEntry(Route route, NextHopSet set) {
    this.route = route;
    this.set = set;
  }
}
