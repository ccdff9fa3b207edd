package io.vireo.vr.rib;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vireo.vr.fib.Adjacency;
import io.vireo.vr.fib.Ipv4Fib;
import io.vireo.vr.fib.NextHopGroups;
import io.vireo.vr.forward.Lab;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Prefix;
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
      Map<Prefix, Route> routes = new HashMap<>();
      lab.rib.setStaticRoutes(List.of());
      lab.rib.recompute();
      for (int step = 0; step < STEPS; step++) {
        Set<Prefix> gone = new HashSet<>();
        List<Route> come = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
          Prefix prefix = Prefix.of(PREFIXES.get(random.nextInt(PREFIXES.size())));
          if (gone.contains(prefix) || come.stream().anyMatch(r -> r.prefix().equals(prefix))) {
            continue;
          }
          if (random.nextInt(3) == 0) {
            gone.add(prefix);
            routes.remove(prefix);
          } else {
            Route route = new Route(prefix, RouteSource.STATIC, random.nextInt(3), hops(random));
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

  private static List<NextHop> hops(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> List.of(new NextHop.Via(Lab.H1, null));
      case 1 -> List.of(new NextHop.Via(Lab.H1, null), new NextHop.Via(Lab.H2, null));
      case 2 -> List.of(NextHop.Special.BLACKHOLE);
      case 3 -> List.of(new NextHop.Via(Ipv4Address.of("192.0.2.1"), null));
      default -> List.of(new NextHop.OnLink("r2"));
    };
  }

  private static Map<String, List<Adjacency>> forwarding(Lab lab) {
    Ipv4Fib fib = lab.dataPlane.fib();
    NextHopGroups groups = lab.dataPlane.groups();
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

  private static List<Rib.Entry> sorted(Lab lab) {
    List<Rib.Entry> entries = new ArrayList<>(lab.rib.entries());
    entries.sort(Comparator.comparing(Rib.Entry::toString));
    return entries;
  }
}
