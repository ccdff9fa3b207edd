package io.vireo.vr.state;

import io.vireo.records.router.ietfinettypes.Ipv4Prefix;
import io.vireo.records.router.vireoforwarding.Forwarding;
import io.vireo.records.router.vireoforwarding.Forwarding.Fib.Ipv4.Route;
import io.vireo.vr.fib.Adjacency;
import io.vireo.vr.forward.DataPlane;
import io.vireo.vr.forward.DropReason;
import io.vireo.vr.forward.RouterInterface;
import io.vireo.vr.wire.Prefix;
import java.util.ArrayList;
import java.util.List;

/// `/vireo-forwarding:forwarding`: FIB, drops by reason, packet pool.
final class ForwardingState {
  private ForwardingState() {}

  static Forwarding of(DataPlane plane) {
    List<Route> routes = new ArrayList<>();
    plane.fib().forEach((prefix, group) -> routes.add(route(plane, prefix, group)));
    List<Forwarding.Drops.Drop> drops = new ArrayList<>();
    for (DropReason reason : DropReason.values()) {
      if (reason.isLoss()) {
        drops.add(
            new Forwarding.Drops.Drop(
                io.vireo.records.router.vireoforwarding.DropReason.require(reason.yangName()),
                plane.drops().count(reason)));
      }
    }
    return new Forwarding(
        new Forwarding.Fib(
            new Forwarding.Fib.Ipv4((long) plane.fib().size(), plane.fib().sizeBytes(), routes)),
        new Forwarding.Drops(drops),
        new Forwarding.Buffers((long) plane.pool().capacity(), (long) plane.pool().available()));
  }

  private static Route route(DataPlane plane, Prefix prefix, int group) {
    List<Adjacency> members = plane.groups().members(group);
    List<Route.Path> paths = new ArrayList<>();
    for (Adjacency member : members) {
      RouterInterface out = plane.interfaces().lookup(member.interfaceIndex());
      if (out != null) {
        boolean routed = member.kind() == Adjacency.Kind.NEXT_HOP;
        paths.add(
            new Route.Path(
                paths.size(),
                out.name(),
                routed ? InterfaceState.address(member.nextHop()) : null,
                null));
      }
    }
    return new Route(
        new Ipv4Prefix(prefix.toString()), disposition(members.getFirst().kind()), paths);
  }

  private static Route.Disposition disposition(Adjacency.Kind kind) {
    return switch (kind) {
      case LOCAL -> Route.Disposition.LOCAL;
      case CONNECTED -> Route.Disposition.ATTACHED;
      case NEXT_HOP -> Route.Disposition.FORWARD;
      case BLACKHOLE, DIRECTED_BROADCAST -> Route.Disposition.BLACKHOLE;
      case UNREACHABLE, NO_ROUTE -> Route.Disposition.UNREACHABLE;
      case PROHIBIT -> Route.Disposition.PROHIBIT;
    };
  }
}
