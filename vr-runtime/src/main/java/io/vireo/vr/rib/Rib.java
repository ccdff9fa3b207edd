package io.vireo.vr.rib;

import io.vireo.vr.fib.Adjacency;
import io.vireo.vr.fib.Ipv4Fib;
import io.vireo.vr.fib.NextHopGroups;
import io.vireo.vr.forward.InterfaceTable;
import io.vireo.vr.forward.RouterInterface;
import io.vireo.vr.forward.RouterInterface.InterfaceAddress;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Prefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All routes, the best of each destination, and their way into the FIB. Owned by the worker.
public final class Rib {
  /// A route as state shows it; `active` when it is the one packets follow.
  ///
  /// @param route with the interfaces of its next hops, where they are known
  public record Entry(Route route, boolean active) {}

  private final InterfaceTable interfaces;
  private final Ipv4Fib fib;
  private final NextHopGroups groups;
  private final Map<Prefix, List<Adjacency>> installed = new HashMap<>();
  private List<Route> staticRoutes = List.of();
  private List<Entry> entries = List.of();

  public Rib(InterfaceTable interfaces, Ipv4Fib fib, NextHopGroups groups) {
    this.interfaces = interfaces;
    this.fib = fib;
    this.groups = groups;
  }

  /// Replaces the configured routes; takes effect with [#recompute].
  public void setStaticRoutes(List<Route> wanted) {
    staticRoutes = List.copyOf(wanted);
  }

  public List<Route> staticRoutes() {
    return staticRoutes;
  }

  /// Works out the forwarding table anew and installs what differs from the present one.
  public void recompute() {
    Map<Prefix, List<Adjacency>> wanted = new LinkedHashMap<>();
    Map<Prefix, Route> best = new HashMap<>();
    List<Route> all = new ArrayList<>();
    for (RouterInterface up : interfaces.all()) {
      if (up.operUp()) {
        addDirect(up, all, wanted, best);
      }
    }
    for (Route route : staticRoutes) {
      all.add(route);
      List<Adjacency> paths = resolve(route);
      Route present = best.get(route.prefix());
      if (!paths.isEmpty() && (present == null || route.preference() < present.preference())) {
        best.put(route.prefix(), route);
        wanted.put(route.prefix(), paths);
      }
    }
    addSubnetBroadcasts(wanted);
    install(wanted);
    entries = all.stream().map(r -> new Entry(named(r), r.equals(best.get(r.prefix())))).toList();
  }

  /// The route with the interface of each next hop that can be reached now.
  private Route named(Route route) {
    List<NextHop> hops = route.nextHops().stream().map(this::named).toList();
    return hops.equals(route.nextHops())
        ? route
        : new Route(route.prefix(), route.source(), route.preference(), hops);
  }

  private NextHop named(NextHop hop) {
    if (hop instanceof NextHop.Via via && via.interfaceName() == null) {
      RouterInterface out = outgoing(via);
      return out == null ? via : new NextHop.Via(via.address(), out.name());
    }
    return hop;
  }

  /// Every route, as of the last [#recompute].
  public List<Entry> entries() {
    return entries;
  }

  private static void addDirect(
      RouterInterface up,
      List<Route> all,
      Map<Prefix, List<Adjacency>> wanted,
      Map<Prefix, Route> best) {
    for (InterfaceAddress own : up.addresses()) {
      Route local =
          Route.of(new Prefix(own.address(), 32), RouteSource.LOCAL, NextHop.Special.RECEIVE);
      all.add(local);
      best.put(local.prefix(), local);
      wanted.put(local.prefix(), List.of(Adjacency.LOCAL));
      if (own.prefixLength() == 32) {
        continue;
      }
      Route connected =
          Route.of(own.subnet(), RouteSource.CONNECTED, new NextHop.OnLink(up.name()));
      all.add(connected);
      if (best.putIfAbsent(own.subnet(), connected) == null) {
        wanted.put(
            own.subnet(),
            List.of(up.isLoopback() ? Adjacency.LOCAL : Adjacency.connected(up.index())));
      }
    }
  }

  private void addSubnetBroadcasts(Map<Prefix, List<Adjacency>> wanted) {
    List<Adjacency> broadcast = List.of(Adjacency.of(Adjacency.Kind.DIRECTED_BROADCAST));
    for (RouterInterface up : interfaces.all()) {
      for (InterfaceAddress own : up.operUp() ? up.addresses() : List.<InterfaceAddress>of()) {
        if (own.prefixLength() <= 30) { // RFC 3021: a /31 has no broadcast address
          int address = own.address() | ~Ipv4Address.mask(own.prefixLength());
          wanted.putIfAbsent(new Prefix(address, 32), broadcast);
        }
      }
    }
  }

  /// The adjacencies of the next hops that can be used now.
  private List<Adjacency> resolve(Route route) {
    Set<Adjacency> paths = new LinkedHashSet<>();
    for (NextHop hop : route.nextHops()) {
      Adjacency path =
          switch (hop) {
            case NextHop.Via via -> resolveVia(via);
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

  private @Nullable Adjacency resolveVia(NextHop.Via via) {
    RouterInterface out = outgoing(via);
    return out == null ? null : Adjacency.nextHop(out.index(), via.address());
  }

  private @Nullable RouterInterface outgoing(NextHop.Via via) {
    for (RouterInterface out : interfaces.all()) {
      boolean named = via.interfaceName() == null || out.name().equals(via.interfaceName());
      boolean facing = via.interfaceName() != null || out.addressFacing(via.address()) != 0;
      boolean usable = out.operUp() && !out.isLoopback() && !out.hasAddress(via.address());
      if (named && facing && usable) {
        return out;
      }
    }
    return null;
  }

  /// New and changed routes first, so that no destination is without one in between.
  private void install(Map<Prefix, List<Adjacency>> wanted) {
    wanted.forEach((prefix, paths) -> {
      if (!paths.equals(installed.get(prefix))) {
        int before = fib.install(prefix, groups.acquire(paths));
        if (before >= 0) {
          groups.release(before);
        }
        installed.put(prefix, paths);
      }
    });
    for (Prefix gone : new HashSet<>(installed.keySet())) {
      if (!wanted.containsKey(gone)) {
        groups.release(fib.withdraw(gone));
        installed.remove(gone);
      }
    }
  }
}
