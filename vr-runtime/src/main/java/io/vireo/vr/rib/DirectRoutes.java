package io.vireo.vr.rib;

import io.vireo.vr.fib.Adjacency;
import io.vireo.vr.forward.InterfaceTable;
import io.vireo.vr.forward.RouterInterface;
import io.vireo.vr.forward.RouterInterface.InterfaceAddress;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Prefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What follows from the interfaces alone: local and connected routes (RFC 8349 calls both
/// "direct"), and the subnets' broadcast addresses.
///
/// @param routes all of it, in order
/// @param best of each destination
/// @param paths of the best
/// @param broadcasts what stands where there is no route
record DirectRoutes(
    List<Route> routes,
    Map<Prefix, Route> best,
    Map<Prefix, List<Adjacency>> paths,
    Map<Prefix, List<Adjacency>> broadcasts) {
  static final DirectRoutes NONE = new DirectRoutes(List.of(), Map.of(), Map.of(), Map.of());

  private static final List<Adjacency> BROADCAST =
      List.of(Adjacency.of(Adjacency.Kind.DIRECTED_BROADCAST));

  /// As the interfaces are now.
  static DirectRoutes of(InterfaceTable interfaces) {
    DirectRoutes made =
        new DirectRoutes(
            new ArrayList<>(), new HashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    for (RouterInterface up : interfaces.all()) {
      if (up.operUp()) {
        made.add(up);
      }
    }
    return made;
  }

  private void add(RouterInterface up) {
    for (InterfaceAddress own : up.addresses()) {
      Prefix host = new Prefix(own.address(), 32);
      Route local = Route.of(host, RouteSource.LOCAL, NextHop.Special.RECEIVE);
      routes.add(local);
      best.put(host, local);
      paths.put(host, List.of(Adjacency.LOCAL));
      if (own.prefixLength() <= 30) { // RFC 3021: a /31 has no broadcast address
        int broadcast = own.address() | ~Ipv4Address.mask(own.prefixLength());
        broadcasts.putIfAbsent(new Prefix(broadcast, 32), BROADCAST);
      }
      if (own.prefixLength() < 32) {
        connect(up, own.subnet());
      }
    }
  }

  private void connect(RouterInterface up, Prefix subnet) {
    Route connected = Route.of(subnet, RouteSource.CONNECTED, new NextHop.OnLink(up.name()));
    routes.add(connected);
    if (best.putIfAbsent(subnet, connected) == null) {
      paths.put(
          subnet, List.of(up.isLoopback() ? Adjacency.LOCAL : Adjacency.connected(up.index())));
    }
  }

  /// The paths of a destination, a configured route left aside; null: it has none.
  @Nullable List<Adjacency> pathsOf(Prefix prefix) {
    List<Adjacency> known = paths.get(prefix);
    return known == null ? broadcasts.get(prefix) : known;
  }

  /// The destinations of which something differs from another state.
  Set<Prefix> since(DirectRoutes before) {
    Set<Prefix> differ = new HashSet<>();
    for (DirectRoutes one : List.of(this, before)) {
      differ.addAll(one.paths.keySet());
      differ.addAll(one.broadcasts.keySet());
    }
    differ.removeIf(prefix ->
        Objects.equals(best.get(prefix), before.best.get(prefix))
            && Objects.equals(pathsOf(prefix), before.pathsOf(prefix)));
    return differ;
  }
}
