package io.vireo.vr.rib;

import io.vireo.vr.fib.Adjacency;
import io.vireo.vr.fib.Fib;
import io.vireo.vr.fib.NextHopGroups;
import io.vireo.vr.fib.Path;
import io.vireo.vr.forward.InterfaceTable;
import io.vireo.vr.forward.RouterInterface;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.IpPrefix;
import io.vireo.vr.wire.Ipv4Prefix;
import io.vireo.vr.wire.Ipv6Prefix;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// All routes of an address family, the best of each destination, and their way into the FIB. Owned
/// by the worker.
///
/// @param <P> the family's prefixes
public final class Rib<P extends IpPrefix> {
  /// As many routes are settled at once when their next hops go or come; the others a few at a
  /// time.
  private static final int AT_ONCE = 4_096;

  /// Beyond as many changes at once all next hops are looked at, not those alone that they concern.
  private static final int FEW_CHANGES = 64;

  /// As often the next hops that lead over each other are looked at in a row.
  private static final int MAX_ROUNDS = 64;

  private static final List<Path> NOWHERE = List.of(Path.of(Adjacency.NO_ROUTE));

  /// A route as state shows it; `active` when it is the one packets follow.
  ///
  /// @param route with the interfaces of its next hops, where they are known
  public record Entry<P extends IpPrefix>(Route<P> route, boolean active) {}

  private final InterfaceTable interfaces;
  private final NextHopResolution<P> resolution;
  private final Fib<P> fib;
  private final Function<RouterInterface, List<OwnAddress<P>>> addresses;
  private final NextHopGroups groups;
  private final Map<P, StaticEntry<P>> staticRoutes = new LinkedHashMap<>();
  private final int[] routesOfLength;
  private final Map<List<NextHop>, NextHopSet<P>> sets = new HashMap<>();
  private final ArrayDeque<NextHopSet<P>> unsettled = new ArrayDeque<>();
  private DirectRoutes<P> direct = DirectRoutes.none();
  private @Nullable List<Entry<P>> entries = List.of();

  private Rib(
      InterfaceTable interfaces,
      Fib<P> fib,
      NextHopGroups groups,
      Function<RouterInterface, List<OwnAddress<P>>> addresses,
      BiFunction<IpAddress, Integer, P> containing,
      int addressBits) {
    this.interfaces = interfaces;
    this.resolution = new NextHopResolution<>(interfaces, new Followed(containing), addressBits);
    this.routesOfLength = new int[addressBits + 1];
    this.fib = fib;
    this.groups = groups;
    this.addresses = addresses;
  }

  public static Rib<Ipv4Prefix> ipv4(
      InterfaceTable interfaces, Fib<Ipv4Prefix> fib, NextHopGroups groups) {
    return new Rib<>(
        interfaces,
        fib,
        groups,
        OwnAddress::ofIpv4,
        (address, length) -> Ipv4Prefix.containing(address.ipv4(), length),
        32);
  }

  public static Rib<Ipv6Prefix> ipv6(
      InterfaceTable interfaces, Fib<Ipv6Prefix> fib, NextHopGroups groups) {
    return new Rib<>(
        interfaces,
        fib,
        groups,
        OwnAddress::ofIpv6,
        (address, length) -> Ipv6Prefix.containing(address.high(), address.low(), length),
        128);
  }

  /// Those that lead to next hops.
  private final class Followed implements NextHopResolution.Routes<P> {
    private final BiFunction<IpAddress, Integer, P> containing;

    Followed(BiFunction<IpAddress, Integer, P> containing) {
      this.containing = containing;
    }

    @Override
    public P containing(IpAddress address, int length) {
      return containing.apply(address, length);
    }

    @Override
    public @Nullable NextHopSet<P> followed(P prefix) {
      if (routesOfLength[prefix.length()] == 0) {
        return null;
      }
      StaticEntry<P> configured = staticRoutes.get(prefix);
      return configured != null && isBest(configured) ? configured.set : null;
    }
  }

  /// Replaces the configured routes.
  public void setStaticRoutes(List<Route<P>> wanted) {
    Set<P> gone = new HashSet<>(staticRoutes.keySet());
    wanted.forEach(route -> gone.remove(route.prefix()));
    changeStaticRoutes(gone, wanted);
  }

  /// Changes configured routes, and the forwarding table at once: at the cost of these.
  ///
  /// @param gone destinations that have none any more
  /// @param come new ones, or in the place of others
  public void changeStaticRoutes(Set<P> gone, List<Route<P>> come) {
    List<NextHopSet<P>> left = new ArrayList<>();
    // New and changed routes first, so that no destination is without one in between.
    for (Route<P> route : come) {
      NextHopSet<P> set = sets.computeIfAbsent(route.nextHops(), this::open);
      StaticEntry<P> entry = new StaticEntry<>(route, set);
      StaticEntry<P> before = staticRoutes.put(route.prefix(), entry);
      routesOfLength[route.prefix().length()] += before == null ? 1 : 0;
      leave(before, left);
      set.add(entry);
      settle(route.prefix());
    }
    for (P prefix : gone) {
      StaticEntry<P> before = staticRoutes.remove(prefix);
      routesOfLength[prefix.length()] -= before == null ? 0 : 1;
      leave(before, left);
      settle(prefix);
    }
    for (NextHopSet<P> set : left) {
      if (set.isUnused() && sets.remove(set.hops, set)) {
        groups.release(set.group);
        resolution.leave(set);
      }
    }
    if (!gone.isEmpty() || !come.isEmpty()) {
      follow(concerned(gone, come), List.of());
      settleSome(AT_ONCE);
      entries = null;
    }
  }

  // The next hops that these routes may lead to.
  private Collection<TrackedHop<P>> concerned(Set<P> gone, List<Route<P>> come) {
    if (gone.size() + come.size() > FEW_CHANGES) {
      return resolution.tracked();
    }
    List<P> changed = new ArrayList<>(gone);
    come.forEach(route -> changed.add(route.prefix()));
    return resolution.trackedIn(changed);
  }

  private NextHopSet<P> open(List<NextHop> hops) {
    NextHopSet<P> set = new NextHopSet<>(hops, groups.open(NOWHERE));
    resolution.enter(set);
    set.paths = resolution.paths(hops);
    groups.replace(set.group, set.isUsable() ? set.paths : NOWHERE);
    return set;
  }

  // Looks at next hops again, and at those that they lead to, until nothing changes.
  //
  // @param sets to be looked at whatever their next hops do
  private void follow(Collection<TrackedHop<P>> hops, Collection<NextHopSet<P>> sets) {
    Collection<TrackedHop<P>> next = hops;
    Set<NextHopSet<P>> concerned = new LinkedHashSet<>(sets);
    for (int round = 0; round < MAX_ROUNDS; round++) {
      boolean others = false; // what leads over what changed: other routes may be followed
      for (TrackedHop<P> hop : next) {
        NextHopSet<P> before = hop.through;
        if (resolution.resolve(hop)) {
          concerned.addAll(hop.users);
        }
        others |= !Objects.equals(before, hop.through);
      }
      Set<NextHopSet<P>> changed = new HashSet<>();
      for (NextHopSet<P> set : concerned) {
        boolean was = set.isUsable();
        if (repoint(set)) {
          changed.add(set);
          others |= was != set.isUsable();
        }
      }
      if (changed.isEmpty() && !others) {
        return;
      }
      next = resolution.tracked();
      if (!others) {
        next = next.stream().filter(hop -> changed.contains(hop.through)).toList();
      }
      concerned.clear();
    }
  }

  // Gives a set the paths that its next hops have now, and with it all routes that have it.
  private boolean repoint(NextHopSet<P> set) {
    List<Path> paths = resolution.paths(set.hops);
    if (paths.equals(set.paths)) {
      return false;
    }
    boolean was = set.isUsable();
    set.paths = paths;
    groups.replace(set.group, paths.isEmpty() ? NOWHERE : paths);
    if (was != set.isUsable()) {
      set.unsettle();
      unsettled.add(set);
    }
    return true;
  }

  private static <P extends IpPrefix> void leave(
      @Nullable StaticEntry<P> entry, List<NextHopSet<P>> left) {
    if (entry != null) {
      entry.set.remove(entry);
      left.add(entry.set);
    }
  }

  /// Looks at the interfaces again: the routes that follow from them, and what the next hops of the
  /// others come down to. Costs what changed; of many routes whose next hops all went or came, the
  /// rest is left to [#settleSome].
  public void recompute() {
    DirectRoutes<P> before = direct;
    direct = DirectRoutes.of(interfaces, addresses);
    follow(resolution.tracked(), sets.values());
    direct.since(before).forEach(this::settle);
    settleSome(AT_ONCE);
    entries = null;
  }

  /// Whether routes wait for [#settleSome].
  public boolean isUnsettled() {
    return !unsettled.isEmpty();
  }

  /// Goes on with what [#recompute] left.
  ///
  /// @param budget how many routes at most
  /// @return whether there was anything to do
  public boolean settleSome(int budget) {
    int done = 0;
    while (done < budget && !unsettled.isEmpty()) {
      StaticEntry<P> next = unsettled.getFirst().takeUnsettled();
      if (next == null) {
        unsettled.removeFirst();
      } else {
        settle(next.route.prefix());
        done++;
      }
    }
    return done > 0;
  }

  /// Puts into the FIB what a destination's best route says.
  private void settle(P prefix) {
    StaticEntry<P> configured = staticRoutes.get(prefix);
    if (configured != null && isBest(configured)) {
      replaced(fib.install(prefix, configured.set.group));
      return;
    }
    List<Path> paths = direct.pathsOf(prefix);
    if (paths != null) {
      replaced(fib.install(prefix, groups.acquire(paths)));
    } else {
      replaced(fib.withdraw(prefix));
    }
  }

  private void replaced(int group) {
    if (group >= 0 && !groups.isOpen(group)) {
      groups.release(group);
    }
    fib.reclaim();
  }

  private boolean isBest(StaticEntry<P> configured) {
    Route<P> present = direct.best().get(configured.route.prefix());
    return configured.set.isUsable()
        && (present == null || configured.route.preference() < present.preference());
  }

  /// Every route, as it stands.
  public List<Entry<P>> entries() {
    List<Entry<P>> known = entries;
    if (known == null) {
      known = new ArrayList<>();
      for (Route<P> route : direct.routes()) {
        StaticEntry<P> configured = staticRoutes.get(route.prefix());
        boolean best =
            route.equals(direct.best().get(route.prefix()))
                && !(configured != null && isBest(configured));
        known.add(new Entry<>(route, best));
      }
      Map<NextHopSet<P>, List<NextHop>> named = new HashMap<>();
      for (StaticEntry<P> configured : staticRoutes.values()) {
        List<NextHop> hops =
            named.computeIfAbsent(configured.set, set -> resolution.named(set.hops));
        known.add(new Entry<>(configured.route.with(hops), isBest(configured)));
      }
      entries = List.copyOf(known);
    }
    return known;
  }
}
