package io.vireo.vr.rib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.vr.fib.Adjacency;
import io.vireo.vr.fib.AdjacencyTable;
import io.vireo.vr.fib.Ipv4Fib;
import io.vireo.vr.fib.NextHopGroups;
import io.vireo.vr.fib.Path;
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

  private static final List<Path> NO_ROUTE = List.of(Path.of(Adjacency.NO_ROUTE));

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
                new Route<>(prefix, RouteSource.STATIC, random.nextInt(3), hops(prefix, random));
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
              new Route<>(prefix, RouteSource.STATIC, random.nextInt(3), hops(prefix, random));
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

  private static final NextHop FIRST = new NextHop.Via(IpAddress.ofIpv4(Lab.H1), null);
  private static final NextHop SECOND = new NextHop.Via(IpAddress.ofIpv4(Lab.H2), null);
  private static final Adjacency TO_FIRST = Adjacency.nextHop(1, IpAddress.ofIpv4(Lab.H1));
  private static final Adjacency TO_SECOND = Adjacency.nextHop(2, IpAddress.ofIpv4(Lab.H2));

  @Test
  void nextHopOnNoLink_isReachedByTheLongestRouteToIt() throws Exception {
    try (Lab lab = new Lab()) {
      change(lab, "", List.of(route("20.0.0.0/8", via("30.1.1.1"))));
      assertEquals(NO_ROUTE, paths(lab, "20.1.1.1"));
      change(lab, "", List.of(route("30.0.0.0/8", FIRST)));
      assertEquals(List.of(Path.of(TO_FIRST)), paths(lab, "20.1.1.1"));
      change(lab, "", List.of(route("30.1.0.0/16", SECOND)));
      assertEquals(List.of(Path.of(TO_SECOND)), paths(lab, "20.1.1.1"));
      change(
          lab,
          "",
          List.of(route("30.1.1.1/32", NextHop.Special.BLACKHOLE))); // as RFC 5635 wants it
      assertEquals(
          List.of(Path.of(Adjacency.of(Adjacency.Kind.BLACKHOLE))), paths(lab, "20.1.1.1"));
      change(lab, "30.1.1.1/32", List.of(route("30.1.0.0/16", new NextHop.OnLink("r2"))));
      assertEquals(
          List.of(Path.of(Adjacency.nextHop(2, IpAddress.ofIpv4(Ipv4Address.of("30.1.1.1"))))),
          paths(lab, "20.1.1.1"));
      change(lab, "30.1.0.0/16", List.of());
      assertEquals(List.of(Path.of(TO_FIRST)), paths(lab, "20.1.1.1"));
      change(lab, "30.0.0.0/8", List.of());
      assertEquals(NO_ROUTE, paths(lab, "20.1.1.1"));
    }
  }

  /// A default route reaches everything: it says nothing of a next hop.
  @Test
  void nextHop_isNotReachedByTheDefaultRoute_norByItself() throws Exception {
    try (Lab lab = new Lab()) {
      change(
          lab,
          "",
          List.of(
              route("0.0.0.0/0", FIRST),
              route("20.0.0.0/8", via("30.1.1.1")),
              route("40.0.0.0/8", via("40.1.1.1")),
              route("50.0.0.0/8", via("60.1.1.1")),
              route("60.0.0.0/8", via("50.1.1.1"))));
      for (String address : List.of("20.1.1.1", "40.1.1.1", "50.1.1.1", "60.1.1.1")) {
        assertEquals(List.of(Path.of(TO_FIRST)), paths(lab, address), "by the default route");
      }
      change(lab, "", List.of(route("60.1.0.0/16", SECOND)));
      assertEquals(List.of(Path.of(TO_SECOND)), paths(lab, "50.1.1.1"));
      assertEquals(List.of(Path.of(TO_SECOND)), paths(lab, "60.2.1.1"));
    }
  }

  @Test
  void chainOfNextHops_followsTheLink() throws Exception {
    try (Lab lab = new Lab()) {
      List<Route<Ipv4Prefix>> chain = new ArrayList<>();
      for (int i = 20; i < 30; i++) {
        chain.add(route(i + ".0.0.0/8", via(i + 1 + ".1.1.1")));
      }
      chain.add(route("30.0.0.0/8", FIRST, SECOND));
      lab.rib.changeStaticRoutes(Set.of(), chain);
      assertEquals(Path.equal(List.of(TO_FIRST, TO_SECOND)), paths(lab, "20.1.1.1"));
      lab.h2.setLinkUp(false);
      lab.dataPlane.checkLinks(lab.nowNs, (changed, up) -> lab.rib.recompute());
      assertEquals(List.of(Path.of(TO_FIRST)), paths(lab, "20.1.1.1"));
      lab.h1.setLinkUp(false);
      lab.dataPlane.checkLinks(lab.nowNs, (changed, up) -> lab.rib.recompute());
      assertEquals(NO_ROUTE, paths(lab, "20.1.1.1"));
      lab.h2.setLinkUp(true);
      lab.dataPlane.checkLinks(lab.nowNs, (changed, up) -> lab.rib.recompute());
      assertEquals(List.of(Path.of(TO_SECOND)), paths(lab, "20.1.1.1"));
    }
  }

  @Test
  void weights_areShared_alsoThroughOtherRoutes() throws Exception {
    try (Lab lab = new Lab()) {
      change(
          lab,
          "",
          List.of(
              route(
                  "20.0.0.0/8",
                  new NextHop.Via(IpAddress.ofIpv4(Lab.H1), null, 3),
                  new NextHop.Via(IpAddress.ofIpv4(Lab.H2), "r2", 2)),
              // Half to the second, half as the route to 20/8 says.
              route("30.0.0.0/8", via("20.1.1.1"), SECOND)));
      assertEquals(List.of(new Path(TO_FIRST, 3), new Path(TO_SECOND, 2)), paths(lab, "20.1.1.1"));
      List<Path> shared = paths(lab, "30.1.1.1");
      double first = shared.getFirst().weight();
      double second = shared.get(1).weight();
      assertEquals(TO_FIRST, shared.getFirst().adjacency());
      assertEquals(0.3, first / (first + second), 0.001);
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

  private static Route<Ipv4Prefix> route(String prefix, NextHop... hops) {
    return Route.of(Ipv4Prefix.of(prefix), RouteSource.STATIC, hops);
  }

  private static List<Path> paths(Lab lab, String address) {
    return lab.dataPlane.groups().members(lab.dataPlane.fib().lookup(Ipv4Address.of(address)));
  }

  private static void change(Lab lab, String gone, List<Route<Ipv4Prefix>> come) {
    lab.rib.changeStaticRoutes(gone.isEmpty() ? Set.of() : Set.of(Ipv4Prefix.of(gone)), come);
  }

  private static NextHop via(String address) {
    return new NextHop.Via(IpAddress.ofIpv4(Ipv4Address.of(address)), null);
  }

  private static List<Adjacency> paths(Lab lab, int address) {
    return adjacencies(lab.dataPlane.groups(), lab.dataPlane.fib().lookup(address));
  }

  private static List<Adjacency> adjacencies(NextHopGroups groups, int group) {
    return groups.members(group).stream().map(Path::adjacency).toList();
  }

  // No two routes lead over each other: what comes of these depends on which was there first.
  private static List<NextHop> hops(Ipv4Prefix prefix, Random random) {
    NextHop first = new NextHop.Via(IpAddress.ofIpv4(Lab.H1), null);
    NextHop second = new NextHop.Via(IpAddress.ofIpv4(Lab.H2), null);
    String text = prefix.toString();
    boolean toSecond = text.startsWith("10.0.2.") || text.equals("10.0.0.0/8");
    return switch (random.nextInt(9)) {
      case 0 -> List.of(toSecond ? second : first);
      case 1 -> List.of(second);
      case 2 -> toSecond ? List.of(second) : List.of(first, second);
      case 3 -> List.of(NextHop.Special.BLACKHOLE);
      case 4 -> List.of(via("192.0.2.1")); // nowhere
      case 5, 6, 7 ->
          switch (text) {
            case "198.51.100.7/32" -> List.of(via("203.0.113.200"), first);
            case "203.0.113.128/25" -> List.of(via("203.0.113.9"), via("10.7.7.7"));
            case "203.0.113.0/24" -> List.of(via("10.7.7.7"));
            case "0.0.0.0/0" -> List.of(via("198.51.100.7"), via("203.0.113.9"));
            default -> List.of(second);
          };
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
      found.put(text, group == NextHopGroups.NO_ROUTE ? List.of() : adjacencies(groups, group));
    }
    return found;
  }

  private static List<Rib.Entry<Ipv4Prefix>> sorted(Lab lab) {
    List<Rib.Entry<Ipv4Prefix>> entries = new ArrayList<>(lab.rib.entries());
    entries.sort(Comparator.comparing(Rib.Entry::toString));
    return entries;
  }
}
