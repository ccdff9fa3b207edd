package io.vireo.vr.rib;

import io.vireo.vr.fib.Adjacency;
import io.vireo.vr.fib.Path;
import io.vireo.vr.forward.InterfaceTable;
import io.vireo.vr.forward.RouterInterface;
import io.vireo.vr.wire.IpPrefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What follows from the interfaces alone: local and connected routes (RFC 8349 calls both
/// "direct"), and the addresses that subnets have besides: for special, for any router.
///
/// @param routes all of it, in order
/// @param best of each destination
/// @param paths of the best
/// @param special what stands where there is no route
record DirectRoutes<P extends IpPrefix>(
    List<Route<P>> routes,
    Map<P, Route<P>> best,
    Map<P, List<Path>> paths,
    Map<P, List<Path>> special) {
  /// Of a router without interfaces.
  static <P extends IpPrefix> DirectRoutes<P> none() {
    return new DirectRoutes<>(List.of(), Map.of(), Map.of(), Map.of());
  }

  /// As the interfaces are now.
  static <P extends IpPrefix> DirectRoutes<P> of(
      InterfaceTable interfaces, Function<RouterInterface, List<OwnAddress<P>>> addresses) {
    DirectRoutes<P> made =
        new DirectRoutes<>(
            new ArrayList<>(), new HashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    for (RouterInterface up : interfaces.all()) {
      if (up.operUp()) {
        addresses.apply(up).forEach(own -> made.add(up, own));
      }
    }
    return made;
  }

  private void add(RouterInterface up, OwnAddress<P> own) {
    Route<P> local = Route.of(own.host(), RouteSource.LOCAL, NextHop.Special.RECEIVE);
    routes.add(local);
    best.put(own.host(), local);
    paths.put(own.host(), List.of(Path.of(Adjacency.LOCAL)));
    P second = own.special();
    if (second != null) {
      special.putIfAbsent(second, List.of(Path.of(own.specialIs())));
    }
    P subnet = own.subnet();
    if (subnet != null) {
      connect(up, subnet);
    }
  }

  private void connect(RouterInterface up, P subnet) {
    Route<P> connected = Route.of(subnet, RouteSource.CONNECTED, new NextHop.OnLink(up.name()));
    routes.add(connected);
    if (best.putIfAbsent(subnet, connected) == null) {
      Adjacency link = up.isLoopback() ? Adjacency.LOCAL : Adjacency.connected(up.index());
      paths.put(subnet, List.of(Path.of(link)));
    }
  }

  /// The paths of a destination, a configured route left aside; null: it has none.
  @Nullable List<Path> pathsOf(P prefix) {
    List<Path> known = paths.get(prefix);
    return known == null ? special.get(prefix) : known;
  }

  /// The destinations of which something differs from another state.
  Set<P> since(DirectRoutes<P> before) {
    Set<P> differ = new HashSet<>();
    for (DirectRoutes<P> one : List.of(this, before)) {
      differ.addAll(one.paths.keySet());
      differ.addAll(one.special.keySet());
    }
    differ.removeIf(prefix ->
        Objects.equals(best.get(prefix), before.best.get(prefix))
            && Objects.equals(pathsOf(prefix), before.pathsOf(prefix)));
    return differ;
  }
}
