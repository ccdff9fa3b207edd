package io.vireo.vr.config;

import io.vireo.records.router.ietfrouting.Routing.ControlPlaneProtocols.ControlPlaneProtocol;
import io.vireo.vr.rib.NextHop;
import io.vireo.vr.wire.IpPrefix;
import java.util.List;

/// How one address family's static routes are configured: YANG has a list for each, of the same
/// shape.
///
/// @param <P> its prefixes
/// @param <R> the record of a route
interface StaticRouteRecords<P extends IpPrefix, R> {
  /// The name of the family's container, with its module.
  String container();

  List<R> routes(ControlPlaneProtocol.StaticRoutes configured);

  /// The text of a route's destination.
  String destination(R route);

  /// @param path where the text stands
  P prefix(String text, String path) throws ConfigRefusal;

  /// None where none is configured.
  ///
  /// @param path where they stand
  List<NextHop> nextHops(R route, String path) throws ConfigRefusal;
}
