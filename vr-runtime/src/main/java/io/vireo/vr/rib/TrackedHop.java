package io.vireo.vr.rib;

import io.vireo.vr.fib.Path;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.IpPrefix;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A router that next hops name without an interface, and the way to it: a link, or another route.
final class TrackedHop<P extends IpPrefix> {
  final IpAddress address;

  /// Those that have it among their next hops.
  final Set<NextHopSet<P>> users = new HashSet<>();

  /// Of the route that leads to it; null: it is on a link, or nothing leads to it.
  @Nullable NextHopSet<P> through;

  List<Path> paths = List.of();

  TrackedHop(IpAddress address) {
    this.address = address;
  }
}
