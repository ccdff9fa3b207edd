package io.vireo.vr.rib;

import io.vireo.vr.wire.Prefix;
import java.util.List;

/// A route of the RIB.
public record Route(Prefix prefix, RouteSource source, int preference, List<NextHop> nextHops) {
  public Route {
    nextHops = List.copyOf(nextHops);
    if (nextHops.isEmpty()) {
      throw new IllegalArgumentException("route to " + prefix + " has no next hop");
    }
  }

  public static Route of(Prefix prefix, RouteSource source, NextHop... nextHops) {
    return new Route(prefix, source, source.defaultPreference(), List.of(nextHops));
  }
}
