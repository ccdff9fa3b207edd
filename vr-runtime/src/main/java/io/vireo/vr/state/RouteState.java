package io.vireo.vr.state;

import io.vireo.records.router.ietfinettypes.Ipv4Prefix;
import io.vireo.records.router.ietfipv4unicastrouting.IetfIpv4UnicastRoutingIdentity;
import io.vireo.records.router.ietfrouting.IetfRoutingIdentity;
import io.vireo.records.router.ietfrouting.Routing;
import io.vireo.records.router.ietfrouting.Routing.Ribs.Rib.Routes.Route.NextHop.NextHopList;
import io.vireo.records.router.ietfrouting.Routing.Ribs.Rib.Routes.Route.NextHop.NextHopOptionsChoice;
import io.vireo.records.router.ietfrouting.Routing.Ribs.Rib.Routes.Route.NextHop.SpecialNextHop;
import io.vireo.vr.rib.NextHop;
import io.vireo.vr.rib.Rib;
import io.vireo.vr.rib.RouteSource;
import io.vireo.vr.wire.Ipv4Address;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `/ietf-routing:routing/ribs` (RFC 8349 §5.3, the IPv4 unicast RIB).
final class RouteState {
  private static final String RIB_NAME = "ipv4-unicast";

  private RouteState() {}

  /// By prefix, the preferred route first.
  static List<Rib.Entry> inOrder(List<Rib.Entry> entries) {
    return entries.stream()
        .sorted(
            Comparator.comparing((Rib.Entry each) -> each.route().prefix())
                .thenComparing(Rib.Entry::active, Comparator.reverseOrder())
                .thenComparingInt(each -> each.route().preference()))
        .toList();
  }

  static Routing of(List<Rib.Entry> entries) {
    var routes = entries.stream().map(RouteState::route).toList();
    var rib =
        new Routing.Ribs.Rib(
            RIB_NAME,
            IetfIpv4UnicastRoutingIdentity.IPV4_UNICAST,
            new Routing.Ribs.Rib.Routes(routes),
            null);
    return new Routing(null, null, new Routing.Ribs(List.of(rib)));
  }

  private static Routing.Ribs.Rib.Routes.Route route(Rib.Entry entry) {
    var route = entry.route();
    return new Routing.Ribs.Rib.Routes.Route(
        (long) route.preference(),
        new Routing.Ribs.Rib.Routes.Route.NextHop(options(route.nextHops())),
        route.source() == RouteSource.STATIC
            ? IetfRoutingIdentity.STATIC
            : IetfRoutingIdentity.DIRECT,
        entry.active(),
        null,
        new Ipv4Prefix(route.prefix().toString()));
  }

  private static NextHopOptionsChoice options(List<NextHop> hops) {
    if (hops.size() > 1) {
      return new NextHopOptionsChoice.NextHopList(
          new NextHopList(
              hops.stream()
                  .map(h -> new NextHopList.NextHopListNextHop(link(h), via(h)))
                  .toList()));
    }
    NextHop hop = hops.getFirst();
    if (hop instanceof NextHop.Special special) {
      return new NextHopOptionsChoice.SpecialNextHop(
          switch (special) {
            case BLACKHOLE -> SpecialNextHop.BLACKHOLE;
            case UNREACHABLE -> SpecialNextHop.UNREACHABLE;
            case PROHIBIT -> SpecialNextHop.PROHIBIT;
            case RECEIVE -> SpecialNextHop.RECEIVE;
          });
    }
    return new NextHopOptionsChoice.SimpleNextHop(link(hop), via(hop));
  }

  private static @Nullable String link(NextHop hop) {
    return switch (hop) {
      case NextHop.Via via -> via.interfaceName();
      case NextHop.OnLink link -> link.interfaceName();
      case NextHop.Special special -> null;
    };
  }

  private static io.vireo.records.router.ietfinettypes.@Nullable Ipv4Address via(NextHop hop) {
    return hop instanceof NextHop.Via via
        ? new io.vireo.records.router.ietfinettypes.Ipv4Address(Ipv4Address.format(via.address()))
        : null;
  }
}
