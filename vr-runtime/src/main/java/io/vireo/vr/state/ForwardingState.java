package io.vireo.vr.state;

import io.vireo.records.router.ietfyangtypes.PhysAddress;
import io.vireo.records.router.vireoforwarding.Disposition;
import io.vireo.records.router.vireoforwarding.Forwarding;
import io.vireo.vr.fib.Adjacency;
import io.vireo.vr.fib.Fib;
import io.vireo.vr.fib.Path;
import io.vireo.vr.forward.DataPlane;
import io.vireo.vr.forward.DropReason;
import io.vireo.vr.forward.GraphNode;
import io.vireo.vr.forward.NodeStatistics;
import io.vireo.vr.forward.RouterInterface;
import io.vireo.vr.neighbour.NeighbourTable;
import io.vireo.vr.neighbour.NeighbourTable.Neighbour;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv4Prefix;
import io.vireo.vr.wire.Ipv6Prefix;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `/vireo-forwarding:forwarding`: FIB, drops by reason, packet pool.
///
/// The worker copies what changes ([#of]); the records are made by whoever asks ([#pages]).
final class ForwardingState {
  /// A route and the paths its group had when the copy was taken.
  private record Entry<P>(P prefix, List<Path> paths) {}

  /// A next hop on an interface.
  private record Hop(int interfaceIndex, IpAddress address) {}

  private final List<Entry<Ipv4Prefix>> ipv4 = new ArrayList<>();
  private final List<Entry<Ipv6Prefix>> ipv6 = new ArrayList<>();
  private final Map<Integer, String> interfaceNames = new HashMap<>();
  private final Map<Hop, PhysAddress> linkLayerAddresses = new HashMap<>();
  private final Forwarding totals;

  private ForwardingState(Forwarding totals) {
    this.totals = totals;
  }

  /// On the worker.
  static ForwardingState of(DataPlane plane) {
    List<Forwarding.Drops.Drop> drops = new ArrayList<>();
    for (DropReason reason : DropReason.values()) {
      if (reason.isLoss()) {
        drops.add(
            new Forwarding.Drops.Drop(
                io.vireo.records.router.vireoforwarding.DropReason.require(reason.yangName()),
                plane.drops().count(reason)));
      }
    }
    var ipv4 =
        new Forwarding.Fib.Ipv4((long) plane.fib().size(), plane.fib().sizeBytes(), List.of());
    var ipv6 =
        new Forwarding.Fib.Ipv6(
            (long) plane.ipv6Fib().size(), plane.ipv6Fib().sizeBytes(), List.of());
    ForwardingState copy =
        new ForwardingState(
            new Forwarding(
                new Forwarding.Fib(ipv4, ipv6),
                new Forwarding.Drops(drops),
                new Forwarding.Runtime(runtime(plane.statistics())),
                new Forwarding.Buffers(
                    (long) plane.pool().capacity(), (long) plane.pool().available())));
    Map<Integer, List<Path>> groups = new HashMap<>();
    copy(plane.fib(), plane, groups, copy.ipv4);
    copy(plane.ipv6Fib(), plane, groups, copy.ipv6);
    for (RouterInterface each : plane.interfaces().all()) {
      copy.interfaceNames.put(each.index(), each.name());
    }
    for (NeighbourTable table : List.of(plane.neighbours(), plane.ipv6Neighbours())) {
      for (Neighbour each : table.snapshot()) {
        if (each.mac() != NeighbourTable.UNKNOWN_MAC) {
          copy.linkLayerAddresses.put(
              new Hop(each.interfaceIndex(), each.address()), InterfaceState.mac(each.mac()));
        }
      }
    }
    return copy;
  }

  private static <P> void copy(
      Fib<P> fib, DataPlane plane, Map<Integer, List<Path>> groups, List<Entry<P>> into) {
    fib.forEach((prefix, group) ->
        into.add(new Entry<>(prefix, groups.computeIfAbsent(group, plane.groups()::members))));
  }

  private static List<Forwarding.Runtime.Node> runtime(NodeStatistics statistics) {
    List<Forwarding.Runtime.Node> nodes = new ArrayList<>();
    for (GraphNode node : GraphNode.values()) {
      BigDecimal time = BigDecimal.valueOf(statistics.nanosecondsPerPacket(node));
      nodes.add(
          new Forwarding.Runtime.Node(
              node.yangName(),
              statistics.vectors(node),
              statistics.packets(node),
              time.signum() == 0 ? null : time.setScale(1, RoundingMode.HALF_UP)));
    }
    return nodes;
  }

  /// The totals, then the FIBs in order of their prefixes. On any thread.
  List<Forwarding> pages() {
    ipv4.sort(Comparator.comparing(Entry::prefix));
    ipv6.sort(Comparator.comparing(Entry::prefix));
    List<Forwarding> pages = new ArrayList<>();
    pages.add(totals);
    for (List<Entry<Ipv4Prefix>> part : Pages.cut(ipv4, each -> 1 + each.paths().size())) {
      pages.add(page(part.stream().map(this::ipv4Route).toList(), List.of()));
    }
    for (List<Entry<Ipv6Prefix>> part : Pages.cut(ipv6, each -> 1 + each.paths().size())) {
      pages.add(page(List.of(), part.stream().map(this::ipv6Route).toList()));
    }
    return pages;
  }

  @SuppressWarnings("NullAway") // javac drops the annotation of a compact constructor's parameter
  private static Forwarding page(
      List<Forwarding.Fib.Ipv4.Route> ipv4, List<Forwarding.Fib.Ipv6.Route> ipv6) {
    return new Forwarding(
        new Forwarding.Fib(
            ipv4.isEmpty() ? null : new Forwarding.Fib.Ipv4(null, null, ipv4),
            ipv6.isEmpty() ? null : new Forwarding.Fib.Ipv6(null, null, ipv6)),
        null,
        null,
        null);
  }

  @SuppressWarnings("NullAway") // javac drops the annotation of a compact constructor's parameter
  private Forwarding.Fib.Ipv4.Route ipv4Route(Entry<Ipv4Prefix> entry) {
    List<Forwarding.Fib.Ipv4.Route.Path> paths = new ArrayList<>();
    for (Path path : entry.paths()) {
      Adjacency member = path.adjacency();
      String out = interfaceNames.get(member.interfaceIndex());
      if (out != null) {
        IpAddress hop = member.nextHop();
        paths.add(
            new Forwarding.Fib.Ipv4.Route.Path(
                paths.size(),
                out,
                linkLayerAddress(member),
                weight(path, entry.paths()),
                hop == null ? null : InterfaceState.address(hop.ipv4())));
      }
    }
    return new Forwarding.Fib.Ipv4.Route(
        new io.vireo.records.router.ietfinettypes.Ipv4Prefix(entry.prefix().toString()),
        disposition(entry.paths().getFirst().adjacency().kind()),
        paths);
  }

  @SuppressWarnings("NullAway") // javac drops the annotation of a compact constructor's parameter
  private Forwarding.Fib.Ipv6.Route ipv6Route(Entry<Ipv6Prefix> entry) {
    List<Forwarding.Fib.Ipv6.Route.Path> paths = new ArrayList<>();
    for (Path path : entry.paths()) {
      Adjacency member = path.adjacency();
      String out = interfaceNames.get(member.interfaceIndex());
      if (out != null) {
        IpAddress hop = member.nextHop();
        paths.add(
            new Forwarding.Fib.Ipv6.Route.Path(
                paths.size(),
                out,
                linkLayerAddress(member),
                weight(path, entry.paths()),
                hop == null ? null : InterfaceState.ipv6Address(hop)));
      }
    }
    return new Forwarding.Fib.Ipv6.Route(
        new io.vireo.records.router.ietfinettypes.Ipv6Prefix(entry.prefix().toString()),
        disposition(entry.paths().getFirst().adjacency().kind()),
        paths);
  }

  private @Nullable PhysAddress linkLayerAddress(Adjacency member) {
    IpAddress hop = member.nextHop();
    return hop == null ? null : linkLayerAddresses.get(new Hop(member.interfaceIndex(), hop));
  }

  private static @Nullable Integer weight(Path path, List<Path> paths) {
    boolean equal = paths.stream().allMatch(other -> other.weight() == path.weight());
    return equal ? null : path.weight();
  }

  private static Disposition disposition(Adjacency.Kind kind) {
    return switch (kind) {
      case LOCAL -> Disposition.LOCAL;
      case CONNECTED -> Disposition.ATTACHED;
      case NEXT_HOP -> Disposition.FORWARD;
      case BLACKHOLE, DIRECTED_BROADCAST -> Disposition.BLACKHOLE;
      case UNREACHABLE, NO_ROUTE -> Disposition.UNREACHABLE;
      case PROHIBIT -> Disposition.PROHIBIT;
    };
  }
}
