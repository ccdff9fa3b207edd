package io.vireo.vr.config;

import io.vireo.records.router.ietfrouting.Routing;
import io.vireo.records.router.ietfrouting.Routing.ControlPlaneProtocols.ControlPlaneProtocol;
import io.vireo.records.router.ietfrouting.Routing.ControlPlaneProtocols.ControlPlaneProtocol.StaticRoutes.Ipv4.Route.NextHop.NextHopOptionsChoice;
import io.vireo.vr.fib.NextHopGroups;
import io.vireo.vr.rib.NextHop;
import io.vireo.vr.rib.Route;
import io.vireo.vr.rib.RouteSource;
import io.vireo.vr.wire.Prefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The configured routes (RFC 8349 §5.3.1 with the IPv4 augmentation of its Appendix): a large set
/// and what was changed of it since, so that a change of one among many costs that one. Immutable,
/// and shared between threads.
public final class StaticRoutes {
  /// None.
  public static final StaticRoutes NONE = new StaticRoutes(Map.of(), Map.of());

  // Beyond this many changes the set is made anew.
  private static final int CHANGES = 1_000;

  private final Map<Prefix, Entry> base;
  private final Map<Prefix, @Nullable Entry> changes;

  /// @param protocol the name of the routing protocol instance that has it
  private record Entry(String protocol, Route route) {}

  /// What tells two sets apart.
  public record Difference(Set<Prefix> gone, List<Route> come) {}

  private StaticRoutes(Map<Prefix, Entry> base, Map<Prefix, @Nullable Entry> changes) {
    this.base = base;
    this.changes = changes;
  }

  /// Those of a list, as of one protocol instance.
  public static StaticRoutes of(List<Route> routes) {
    Map<Prefix, Entry> base = new HashMap<>();
    routes.forEach(route -> base.put(route.prefix(), new Entry("static", route)));
    return new StaticRoutes(base, Map.of());
  }

  /// How many there are.
  public int size() {
    int size = base.size();
    for (Map.Entry<Prefix, @Nullable Entry> change : changes.entrySet()) {
      boolean was = base.containsKey(change.getKey());
      boolean is = change.getValue() != null;
      size += is == was ? 0 : is ? 1 : -1;
    }
    return size;
  }

  private @Nullable Entry find(Prefix prefix) {
    return changes.containsKey(prefix) ? changes.get(prefix) : base.get(prefix);
  }

  /// What differs from another set.
  @SuppressWarnings("ReferenceEquality") // of one base only the changes can tell them apart
  public Difference since(StaticRoutes before) {
    Set<Prefix> candidates = new HashSet<>(changes.keySet());
    candidates.addAll(before.changes.keySet());
    if (base != before.base) {
      candidates.addAll(base.keySet());
      candidates.addAll(before.base.keySet());
    }
    Set<Prefix> gone = new HashSet<>();
    List<Route> come = new ArrayList<>();
    for (Prefix prefix : candidates) {
      Entry was = before.find(prefix);
      Entry is = find(prefix);
      if (is == null) {
        if (was != null) {
          gone.add(prefix);
        }
      } else if (was == null || !was.route().equals(is.route())) {
        come.add(is.route());
      }
    }
    return new Difference(gone, come);
  }

  /// Reads what is configured.
  ///
  /// @param before another configuration, of which records may be shared
  /// @param known what was made of it
  @SuppressWarnings("ReferenceEquality") // shared records are equal without a look
  static StaticRoutes of(@Nullable Routing routing, @Nullable Routing before, StaticRoutes known)
      throws ConfigRefusal {
    if (routing == before) {
      return known;
    }
    Change change = new Change(known);
    Map<String, ControlPlaneProtocol> old = new HashMap<>();
    protocols(before).forEach(each -> old.put(key(each), each));
    List<ControlPlaneProtocol> now = protocols(routing);
    Map<String, List<ControlPlaneProtocol.StaticRoutes.Ipv4.Route>> come = new LinkedHashMap<>();
    for (ControlPlaneProtocol each : now) {
      ControlPlaneProtocol was = old.remove(key(each));
      come.put(each.name(), change.leave(routes(was), routes(each)));
    }
    for (ControlPlaneProtocol gone : old.values()) {
      change.leave(routes(gone), List.of());
    }
    for (Map.Entry<String, List<ControlPlaneProtocol.StaticRoutes.Ipv4.Route>> each :
        come.entrySet()) {
      for (var route : each.getValue()) {
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

  private static List<ControlPlaneProtocol.StaticRoutes.Ipv4.Route> routes(
      @Nullable ControlPlaneProtocol protocol) {
    var configured = protocol == null ? null : protocol.staticRoutes();
    var ipv4 = configured == null ? null : configured.ipv4();
    return ipv4 == null ? List.of() : ipv4.route();
  }

  /// A set in the making.
  private static final class Change {
    private final StaticRoutes known;
    private final Map<Prefix, @Nullable Entry> changes;

    Change(StaticRoutes known) {
      this.known = known;
      this.changes = new HashMap<>(known.changes);
    }

    /// Takes out what the first list has and the second has not, or has in another form.
    ///
    /// @return what is to be added
    @SuppressWarnings("ReferenceEquality") // most are shared, at the same place but for one
    List<ControlPlaneProtocol.StaticRoutes.Ipv4.Route> leave(
        List<ControlPlaneProtocol.StaticRoutes.Ipv4.Route> was,
        List<ControlPlaneProtocol.StaticRoutes.Ipv4.Route> is)
        throws ConfigRefusal {
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
      for (var gone : was.subList(start, was.size() - end)) {
        String text = gone.destinationPrefix().value();
        changes.put(RouterConfig.prefix(text, text), null);
      }
      return is.subList(start, is.size() - end);
    }

    void add(ControlPlaneProtocol.StaticRoutes.Ipv4.Route configured, String protocol)
        throws ConfigRefusal {
      Route route = routeOf(configured, protocol);
      Prefix prefix = route.prefix();
      Entry other = changes.containsKey(prefix) ? changes.get(prefix) : known.base.get(prefix);
      if (other != null) {
        throw new ConfigRefusal(
            path(configured, protocol),
            "a route to " + prefix + " is already in '" + other.protocol() + "'");
      }
      changes.put(prefix, new Entry(protocol, route));
    }

    StaticRoutes finish() {
      if (changes.size() <= CHANGES) {
        return new StaticRoutes(known.base, changes);
      }
      Map<Prefix, Entry> all = new HashMap<>(known.base);
      changes.forEach((prefix, entry) -> {
        if (entry == null) {
          all.remove(prefix);
        } else {
          all.put(prefix, entry);
        }
      });
      return new StaticRoutes(all, Map.of());
    }
  }

  private static String path(
      ControlPlaneProtocol.StaticRoutes.Ipv4.Route configured, String protocol) {
    return "/ietf-routing:routing/control-plane-protocols/control-plane-protocol[name='"
        + protocol
        + "']/static-routes/ietf-ipv4-unicast-routing:ipv4/route[destination-prefix='"
        + configured.destinationPrefix().value()
        + "']";
  }

  private static Route routeOf(
      ControlPlaneProtocol.StaticRoutes.Ipv4.Route configured, String protocol)
      throws ConfigRefusal {
    String path = path(configured, protocol);
    Prefix prefix = RouterConfig.prefix(configured.destinationPrefix().value(), path);
    var nextHop = configured.nextHop();
    NextHopOptionsChoice options = nextHop == null ? null : nextHop.nextHopOptions();
    if (options == null) {
      throw new ConfigRefusal(path + "/next-hop", "the route to " + prefix + " has no next hop");
    }
    List<NextHop> hops = hops(options, path + "/next-hop");
    if (hops.isEmpty() || hops.size() > NextHopGroups.MAX_PATHS) {
      throw new ConfigRefusal(
          path + "/next-hop",
          hops.size() + " next hops; 1 to " + NextHopGroups.MAX_PATHS + " are possible");
    }
    return new Route(prefix, RouteSource.STATIC, RouteSource.STATIC.defaultPreference(), hops);
  }

  private static List<NextHop> hops(NextHopOptionsChoice options, String path)
      throws ConfigRefusal {
    List<NextHop> hops = new ArrayList<>();
    switch (options) {
      case NextHopOptionsChoice.SimpleNextHop simple -> {
        var address = simple.nextHopAddress();
        String text = address == null ? null : address.value();
        hops.add(hop(text, simple.outgoingInterface(), path));
      }
      case NextHopOptionsChoice.SpecialNextHop special -> {
        var kind = special.specialNextHop();
        if (kind != null) {
          hops.add(
              switch (kind) {
                case BLACKHOLE -> NextHop.Special.BLACKHOLE;
                case UNREACHABLE -> NextHop.Special.UNREACHABLE;
                case PROHIBIT -> NextHop.Special.PROHIBIT;
                case RECEIVE -> NextHop.Special.RECEIVE;
              });
        }
      }
      case NextHopOptionsChoice.NextHopList list -> {
        var members = list.nextHopList();
        if (members != null) {
          for (var member : members.nextHop()) {
            var address = member.nextHopAddress();
            String text = address == null ? null : address.value();
            hops.add(hop(text, member.outgoingInterface(), path));
          }
        }
      }
    }
    return hops;
  }

  private static NextHop hop(@Nullable String address, @Nullable String out, String path)
      throws ConfigRefusal {
    if (address != null) {
      return new NextHop.Via(RouterConfig.parse(address, path), out);
    }
    if (out != null) {
      return new NextHop.OnLink(out);
    }
    throw new ConfigRefusal(path, "a next hop needs an address or an outgoing interface");
  }
}
