package io.vireo.vr.rib;

import io.vireo.vr.fib.Adjacency;
import io.vireo.vr.fib.NextHopGroups;
import io.vireo.vr.fib.Path;
import io.vireo.vr.forward.InterfaceTable;
import io.vireo.vr.forward.RouterInterface;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.IpPrefix;
import io.vireo.vr.wire.Ipv6Address;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What next hops come down to, as interfaces and routes are now.
///
/// A next hop that is on no link is reached as the longest configured route to it says, the default
/// route left aside: one whose link is lost is not to be looked for in the Internet. A route is not
/// reached by itself, in however many steps: such a route is passed over.
final class NextHopResolution<P extends IpPrefix> {
  /// As many routes lead to a next hop, one by the other, at most.
  private static final int MAX_DEPTH = 16;

  /// The routes by which next hops are reached.
  interface Routes<P extends IpPrefix> {
    /// The prefix of a length that an address lies in.
    P containing(IpAddress address, int length);

    /// The next hops of the route that packets to a destination follow, if one is configured.
    @Nullable NextHopSet<P> followed(P prefix);
  }

  private final InterfaceTable interfaces;
  private final Routes<P> routes;
  private final int addressBits;
  private final Map<IpAddress, TrackedHop<P>> tracked = new HashMap<>();

  /// @param addressBits the length of an address
  NextHopResolution(InterfaceTable interfaces, Routes<P> routes, int addressBits) {
    this.interfaces = interfaces;
    this.routes = routes;
    this.addressBits = addressBits;
  }

  /// From now on the next hops of `set` are followed.
  void enter(NextHopSet<P> set) {
    for (NextHop hop : set.hops) {
      if (hop instanceof NextHop.Via via && via.interfaceName() == null) {
        TrackedHop<P> known = tracked.get(via.address());
        if (known == null) {
          known = new TrackedHop<>(via.address());
          tracked.put(via.address(), known);
          resolve(known);
        }
        known.users.add(set);
      }
    }
  }

  /// Nobody has the next hops of `set` any more.
  void leave(NextHopSet<P> set) {
    for (NextHop hop : set.hops) {
      TrackedHop<P> known = trackedOf(hop);
      if (known != null) {
        known.users.remove(set);
        if (known.users.isEmpty()) {
          tracked.remove(known.address);
        }
      }
    }
  }

  private @Nullable TrackedHop<P> trackedOf(NextHop hop) {
    return hop instanceof NextHop.Via via && via.interfaceName() == null
        ? tracked.get(via.address())
        : null;
  }

  /// All that are followed.
  Collection<TrackedHop<P>> tracked() {
    return List.copyOf(tracked.values());
  }

  /// Those that the routes to these destinations may lead to.
  Set<TrackedHop<P>> trackedIn(Collection<P> prefixes) {
    Set<TrackedHop<P>> found = new LinkedHashSet<>();
    for (TrackedHop<P> hop : tracked.values()) {
      for (P prefix : prefixes) {
        if (prefix.contains(hop.address)) {
          found.add(hop);
          break;
        }
      }
    }
    return found;
  }

  /// Looks for the way to a next hop again.
  ///
  /// @return whether it is another one
  boolean resolve(TrackedHop<P> hop) {
    List<Path> before = hop.paths;
    RouterInterface out = outgoing(hop.address, null);
    hop.through = null;
    if (out != null) {
      hop.paths = List.of(Path.of(Adjacency.nextHop(out.index(), hop.address)));
    } else {
      hop.paths = List.of();
      recurse(hop);
    }
    return !hop.paths.equals(before);
  }

  private void recurse(TrackedHop<P> hop) {
    if (Ipv6Address.isLinkLocal(hop.address.high())
        || interfaces.first(each -> each.hasAddress(hop.address)) != null) {
      return;
    }
    for (int length = addressBits; length > 0; length--) {
      NextHopSet<P> set = routes.followed(routes.containing(hop.address, length));
      if (set != null && !leadsOver(set, hop, new HashSet<>(), 0)) {
        hop.through = set;
        hop.paths = set.paths.stream().map(path -> towards(path, hop.address)).toList();
        return;
      }
    }
  }

  // Where the route's destinations are on a link, so is the next hop.
  private static Path towards(Path path, IpAddress address) {
    Adjacency adjacency = path.adjacency();
    return adjacency.kind() == Adjacency.Kind.CONNECTED
        ? new Path(Adjacency.nextHop(adjacency.interfaceIndex(), address), path.weight())
        : path;
  }

  // Each set is looked at once, however many ways lead to it.
  private boolean leadsOver(
      NextHopSet<P> set, TrackedHop<P> hop, Set<NextHopSet<P>> seen, int depth) {
    if (depth == MAX_DEPTH) {
      return true;
    }
    if (!seen.add(set)) {
      return false;
    }
    for (NextHop each : set.hops) {
      TrackedHop<P> other = trackedOf(each);
      if (other != null
          && (other.address.equals(hop.address)
              || (other.through != null && leadsOver(other.through, hop, seen, depth + 1)))) {
        return true;
      }
    }
    return false;
  }

  /// What the next hops that can be used come down to, each with its share.
  List<Path> paths(List<NextHop> hops) {
    List<List<Path>> found = new ArrayList<>();
    List<Integer> weights = new ArrayList<>();
    for (NextHop hop : hops) {
      List<Path> paths = paths(hop);
      if (!paths.isEmpty()) {
        found.add(paths);
        weights.add(hop.weight());
      }
    }
    return found.size() == 1 ? found.getFirst() : together(found, weights);
  }

  private List<Path> paths(NextHop hop) {
    return switch (hop) {
      case NextHop.Via via -> {
        if (via.interfaceName() == null) {
          TrackedHop<P> known = trackedOf(hop);
          yield known == null ? List.of() : known.paths;
        }
        RouterInterface out = outgoing(via.address(), via.interfaceName());
        yield out == null
            ? List.of()
            : List.of(Path.of(Adjacency.nextHop(out.index(), via.address())));
      }
      case NextHop.OnLink link -> {
        RouterInterface out = interfaces.lookup(link.interfaceName());
        yield out != null && out.operUp()
            ? List.of(Path.of(Adjacency.connected(out.index())))
            : List.of();
      }
      case NextHop.Special special ->
          List.of(
              Path.of(
                  Adjacency.of(
                      switch (special) {
                        case BLACKHOLE -> Adjacency.Kind.BLACKHOLE;
                        case UNREACHABLE -> Adjacency.Kind.UNREACHABLE;
                        case PROHIBIT -> Adjacency.Kind.PROHIBIT;
                        case RECEIVE -> Adjacency.Kind.LOCAL;
                      })));
    };
  }

  // A next hop's share goes to its paths by their weights; one path of several next hops has the
  // shares of all.
  private static List<Path> together(List<List<Path>> found, List<Integer> weights) {
    Map<Adjacency, Double> shares = new LinkedHashMap<>();
    for (int i = 0; i < found.size(); i++) {
      double total = found.get(i).stream().mapToInt(Path::weight).sum();
      for (Path path : found.get(i)) {
        if (shares.containsKey(path.adjacency()) || shares.size() < NextHopGroups.MAX_PATHS) {
          double share = weights.get(i) * path.weight() / total;
          shares.merge(path.adjacency(), share, Double::sum);
        }
      }
    }
    // Whole weights as they are configured, else finer ones.
    boolean whole = shares.values().stream().allMatch(share -> share == Math.rint(share));
    double largest = shares.values().stream().mapToDouble(Double::doubleValue).max().orElse(1);
    double scale = whole && largest <= Path.MAX_WEIGHT ? 1 : Path.MAX_WEIGHT / largest;
    List<Path> paths = new ArrayList<>(shares.size());
    shares.forEach((adjacency, share) ->
        paths.add(new Path(adjacency, Math.toIntExact(Math.max(1, Math.round(share * scale))))));
    return List.copyOf(paths);
  }

  /// The next hops with the interface of each that is on a link now.
  List<NextHop> named(List<NextHop> hops) {
    return hops.stream().map(this::named).toList();
  }

  private NextHop named(NextHop hop) {
    if (hop instanceof NextHop.Via via && via.interfaceName() == null) {
      RouterInterface out = outgoing(via.address(), null);
      return out == null ? via : new NextHop.Via(via.address(), out.name(), via.weight());
    }
    return hop;
  }

  private @Nullable RouterInterface outgoing(IpAddress hop, @Nullable String interfaceName) {
    if (interfaceName != null) {
      RouterInterface out = interfaces.lookup(interfaceName);
      return out != null && isUsable(out, hop) ? out : null;
    }
    return interfaces.first(out -> out.isOnLink(hop) && isUsable(out, hop));
  }

  private static boolean isUsable(RouterInterface out, IpAddress hop) {
    return out.operUp() && !out.isLoopback() && !out.hasAddress(hop);
  }
}
