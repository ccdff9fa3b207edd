package io.vireo.vr.fib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class Ipv4FibTest {
  private final Ipv4Fib fib = new Ipv4Fib();

  @AfterEach
  void close() {
    fib.close();
  }

  @Test
  void empty_lookup_isNoRoute() {
    assertEquals(NextHopGroups.NO_ROUTE, fib.lookup(Ipv4Address.of("192.0.2.1")));
  }

  @Test
  void nested_lookup_longestPrefixWins() {
    fib.install(Ipv4Prefix.of("0.0.0.0/0"), 1);
    fib.install(Ipv4Prefix.of("10.0.0.0/8"), 2);
    fib.install(Ipv4Prefix.of("10.1.2.0/23"), 3);
    fib.install(Ipv4Prefix.of("10.1.2.3/32"), 4);
    assertEquals(1, fib.lookup(Ipv4Address.of("11.0.0.0")));
    assertEquals(2, fib.lookup(Ipv4Address.of("10.1.4.0")));
    assertEquals(3, fib.lookup(Ipv4Address.of("10.1.3.255")));
    assertEquals(4, fib.lookup(Ipv4Address.of("10.1.2.3")));
  }

  @Test
  void nested_withdraw_uncoversShorterPrefix() {
    fib.install(Ipv4Prefix.of("10.1.2.3/32"), 4);
    fib.install(Ipv4Prefix.of("10.0.0.0/8"), 2);
    assertEquals(4, fib.withdraw(Ipv4Prefix.of("10.1.2.3/32")));
    assertEquals(2, fib.lookup(Ipv4Address.of("10.1.2.3")));
    assertEquals(-1, fib.withdraw(Ipv4Prefix.of("10.1.2.3/32")));
  }

  @Test
  void defaultRoute_isFoundWhereNothingElseIs() {
    fib.install(Ipv4Prefix.of("10.0.0.0/8"), 2);
    fib.install(Ipv4Prefix.of("0.0.0.0/0"), 9);
    assertEquals(9, fib.lookup(Ipv4Address.of("11.0.0.1")));
    assertEquals(2, fib.withdraw(Ipv4Prefix.of("10.0.0.0/8")));
    assertEquals(9, fib.lookup(Ipv4Address.of("10.0.0.1")));
    assertEquals(9, fib.withdraw(Ipv4Prefix.of("0.0.0.0/0")));
    assertEquals(NextHopGroups.NO_ROUTE, fib.lookup(Ipv4Address.of("10.0.0.1")));
  }

  @Test
  void fewRoutes_memory_isSmall() {
    for (int i = 0; i < 100; i++) {
      fib.install(new Ipv4Prefix(10 << 24 | i << 8, 24), 1 + i);
    }
    fib.reclaim();
    assertTrue(fib.sizeBytes() < 8192, () -> fib.sizeBytes() + " bytes");
  }

  @Test
  void withdrawnTable_memory_isReused() {
    for (int round = 0; round < 100; round++) {
      for (int i = 0; i < 64; i++) {
        fib.install(new Ipv4Prefix(i << 24 | i << 8 | 1, 32), 7);
      }
      for (int i = 0; i < 64; i++) {
        fib.withdraw(new Ipv4Prefix(i << 24 | i << 8 | 1, 32));
      }
    }
    fib.reclaim();
    assertEquals(0, fib.size());
    assertEquals(16 * 4096, fib.trieBytes(), "the pages of the table that were touched");
  }

  /// Through both forms that the trie has by its size: a table of 16 bits, one of 24, and back.
  @Test
  void growingAndShrinking_lookups_agreeWithLinearSearch() {
    Random random = new Random(3);
    Map<Ipv4Prefix, Integer> model = new HashMap<>();
    List<Ipv4Prefix> order = new ArrayList<>();
    for (int size : new int[] {100, 3_000, 140_000}) {
      while (model.size() < size) {
        int length = random.nextInt(500) == 0 ? 1 + random.nextInt(32) : 16 + random.nextInt(17);
        Ipv4Prefix prefix = Ipv4Prefix.containing(random.nextInt(), length);
        int group = 1 + random.nextInt(100_000);
        fib.install(prefix, group);
        if (model.put(prefix, group) == null) {
          order.add(prefix);
        }
      }
      compare(fib, model, order, random);
    }
    for (int size : new int[] {33_000, 30_000, 500, 0}) {
      while (model.size() > size) {
        Ipv4Prefix gone = order.remove(order.size() - 1);
        assertEquals(model.remove(gone), fib.withdraw(gone));
      }
      compare(fib, model, order, random);
      fib.reclaim();
    }
  }

  private static void compare(
      Ipv4Fib fib, Map<Ipv4Prefix, Integer> model, List<Ipv4Prefix> known, Random random) {
    assertEquals(model.size(), fib.size());
    int count = 5_000;
    int[] addresses = new int[count];
    int[] groups = new int[count];
    for (int i = 0; i < count; i++) {
      addresses[i] = random.nextInt();
      if (i % 2 == 0 && !known.isEmpty()) {
        Ipv4Prefix near = known.get(random.nextInt(known.size()));
        addresses[i] = near.address() | addresses[i] & ~Ipv4Address.mask(near.length());
      }
      if (i % 5 == 4) {
        addresses[i] = addresses[i - 1]; // of one train
      }
    }
    fib.lookup(addresses, groups, new int[count], count);
    for (int i = 0; i < count; i++) {
      int address = addresses[i];
      assertEquals(search(model, address), fib.lookup(address), () -> fib.describe(address));
      assertEquals(fib.lookup(address), groups[i], () -> fib.describe(address));
    }
  }

  @TestFactory
  Stream<DynamicTest> randomChanges_lookups_agreeWithLinearSearch() {
    return IntStream.range(0, 20)
        .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> compare(seed)));
  }

  private static void compare(long seed) {
    Random random = new Random(seed);
    try (Ipv4Fib fib = new Ipv4Fib()) {
      compare(fib, random);
    }
  }

  private static void compare(Ipv4Fib fib, Random random) {
    Map<Ipv4Prefix, Integer> model = new HashMap<>();
    List<Ipv4Prefix> known = new ArrayList<>();
    for (int step = 0; step < 400; step++) {
      if (!known.isEmpty() && random.nextInt(3) == 0) {
        Ipv4Prefix gone = known.remove(random.nextInt(known.size()));
        fib.withdraw(gone);
        model.remove(gone);
      } else {
        // few distinct bits, so that prefixes nest and touch
        int address = random.nextInt() & 0xc0c0c0c3;
        Ipv4Prefix prefix = Ipv4Prefix.containing(address, random.nextInt(33));
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

  private static int search(Map<Ipv4Prefix, Integer> model, int address) {
    for (int length = 32; length >= 0; length--) {
      Integer group = model.get(Ipv4Prefix.containing(address, length));
      if (group != null) {
        return group;
      }
    }
    return NextHopGroups.NO_ROUTE;
  }
}
