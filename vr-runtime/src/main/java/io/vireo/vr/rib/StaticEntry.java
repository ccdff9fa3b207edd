package io.vireo.vr.rib;

import io.vireo.vr.wire.IpPrefix;
import org.jspecify.annotations.Nullable;

/// A configured route and its place in the list of its next-hop set.
final class StaticEntry<P extends IpPrefix> {
  final Route<P> route;
  final NextHopSet<P> set;
  @Nullable StaticEntry<P> previous;
  @Nullable StaticEntry<P> next;

  StaticEntry(Route<P> route, NextHopSet<P> set) {
    this.route = route;
    this.set = set;
  }
}
