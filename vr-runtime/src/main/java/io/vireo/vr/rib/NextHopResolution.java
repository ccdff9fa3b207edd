package io.vireo.vr.rib;

import io.vireo.vr.fib.Adjacency;
import io.vireo.vr.fib.NextHopGroups;
import io.vireo.vr.forward.InterfaceTable;
import io.vireo.vr.forward.RouterInterface;
import io.vireo.vr.wire.IpPrefix;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What next hops come down to, as the interfaces are now.
final class NextHopResolution {
  private final InterfaceTable interfaces;

  NextHopResolution(InterfaceTable interfaces) {
    this.interfaces = interfaces;
  }

  /// The adjacencies of the next hops that can be used.
  List<Adjacency> resolve(List<NextHop> hops) {
    Set<Adjacency> paths = new LinkedHashSet<>();
    for (NextHop hop : hops) {
      Adjacency path =
          switch (hop) {
            case NextHop.Via via -> via(via);
            case NextHop.OnLink link -> {
              RouterInterface out = interfaces.lookup(link.interfaceName());
              yield out != null && out.operUp() ? Adjacency.connected(out.index()) : null;
            }
            case NextHop.Special special ->
                Adjacency.of(
                    switch (special) {
                      case BLACKHOLE -> Adjacency.Kind.BLACKHOLE;
                      case UNREACHABLE -> Adjacency.Kind.UNREACHABLE;
                      case PROHIBIT -> Adjacency.Kind.PROHIBIT;
                      case RECEIVE -> Adjacency.Kind.LOCAL;
                    });
          };
      if (path != null && paths.size() < NextHopGroups.MAX_PATHS) {
        paths.add(path);
      }
    }
    return List.copyOf(paths);
  }

  private @Nullable Adjacency via(NextHop.Via via) {
    RouterInterface out = outgoing(via);
    return out == null ? null : Adjacency.nextHop(out.index(), via.address());
  }

  /// The route with the interface of each next hop that can be reached now.
  <P extends IpPrefix> Route<P> named(Route<P> route) {
    List<NextHop> hops = route.nextHops().stream().map(this::named).toList();
    return hops.equals(route.nextHops())
        ? route
        : new Route<>(route.prefix(), route.source(), route.preference(), hops);
  }

  private NextHop named(NextHop hop) {
    if (hop instanceof NextHop.Via via && via.interfaceName() == null) {
      RouterInterface out = outgoing(via);
      return out == null ? via : new NextHop.Via(via.address(), out.name());
    }
    return hop;
  }

  private @Nullable RouterInterface outgoing(NextHop.Via via) {
    for (RouterInterface out : interfaces.all()) {
      boolean named = via.interfaceName() == null || out.name().equals(via.interfaceName());
      boolean facing = via.interfaceName() != null || out.isOnLink(via.address());
      boolean usable = out.operUp() && !out.isLoopback() && !out.hasAddress(via.address());
      if (named && facing && usable) {
        return out;
      }
    }
    return null;
  }
}
