package io.vireo.vr.state;

import io.vireo.records.router.ietfinettypes.Ipv4Address;
import io.vireo.records.router.ietfinettypes.Ipv6Address;
import io.vireo.records.router.ietfipv4unicastrouting.IetfIpv4UnicastRoutingIdentity;
import io.vireo.records.router.ietfipv6unicastrouting.IetfIpv6UnicastRoutingIdentity;
import io.vireo.records.router.ietfrouting.IetfRoutingIdentity;
import io.vireo.records.router.ietfrouting.Routing;
import io.vireo.records.router.ietfrouting.Routing.Ribs.Rib.Routes.Route.NextHop.NextHopList;
import io.vireo.records.router.ietfrouting.Routing.Ribs.Rib.Routes.Route.NextHop.NextHopOptionsChoice;
import io.vireo.records.router.ietfrouting.Routing.Ribs.Rib.Routes.Route.NextHop.SpecialNextHop;
import io.vireo.vr.rib.NextHop;
import io.vireo.vr.rib.Rib;
import io.vireo.vr.rib.RouteSource;
import io.vireo.vr.wire.IpPrefix;
import io.vireo.vr.wire.Ipv4Prefix;
import io.vireo.vr.wire.Ipv6Prefix;
import io.vireo.wire.Identity;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `/ietf-routing:routing/ribs` (RFC 8349 §5.3): the unicast RIBs of both families.
final class RouteState {
  private RouteState() {}

  /// By prefix, the preferred route first.
  static <P extends IpPrefix & Comparable<P>> List<Rib.Entry<P>> inOrder(
      List<Rib.Entry<P>> entries) {
    return entries.stream()
        .sorted(
            Comparator.comparing((Rib.Entry<P> each) -> each.route().prefix())
                .thenComparing(Rib.Entry::active, Comparator.reverseOrder())
                .thenComparingInt(each -> each.route().preference()))
        .toList();
  }

  static Routing ofIpv4(List<Rib.Entry<Ipv4Prefix>> entries) {
    return rib("ipv4-unicast", IetfIpv4UnicastRoutingIdentity.IPV4_UNICAST, entries);
  }

  static Routing ofIpv6(List<Rib.Entry<Ipv6Prefix>> entries) {
    return rib("ipv6-unicast", IetfIpv6UnicastRoutingIdentity.IPV6_UNICAST, entries);
  }

  private static <P extends IpPrefix> Routing rib(
      String name, Identity family, List<Rib.Entry<P>> entries) {
    var routes = entries.stream().map(RouteState::route).toList();
    var rib = new Routing.Ribs.Rib(name, family, new Routing.Ribs.Rib.Routes(routes), null);
    return new Routing(null, null, new Routing.Ribs(List.of(rib)));
  }

  private static <P extends IpPrefix> Routing.Ribs.Rib.Routes.Route route(Rib.Entry<P> entry) {
    var route = entry.route();
    String text = route.prefix().toString();
    boolean ipv4 = route.prefix() instanceof Ipv4Prefix;
    return new Routing.Ribs.Rib.Routes.Route(
        (long) route.preference(),
        new Routing.Ribs.Rib.Routes.Route.NextHop(options(route.nextHops())),
        route.source() == RouteSource.STATIC
            ? IetfRoutingIdentity.STATIC
            : IetfRoutingIdentity.DIRECT,
        entry.active(),
        null,
        ipv4 ? new io.vireo.records.router.ietfinettypes.Ipv4Prefix(text) : null,
        ipv4 ? null : new io.vireo.records.router.ietfinettypes.Ipv6Prefix(text));
  }

  @SuppressWarnings("NullAway") // javac drops the annotation of a compact constructor's parameter
  private static NextHopOptionsChoice options(List<NextHop> hops) {
    if (hops.size() > 1) {
      return new NextHopOptionsChoice.NextHopList(
          new NextHopList(
              hops.stream()
                  .map(h ->
                      new NextHopList.NextHopListNextHop(
                          link(h), ipv4(h), ipv6(h), h.weight() == 1 ? null : h.weight()))
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
    return new NextHopOptionsChoice.SimpleNextHop(link(hop), ipv4(hop), ipv6(hop));
  }

  private static @Nullable String link(NextHop hop) {
    return switch (hop) {
      case NextHop.Via via -> via.interfaceName();
      case NextHop.OnLink link -> link.interfaceName();
      case NextHop.Special special -> null;
    };
  }

  private static @Nullable Ipv4Address ipv4(NextHop hop) {
    return hop instanceof NextHop.Via via && via.address().isIpv4()
        ? new Ipv4Address(via.address().toString())
        : null;
  }

  private static @Nullable Ipv6Address ipv6(NextHop hop) {
    return hop instanceof NextHop.Via via && !via.address().isIpv4()
        ? new Ipv6Address(via.address().toString())
        : null;
  }
}
