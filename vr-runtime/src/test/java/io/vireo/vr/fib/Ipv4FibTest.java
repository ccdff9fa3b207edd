package io.vireo.vr.fib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Prefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class Ipv4FibTest {
  private final Ipv4Fib fib = new Ipv4Fib();

  @Test
  void empty_lookup_isNoRoute() {
    assertEquals(NextHopGroups.NO_ROUTE, fib.lookup(Ipv4Address.of("192.0.2.1")));
  }

  @Test
  void nested_lookup_longestPrefixWins() {
    fib.install(Prefix.of("0.0.0.0/0"), 1);
    fib.install(Prefix.of("10.0.0.0/8"), 2);
    fib.install(Prefix.of("10.1.2.0/23"), 3);
    fib.install(Prefix.of("10.1.2.3/32"), 4);
    assertEquals(1, fib.lookup(Ipv4Address.of("11.0.0.0")));
    assertEquals(2, fib.lookup(Ipv4Address.of("10.1.4.0")));
    assertEquals(3, fib.lookup(Ipv4Address.of("10.1.3.255")));
    assertEquals(4, fib.lookup(Ipv4Address.of("10.1.2.3")));
  }

  @Test
  void nested_withdraw_uncoversShorterPrefix() {
    fib.install(Prefix.of("10.1.2.3/32"), 4);
    fib.install(Prefix.of("10.0.0.0/8"), 2);
    assertEquals(4, fib.withdraw(Prefix.of("10.1.2.3/32")));
    assertEquals(2, fib.lookup(Ipv4Address.of("10.1.2.3")));
    assertEquals(-1, fib.withdraw(Prefix.of("10.1.2.3/32")));
  }

  @Test
  void withdrawnTable_memory_isReused() {
    for (int round = 0; round < 100; round++) {
      for (int i = 0; i < 64; i++) {
        fib.install(new Prefix(i << 24 | i << 8 | 1, 32), 7);
      }
      for (int i = 0; i < 64; i++) {
        fib.withdraw(new Prefix(i << 24 | i << 8 | 1, 32));
      }
    }
    assertEquals(0, fib.size());
    assertTrue(fib.sizeBytes() < 64 * 3 * 2048, () -> fib.sizeBytes() + " bytes");
  }

  @TestFactory
  Stream<DynamicTest> randomChanges_lookups_agreeWithLinearSearch() {
    return IntStream.range(0, 20)
        .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> compare(seed)));
  }

  private static void compare(long seed) {
    Random random = new Random(seed);
    Ipv4Fib fib = new Ipv4Fib();
    Map<Prefix, Integer> model = new HashMap<>();
    List<Prefix> known = new ArrayList<>();
    for (int step = 0; step < 400; step++) {
      if (!known.isEmpty() && random.nextInt(3) == 0) {
        Prefix gone = known.remove(random.nextInt(known.size()));
        fib.withdraw(gone);
        model.remove(gone);
      } else {
        // few distinct bits, so that prefixes nest and touch
        int address = random.nextInt() & 0xc0c0c0c3;
        Prefix prefix = Prefix.containing(address, random.nextInt(33));
        int group = 1 + random.nextInt(1000);
        fib.install(prefix, group);
        if (model.put(prefix, group) == null) {
          known.add(prefix);
        }
      }
      for (int probe = 0; probe < 20; probe++) {
        int address = random.nextInt() & (probe < 15 ? 0xc0c0c0c3 : -1);
        assertEquals(search(model, address), fib.lookup(address), () -> fib.describe(address));
      }
    }
  }

  private static int search(Map<Prefix, Integer> model, int address) {
    for (int length = 32; length >= 0; length--) {
      Integer group = model.get(Prefix.containing(address, length));
      if (group != null) {
        return group;
      }
    }
    return NextHopGroups.NO_ROUTE;
  }
}
