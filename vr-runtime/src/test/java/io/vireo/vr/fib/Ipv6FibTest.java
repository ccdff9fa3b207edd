package io.vireo.vr.fib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv6Address;
import io.vireo.vr.wire.Ipv6Prefix;
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

class Ipv6FibTest {
  private final Ipv6Fib fib = new Ipv6Fib();

  @AfterEach
  void close() {
    fib.close();
  }

  @Test
  void nested_lookup_longestPrefixWins() {
    fib.install(Ipv6Prefix.of("::/0"), 1);
    fib.install(Ipv6Prefix.of("2001:db8::/32"), 2);
    fib.install(Ipv6Prefix.of("2001:db8:0:1::/64"), 3);
    fib.install(Ipv6Prefix.of("2001:db8:0:1::7/128"), 4);
    assertEquals(1, lookup("2001:db9::1"));
    assertEquals(2, lookup("2001:db8:0:2::1"));
    assertEquals(3, lookup("2001:db8:0:1::8"));
    assertEquals(4, lookup("2001:db8:0:1::7"));
    assertEquals(4, fib.withdraw(Ipv6Prefix.of("2001:db8:0:1::7/128")));
    assertEquals(3, lookup("2001:db8:0:1::7"));
    assertEquals(-1, fib.withdraw(Ipv6Prefix.of("2001:db8:0:1::7/128")));
  }

  @Test
  void fewRoutes_memory_isSmall() {
    for (int i = 0; i < 100; i++) {
      fib.install(new Ipv6Prefix(0x2001_0db8_0000_0000L | i, 0, 64), 1 + i);
    }
    fib.reclaim();
    assertTrue(fib.sizeBytes() < 16384, () -> fib.sizeBytes() + " bytes");
  }

  private int lookup(String text) {
    IpAddress address = Ipv6Address.of(text);
    return fib.lookup(address.high(), address.low());
  }

  @TestFactory
  Stream<DynamicTest> randomChanges_lookups_agreeWithLinearSearch() {
    return IntStream.range(0, 10)
        .mapToObj(seed ->
            DynamicTest.dynamicTest(
                "seed " + seed,
                () -> {
                  try (Ipv6Fib fib = new Ipv6Fib()) {
                    change(fib, new Random(seed));
                  }
                }));
  }

  private static void change(Ipv6Fib fib, Random random) {
    Map<Ipv6Prefix, Integer> model = new HashMap<>();
    List<Ipv6Prefix> known = new ArrayList<>();
    for (int step = 0; step < 400; step++) {
      if (!known.isEmpty() && random.nextInt(3) == 0) {
        Ipv6Prefix gone = known.remove(random.nextInt(known.size()));
        assertEquals(model.remove(gone), fib.withdraw(gone));
      } else {
        Ipv6Prefix prefix = prefix(random, random.nextInt(129));
        int group = 1 + random.nextInt(1000);
        fib.install(prefix, group);
        if (model.put(prefix, group) == null) {
          known.add(prefix);
        }
      }
      compare(fib, model, known, random, 20);
    }
  }

  // Few distinct bits, so that prefixes nest and touch.
  private static Ipv6Prefix prefix(Random random, int length) {
    long high = random.nextLong() & 0xc000_c000_0100_0003L;
    return Ipv6Prefix.containing(high, random.nextLong() & 0xc000_0000_0000_00c1L, length);
  }

  /// Through both forms that the trie has by its size: a table of 16 bits, one of 24, and back.
  @Test
  void growingAndShrinking_lookups_agreeWithLinearSearch() {
    Random random = new Random(5);
    Map<Ipv6Prefix, Integer> model = new HashMap<>();
    List<Ipv6Prefix> order = new ArrayList<>();
    for (int size : new int[] {100, 3_000, 140_000}) {
      while (model.size() < size) {
        long high = 0x2000_0000_0000_0000L | random.nextLong() >>> 3;
        int length = random.nextInt(500) == 0 ? 1 + random.nextInt(128) : 24 + random.nextInt(25);
        Ipv6Prefix prefix = Ipv6Prefix.containing(high, random.nextLong(), length);
        int group = 1 + random.nextInt(100_000);
        fib.install(prefix, group);
        if (model.put(prefix, group) == null) {
          order.add(prefix);
        }
      }
      compare(fib, model, order, random, 3_000);
    }
    for (int size : new int[] {33_000, 30_000, 500, 0}) {
      while (model.size() > size) {
        Ipv6Prefix gone = order.remove(order.size() - 1);
        assertEquals(model.remove(gone), fib.withdraw(gone));
      }
      compare(fib, model, order, random, 3_000);
      fib.reclaim();
    }
  }

  private static void compare(
      Ipv6Fib fib,
      Map<Ipv6Prefix, Integer> model,
      List<Ipv6Prefix> known,
      Random random,
      int count) {
    assertEquals(model.size(), fib.size());
    long[] high = new long[count];
    long[] low = new long[count];
    int[] groups = new int[count];
    for (int i = 0; i < count; i++) {
      high[i] = random.nextLong();
      low[i] = random.nextLong();
      if (i % 4 != 0 && !known.isEmpty()) {
        Ipv6Prefix near = known.get(random.nextInt(known.size()));
        high[i] = near.high() | high[i] & ~Ipv6Address.highMask(near.length());
        low[i] = near.low() | low[i] & ~Ipv6Address.lowMask(near.length());
      }
    }
    fib.lookup(high, low, groups, new int[count], count);
    for (int i = 0; i < count; i++) {
      long h = high[i];
      long l = low[i];
      assertEquals(search(model, h, l), fib.lookup(h, l), () -> fib.describe(h, l));
      assertEquals(fib.lookup(h, l), groups[i], () -> fib.describe(h, l));
    }
  }

  private static int search(Map<Ipv6Prefix, Integer> model, long high, long low) {
    for (int length = 128; length >= 0; length--) {
      Integer group = model.get(Ipv6Prefix.containing(high, low, length));
      if (group != null) {
        return group;
      }
    }
    return NextHopGroups.NO_ROUTE;
  }
}
