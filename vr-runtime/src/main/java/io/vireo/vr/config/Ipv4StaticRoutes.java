package io.vireo.vr.config;

import io.vireo.records.router.ietfrouting.Routing.ControlPlaneProtocols.ControlPlaneProtocol;
import io.vireo.records.router.ietfrouting.Routing.ControlPlaneProtocols.ControlPlaneProtocol.StaticRoutes.Ipv4.Route;
import io.vireo.records.router.ietfrouting.Routing.ControlPlaneProtocols.ControlPlaneProtocol.StaticRoutes.Ipv4.Route.NextHop.NextHopOptionsChoice;
import io.vireo.vr.rib.NextHop;
import io.vireo.vr.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.List;

/// The records of `ietf-ipv4-unicast-routing`.
final class Ipv4StaticRoutes implements StaticRouteRecords<Ipv4Prefix, Route> {
  @Override
  public String container() {
    return "ietf-ipv4-unicast-routing:ipv4";
  }

  @Override
  public List<Route> routes(ControlPlaneProtocol.StaticRoutes configured) {
    var family = configured.ipv4();
    return family == null ? List.of() : family.route();
  }

  @Override
  public String destination(Route route) {
    return route.destinationPrefix().value();
  }

  @Override
  public Ipv4Prefix prefix(String text, String path) throws ConfigRefusal {
    return ConfiguredText.ipv4Prefix(text, path);
  }

  @Override
  public List<NextHop> nextHops(Route route, String path) throws ConfigRefusal {
    var nextHop = route.nextHop();
    NextHopOptionsChoice options = nextHop == null ? null : nextHop.nextHopOptions();
    List<NextHop> hops = new ArrayList<>();
    switch (options) {
      case null -> {}
      case NextHopOptionsChoice.SimpleNextHop simple -> {
        var address = simple.nextHopAddress();
        String text = address == null ? null : address.value();
        hops.add(ConfiguredText.nextHop(text, simple.outgoingInterface(), false, null, path));
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
            hops.add(
                ConfiguredText.nextHop(
                    text, member.outgoingInterface(), false, member.weight(), path));
          }
        }
      }
    }
    return hops;
  }
}
