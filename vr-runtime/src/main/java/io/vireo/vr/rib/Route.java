package io.vireo.vr.rib;

import io.vireo.vr.wire.IpPrefix;
import java.util.List;

/// A route of the RIB.
///
/// @param <P> the prefixes of its address family
public record Route<P extends IpPrefix>(
    P prefix, RouteSource source, int preference, List<NextHop> nextHops) {
  public Route {
    nextHops = List.copyOf(nextHops);
    if (nextHops.isEmpty()) {
      throw new IllegalArgumentException("route to " + prefix + " has no next hop");
    }
  }

  /// The same with other next hops.
  Route<P> with(List<NextHop> hops) {
    return hops.equals(nextHops) ? this : new Route<>(prefix, source, preference, hops);
  }

  public static <P extends IpPrefix> Route<P> of(
      P prefix, RouteSource source, NextHop... nextHops) {
    return new Route<>(prefix, source, source.defaultPreference(), List.of(nextHops));
  }
}
