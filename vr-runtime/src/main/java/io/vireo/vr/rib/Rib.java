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
  private final Map<Prefix, Route> staticRoutes = new LinkedHashMap<>();
  private Direct direct = new Direct(List.of(), Map.of(), Map.of(), Map.of());
  private @Nullable List<Entry> entries = List.of();

  /// What follows from the interfaces alone, as of the last [#recompute].
  ///
  /// @param routes all of it, in order
  /// @param best of each destination
  /// @param paths of the best
  /// @param broadcasts what stands where there is no route
  private record Direct(
      List<Route> routes,
      Map<Prefix, Route> best,
      Map<Prefix, List<Adjacency>> paths,
      Map<Prefix, List<Adjacency>> broadcasts) {}

  public Rib(InterfaceTable interfaces, Ipv4Fib fib, NextHopGroups groups) {
    this.interfaces = interfaces;
    this.fib = fib;
    this.groups = groups;
  }

  /// Replaces the configured routes; takes effect with [#recompute].
  public void setStaticRoutes(List<Route> wanted) {
    staticRoutes.clear();
    wanted.forEach(route -> staticRoutes.put(route.prefix(), route));
  }

  /// Changes configured routes, and the forwarding table at once: at the cost of these.
  ///
  /// @param gone destinations that have none any more
  /// @param come new ones, or in the place of others
  public void changeStaticRoutes(Set<Prefix> gone, List<Route> come) {
    gone.forEach(staticRoutes::remove);
    come.forEach(route -> staticRoutes.put(route.prefix(), route));
    // New and changed routes first, as in a whole.
    come.forEach(route -> settle(route.prefix()));
    gone.forEach(this::settle);
    if (!gone.isEmpty() || !come.isEmpty()) {
      entries = null;
    }
  }

  private void settle(Prefix prefix) {
    List<Adjacency> paths = wanted(prefix);
    if (paths == null) {
      withdraw(prefix);
    } else {
      install(prefix, paths);
    }
  }

  // The paths of a destination's best route; null: it has none.
  private @Nullable List<Adjacency> wanted(Prefix prefix) {
    Route route = staticRoutes.get(prefix);
    Route present = direct.best().get(prefix);
    if (route != null && (present == null || route.preference() < present.preference())) {
      List<Adjacency> paths = resolve(route);
      if (!paths.isEmpty()) {
        return paths;
      }
    }
    return present == null ? direct.broadcasts().get(prefix) : direct.paths().get(prefix);
  }

  /// Works out the forwarding table anew and installs what differs from the present one.
  public void recompute() {
    Map<Prefix, List<Adjacency>> paths = new LinkedHashMap<>();
    Map<Prefix, Route> best = new HashMap<>();
    List<Route> routes = new ArrayList<>();
    for (RouterInterface up : interfaces.all()) {
      if (up.operUp()) {
        addDirect(up, routes, paths, best);
      }
    }
    Map<Prefix, List<Adjacency>> broadcasts = new LinkedHashMap<>();
    addSubnetBroadcasts(broadcasts);
    direct = new Direct(routes, best, paths, broadcasts);
    Set<Prefix> known = new LinkedHashSet<>(paths.keySet());
    known.addAll(staticRoutes.keySet());
    known.addAll(broadcasts.keySet());
    Set<Prefix> gone = new HashSet<>(installed.keySet());
    // New and changed routes first, so that no destination is without one in between.
    for (Prefix prefix : known) {
      List<Adjacency> wanted = wanted(prefix);
      if (wanted != null) {
        install(prefix, wanted);
        gone.remove(prefix);
      }
    }
    gone.forEach(this::withdraw);
    entries = null;
  }

  private void install(Prefix prefix, List<Adjacency> paths) {
    if (!paths.equals(installed.get(prefix))) {
      int before = fib.install(prefix, groups.acquire(paths));
      if (before >= 0) {
        groups.release(before);
      }
      installed.put(prefix, paths);
      fib.reclaim(); // the worker, which is here, is the only reader
    }
  }

  private void withdraw(Prefix prefix) {
    if (installed.remove(prefix) != null) {
      groups.release(fib.withdraw(prefix));
      fib.reclaim();
    }
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

  /// Every route, as it stands.
  public List<Entry> entries() {
    List<Entry> known = entries;
    if (known == null) {
      known = new ArrayList<>();
      for (Route route : direct.routes()) {
        known.add(new Entry(named(route), isActive(route)));
      }
      for (Route route : staticRoutes.values()) {
        known.add(new Entry(named(route), isActive(route)));
      }
      entries = List.copyOf(known);
    }
    return known;
  }

  private boolean isActive(Route route) {
    Route present = direct.best().get(route.prefix());
    Route configured = staticRoutes.get(route.prefix());
    boolean better =
        configured != null
            && (present == null || configured.preference() < present.preference())
            && !resolve(configured).isEmpty();
    return route.equals(better ? configured : present);
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
}
