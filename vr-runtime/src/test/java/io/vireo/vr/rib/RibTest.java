package io.vireo.vr.rib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.vr.fib.Adjacency;
import io.vireo.vr.fib.AdjacencyTable;
import io.vireo.vr.fib.Ipv4Fib;
import io.vireo.vr.fib.NextHopGroups;
import io.vireo.vr.forward.Lab;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Routes changed one by one lead where the same routes lead that were given at once.
class RibTest {
  private static final int STEPS = 3_000;
  private static final int MANY = 20_000;
  // Few destinations, so that they meet: subnets, hosts in them, broadcasts, the default route.
  private static final List<String> PREFIXES =
      List.of(
          "0.0.0.0/0",
          "10.0.0.0/8",
          "10.0.1.0/24",
          "10.0.2.0/24",
          "10.0.1.1/32",
          "10.0.1.255/32",
          "10.0.2.0/32",
          "203.0.113.0/24",
          "203.0.113.128/25",
          "198.51.100.7/32");

  @Test
  void changeStaticRoutes_random_forwardsAsRecomputed() throws Exception {
    long seed = Long.getLong("vireo.seed", 20261126L);
    Random random = new Random(seed);
    try (Lab lab = new Lab();
        Lab fresh = new Lab()) {
      Map<Ipv4Prefix, Route<Ipv4Prefix>> routes = new HashMap<>();
      lab.rib.setStaticRoutes(List.of());
      lab.rib.recompute();
      for (int step = 0; step < STEPS; step++) {
        Set<Ipv4Prefix> gone = new HashSet<>();
        List<Route<Ipv4Prefix>> come = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
          Ipv4Prefix prefix = Ipv4Prefix.of(PREFIXES.get(random.nextInt(PREFIXES.size())));
          if (gone.contains(prefix) || come.stream().anyMatch(r -> r.prefix().equals(prefix))) {
            continue;
          }
          if (random.nextInt(3) == 0) {
            gone.add(prefix);
            routes.remove(prefix);
          } else {
            Route<Ipv4Prefix> route =
                new Route<>(prefix, RouteSource.STATIC, random.nextInt(3), hops(random));
            come.add(route);
            routes.put(prefix, route);
          }
        }
        lab.rib.changeStaticRoutes(gone, come);

        fresh.rib.setStaticRoutes(List.copyOf(routes.values()));
        fresh.rib.recompute();
        String context = "-Dvireo.seed=" + seed + ", step " + step;
        assertEquals(forwarding(fresh), forwarding(lab), context);
        assertEquals(sorted(fresh), sorted(lab), context);
        if (random.nextInt(50) == 0) {
          lab.rib.recompute();
          assertEquals(forwarding(fresh), forwarding(lab), context + ", recomputed");
        }
      }
    }
  }

  /// Links go and come, routes change: after each step the forwarding table is what a new one would
  /// be.
  @Test
  void linksAndRoutes_random_forwardAsWorkedOutAnew() throws Exception {
    long seed = Long.getLong("vireo.seed", 20261127L);
    Random random = new Random(seed);
    try (Lab lab = new Lab()) {
      Map<Ipv4Prefix, Route<Ipv4Prefix>> routes = new HashMap<>();
      lab.rib.setStaticRoutes(List.of());
      for (int step = 0; step < STEPS; step++) {
        if (random.nextInt(3) == 0) {
          (random.nextBoolean() ? lab.h1 : lab.h2).setLinkUp(random.nextBoolean());
          lab.dataPlane.checkLinks(lab.nowNs, (changed, up) -> lab.rib.recompute());
        } else {
          Ipv4Prefix prefix = Ipv4Prefix.of(PREFIXES.get(random.nextInt(PREFIXES.size())));
          Route<Ipv4Prefix> route =
              new Route<>(prefix, RouteSource.STATIC, random.nextInt(3), hops(random));
          boolean gone = random.nextInt(3) == 0;
          lab.rib.changeStaticRoutes(
              gone ? Set.of(prefix) : Set.of(), gone ? List.of() : List.of(route));
          if (gone) {
            routes.remove(prefix);
          } else {
            routes.put(prefix, route);
          }
        }
        try (Ipv4Fib fib = new Ipv4Fib()) {
          NextHopGroups groups = new NextHopGroups(new AdjacencyTable());
          Rib<Ipv4Prefix> anew = Rib.ipv4(lab.dataPlane.interfaces(), fib, groups);
          anew.setStaticRoutes(List.copyOf(routes.values()));
          anew.recompute();
          String context = "-Dvireo.seed=" + seed + ", step " + step;
          assertEquals(forwarding(fib, groups), forwarding(lab), context);
        }
      }
    }
  }

  /// The group is re-pointed, not the routes: what is left to settle is nothing.
  @Test
  void manyRoutes_oneOfTwoPathsLost_followAtOnce() throws Exception {
    try (Lab lab = new Lab()) {
      List<NextHop> both =
          List.of(
              new NextHop.Via(IpAddress.ofIpv4(Lab.H1), null),
              new NextHop.Via(IpAddress.ofIpv4(Lab.H2), null));
      List<Route<Ipv4Prefix>> routes = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        routes.add(
            new Route<>(new Ipv4Prefix(0x1400_0000 + (i << 8), 24), RouteSource.STATIC, 1, both));
      }
      lab.rib.setStaticRoutes(routes);
      assertEquals(2, paths(lab, 0x1400_0001).size());
      lab.h2.setLinkUp(false);
      lab.dataPlane.checkLinks(lab.nowNs, (changed, up) -> lab.rib.recompute());
      assertFalse(lab.rib.isUnsettled());
      assertEquals(
          List.of(Adjacency.nextHop(1, IpAddress.ofIpv4(Lab.H1))), paths(lab, 0x1400_0001));
      assertEquals(
          List.of(Adjacency.nextHop(1, IpAddress.ofIpv4(Lab.H1))),
          paths(lab, 0x1400_0001 + (MANY - 1 << 8)));
    }
  }

  /// All paths lost: packets go nowhere at once, and a few at a time to what else there is.
  @Test
  void manyRoutes_allPathsLost_settleInPieces() throws Exception {
    try (Lab lab = new Lab()) {
      List<NextHop> far = List.of(new NextHop.Via(IpAddress.ofIpv4(Lab.H2), null));
      List<Route<Ipv4Prefix>> routes = new ArrayList<>();
      routes.add(
          Route.of(
              Ipv4Prefix.of("0.0.0.0/0"),
              RouteSource.STATIC,
              new NextHop.Via(IpAddress.ofIpv4(Lab.H1), null)));
      for (int i = 0; i < MANY; i++) {
        routes.add(
            new Route<>(new Ipv4Prefix(0x1400_0000 + (i << 8), 24), RouteSource.STATIC, 1, far));
      }
      lab.rib.setStaticRoutes(routes);
      lab.h2.setLinkUp(false);
      lab.dataPlane.checkLinks(lab.nowNs, (changed, up) -> lab.rib.recompute());
      assertTrue(lab.rib.isUnsettled());
      for (int i = 0; i < MANY; i++) {
        Adjacency path = paths(lab, 0x1400_0001 + (i << 8)).getFirst();
        assertTrue(
            path.kind() == Adjacency.Kind.NO_ROUTE
                || path.equals(Adjacency.nextHop(1, IpAddress.ofIpv4(Lab.H1))));
      }
      while (lab.rib.settleSome(100)) {
        // as the worker does, between vectors
      }
      for (int i = 0; i < MANY; i++) {
        assertEquals(
            List.of(Adjacency.nextHop(1, IpAddress.ofIpv4(Lab.H1))),
            paths(lab, 0x1400_0001 + (i << 8)));
      }
      lab.h2.setLinkUp(true);
      lab.dataPlane.checkLinks(lab.nowNs, (changed, up) -> lab.rib.recompute());
      while (lab.rib.settleSome(100)) {
        // the same back
      }
      assertEquals(
          List.of(Adjacency.nextHop(2, IpAddress.ofIpv4(Lab.H2))), paths(lab, 0x1400_0001));
    }
  }

  private static List<Adjacency> paths(Lab lab, int address) {
    return lab.dataPlane.groups().members(lab.dataPlane.fib().lookup(address));
  }

  private static List<NextHop> hops(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> List.of(new NextHop.Via(IpAddress.ofIpv4(Lab.H1), null));
      case 1 ->
          List.of(
              new NextHop.Via(IpAddress.ofIpv4(Lab.H1), null),
              new NextHop.Via(IpAddress.ofIpv4(Lab.H2), null));
      case 2 -> List.of(NextHop.Special.BLACKHOLE);
      case 3 -> List.of(new NextHop.Via(IpAddress.ofIpv4(Ipv4Address.of("192.0.2.1")), null));
      default -> List.of(new NextHop.OnLink("r2"));
    };
  }

  private static Map<String, List<Adjacency>> forwarding(Lab lab) {
    return forwarding(lab.dataPlane.fib(), lab.dataPlane.groups());
  }

  private static Map<String, List<Adjacency>> forwarding(Ipv4Fib fib, NextHopGroups groups) {
    Map<String, List<Adjacency>> found = new HashMap<>();
    for (String text :
        List.of(
            "8.8.8.8",
            "10.9.9.9",
            "10.0.1.1",
            "10.0.1.2",
            "10.0.1.255",
            "10.0.2.0",
            "10.0.2.9",
            "203.0.113.1",
            "203.0.113.200",
            "198.51.100.7",
            "198.51.100.8")) {
      int group = fib.lookup(Ipv4Address.of(text));
      found.put(text, group == NextHopGroups.NO_ROUTE ? List.of() : groups.members(group));
    }
    return found;
  }

  private static List<Rib.Entry<Ipv4Prefix>> sorted(Lab lab) {
    List<Rib.Entry<Ipv4Prefix>> entries = new ArrayList<>(lab.rib.entries());
    entries.sort(Comparator.comparing(Rib.Entry::toString));
    return entries;
  }
}
