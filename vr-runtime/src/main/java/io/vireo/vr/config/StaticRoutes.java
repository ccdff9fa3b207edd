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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads static routes (RFC 8349 §5.3.1 with the IPv4 augmentation of its Appendix).
final class StaticRoutes {
  private StaticRoutes() {}

  static List<Route> of(@Nullable Routing routing) throws ConfigRefusal {
    List<Route> routes = new ArrayList<>();
    Map<Prefix, String> seen = new HashMap<>();
    var protocols = routing == null ? null : routing.controlPlaneProtocols();
    for (ControlPlaneProtocol protocol :
        protocols == null ? List.<ControlPlaneProtocol>of() : protocols.controlPlaneProtocol()) {
      var configured = protocol.staticRoutes();
      var ipv4 = configured == null ? null : configured.ipv4();
      if (ipv4 == null) {
        continue;
      }
      for (var route : ipv4.route()) {
        routes.add(routeOf(route, protocol.name(), seen));
      }
    }
    return routes;
  }

  private static Route routeOf(
      ControlPlaneProtocol.StaticRoutes.Ipv4.Route configured,
      String protocol,
      Map<Prefix, String> seen)
      throws ConfigRefusal {
    String text = configured.destinationPrefix().value();
    String path =
        "/ietf-routing:routing/control-plane-protocols/control-plane-protocol[name='"
            + protocol
            + "']/static-routes/ietf-ipv4-unicast-routing:ipv4/route[destination-prefix='"
            + text
            + "']";
    Prefix prefix = RouterConfig.prefix(text, path);
    String other = seen.putIfAbsent(prefix, protocol);
    if (other != null) {
      throw new ConfigRefusal(path, "a route to " + prefix + " is already in '" + other + "'");
    }
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
