package io.vireo.vr.config;

import io.vireo.records.router.ietfrouting.Routing;
import io.vireo.records.router.ietfrouting.Routing.ControlPlaneProtocols.ControlPlaneProtocol;
import io.vireo.vr.fib.NextHopGroups;
import io.vireo.vr.rib.NextHop;
import io.vireo.vr.rib.Route;
import io.vireo.vr.rib.RouteSource;
import io.vireo.vr.wire.IpPrefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The configured routes of an address family (RFC 8349 §5.3.1, §8, §9): a large set and what was
/// changed of it since, so that a change of one among many costs that one. Immutable, and shared
/// between threads.
///
/// @param <P> the family's prefixes
public final class StaticRoutes<P extends IpPrefix> {
  // Beyond this many changes the set is made anew.
  private static final int CHANGES = 1_000;

  private final Map<P, Entry<P>> base;
  private final Map<P, @Nullable Entry<P>> changes;

  /// @param protocol the name of the routing protocol instance that has it
  private record Entry<P extends IpPrefix>(String protocol, Route<P> route) {}

  /// What tells two sets apart.
  public record Difference<P extends IpPrefix>(Set<P> gone, List<Route<P>> come) {}

  private StaticRoutes(Map<P, Entry<P>> base, Map<P, @Nullable Entry<P>> changes) {
    this.base = base;
    this.changes = changes;
  }

  /// None.
  public static <P extends IpPrefix> StaticRoutes<P> none() {
    return new StaticRoutes<>(Map.of(), Map.of());
  }

  /// Those of a list, as of one protocol instance.
  public static <P extends IpPrefix> StaticRoutes<P> of(List<Route<P>> routes) {
    Map<P, Entry<P>> base = new HashMap<>();
    routes.forEach(route -> base.put(route.prefix(), new Entry<>("static", route)));
    return new StaticRoutes<>(base, Map.of());
  }

  /// How many there are.
  public int size() {
    int size = base.size();
    for (Map.Entry<P, @Nullable Entry<P>> change : changes.entrySet()) {
      boolean was = base.containsKey(change.getKey());
      boolean is = change.getValue() != null;
      size += is == was ? 0 : is ? 1 : -1;
    }
    return size;
  }

  private @Nullable Entry<P> find(P prefix) {
    return changes.containsKey(prefix) ? changes.get(prefix) : base.get(prefix);
  }

  /// What differs from another set.
  @SuppressWarnings("ReferenceEquality") // of one base only the changes can tell them apart
  public Difference<P> since(StaticRoutes<P> before) {
    Set<P> candidates = new HashSet<>(changes.keySet());
    candidates.addAll(before.changes.keySet());
    if (base != before.base) {
      candidates.addAll(base.keySet());
      candidates.addAll(before.base.keySet());
    }
    Set<P> gone = new HashSet<>();
    List<Route<P>> come = new ArrayList<>();
    for (P prefix : candidates) {
      Entry<P> was = before.find(prefix);
      Entry<P> is = find(prefix);
      if (is == null) {
        if (was != null) {
          gone.add(prefix);
        }
      } else if (was == null || !was.route().equals(is.route())) {
        come.add(is.route());
      }
    }
    return new Difference<>(gone, come);
  }

  /// Reads what is configured.
  ///
  /// @param records how the family's records are read
  /// @param before another configuration, of which records may be shared
  /// @param known what was made of it
  @SuppressWarnings("ReferenceEquality") // shared records are equal without a look
  static <P extends IpPrefix, R> StaticRoutes<P> of(
      StaticRouteRecords<P, R> records,
      @Nullable Routing routing,
      @Nullable Routing before,
      StaticRoutes<P> known)
      throws ConfigRefusal {
    if (routing == before) {
      return known;
    }
    Change<P, R> change = new Change<>(records, known);
    Map<String, ControlPlaneProtocol> old = new HashMap<>();
    protocols(before).forEach(each -> old.put(key(each), each));
    List<ControlPlaneProtocol> now = protocols(routing);
    Map<String, List<R>> come = new LinkedHashMap<>();
    for (ControlPlaneProtocol each : now) {
      ControlPlaneProtocol was = old.remove(key(each));
      come.put(each.name(), change.leave(routes(records, was), routes(records, each)));
    }
    for (ControlPlaneProtocol gone : old.values()) {
      change.leave(routes(records, gone), List.of());
    }
    for (Map.Entry<String, List<R>> each : come.entrySet()) {
      for (R route : each.getValue()) {
        change.add(route, each.getKey());
      }
    }
    return change.finish();
  }

  private static String key(ControlPlaneProtocol protocol) {
    return protocol.type() + " " + protocol.name();
  }

  private static List<ControlPlaneProtocol> protocols(@Nullable Routing routing) {
    var protocols = routing == null ? null : routing.controlPlaneProtocols();
    return protocols == null ? List.of() : protocols.controlPlaneProtocol();
  }

  private static <R> List<R> routes(
      StaticRouteRecords<?, R> records, @Nullable ControlPlaneProtocol protocol) {
    var configured = protocol == null ? null : protocol.staticRoutes();
    return configured == null ? List.of() : records.routes(configured);
  }

  /// A set in the making.
  private static final class Change<P extends IpPrefix, R> {
    private final StaticRouteRecords<P, R> records;
    private final StaticRoutes<P> known;
    private final Map<P, @Nullable Entry<P>> changes;

    Change(StaticRouteRecords<P, R> records, StaticRoutes<P> known) {
      this.records = records;
      this.known = known;
      this.changes = new HashMap<>(known.changes);
    }

    /// Takes out what the first list has and the second has not, or has in another form.
    ///
    /// @return what is to be added
    @SuppressWarnings("ReferenceEquality") // most are shared, at the same place but for one
    List<R> leave(List<R> was, List<R> is) throws ConfigRefusal {
      if (was == is) {
        return List.of();
      }
      int start = 0;
      int shorter = Math.min(was.size(), is.size());
      while (start < shorter && was.get(start) == is.get(start)) {
        start++;
      }
      int end = 0;
      while (end < shorter - start
          && was.get(was.size() - 1 - end) == is.get(is.size() - 1 - end)) {
        end++;
      }
      for (R gone : was.subList(start, was.size() - end)) {
        String text = records.destination(gone);
        changes.put(records.prefix(text, text), null);
      }
      return is.subList(start, is.size() - end);
    }

    void add(R configured, String protocol) throws ConfigRefusal {
      Route<P> route = routeOf(configured, protocol);
      P prefix = route.prefix();
      Entry<P> other = changes.containsKey(prefix) ? changes.get(prefix) : known.base.get(prefix);
      if (other != null) {
        throw new ConfigRefusal(
            path(configured, protocol),
            "a route to " + prefix + " is already in '" + other.protocol() + "'");
      }
      changes.put(prefix, new Entry<>(protocol, route));
    }

    StaticRoutes<P> finish() {
      if (changes.size() <= CHANGES) {
        return new StaticRoutes<>(known.base, changes);
      }
      Map<P, Entry<P>> all = new HashMap<>(known.base);
      changes.forEach((prefix, entry) -> {
        if (entry == null) {
          all.remove(prefix);
        } else {
          all.put(prefix, entry);
        }
      });
      return new StaticRoutes<>(all, Map.of());
    }

    private String path(R configured, String protocol) {
      return "/ietf-routing:routing/control-plane-protocols/control-plane-protocol[name='"
          + protocol
          + "']/static-routes/"
          + records.container()
          + "/route[destination-prefix='"
          + records.destination(configured)
          + "']";
    }

    private Route<P> routeOf(R configured, String protocol) throws ConfigRefusal {
      String path = path(configured, protocol);
      P prefix = records.prefix(records.destination(configured), path);
      List<NextHop> hops = records.nextHops(configured, path + "/next-hop");
      if (hops.isEmpty()) {
        throw new ConfigRefusal(path + "/next-hop", "the route to " + prefix + " has no next hop");
      }
      if (hops.size() > NextHopGroups.MAX_PATHS) {
        throw new ConfigRefusal(
            path + "/next-hop",
            hops.size() + " next hops; 1 to " + NextHopGroups.MAX_PATHS + " are possible");
      }
      return new Route<>(prefix, RouteSource.STATIC, RouteSource.STATIC.defaultPreference(), hops);
    }
  }
}
