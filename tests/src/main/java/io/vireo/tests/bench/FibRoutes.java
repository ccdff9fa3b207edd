package io.vireo.tests.bench;

import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Ipv4Prefix;
import io.vireo.vr.wire.Ipv6Address;
import io.vireo.vr.wire.Ipv6Prefix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Routes with the prefix lengths of the Internet's table, and addresses to look up: IPv4 ones
/// anywhere, IPv6 ones below a route each, as IPv6 is mostly empty. From a seed.
public final class FibRoutes {
  private static final int ADDRESSES = 1_000_000;

  /// A next hop is one of a full 8-bit number's.
  private static final int HOPS = 254;

  /// Length and how many of a million, as in public tables of 2024.
  private static final int[][] IPV4_LENGTHS = {
    {8, 16},
    {9, 14},
    {10, 40},
    {11, 108},
    {12, 313},
    {13, 617},
    {14, 1_299},
    {15, 2_165},
    {16, 14_614},
    {17, 8_877},
    {18, 14_939},
    {19, 27_064},
    {20, 46_550},
    {21, 55_211},
    {22, 114_752},
    {23, 105_009},
    {24, 606_240},
    {32, 2_172}
  };

  /// Length and how many of 200,000.
  private static final int[][] IPV6_LENGTHS = {
    {19, 100}, {20, 300}, {22, 200}, {24, 500}, {28, 2_000}, {29, 7_000}, {30, 1_500},
    {32, 25_600}, {33, 3_500}, {34, 2_500}, {36, 9_000}, {38, 3_000}, {40, 16_000}, {42, 3_000},
    {44, 20_000}, {45, 3_000}, {46, 6_000}, {47, 4_500}, {48, 92_000}, {64, 300}
  };

  /// What registries allocate from.
  private static final long[] IPV6_BLOCKS = {
    0x2001_0000_0000_0000L, 0x2400_0000_0000_0000L, 0x2600_0000_0000_0000L,
    0x2800_0000_0000_0000L, 0x2a00_0000_0000_0000L, 0x2c00_0000_0000_0000L
  };

  private static final int IPV6_ALLOCATIONS = 30_000;

  private FibRoutes() {}

  /// @param arguments the directory for `routes4`, `addresses4`, `routes6`, `addresses6`, and a
  ///   seed
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    Random random = new Random(Long.parseLong(arguments[1]));
    Set<Ipv4Prefix> ipv4 = new LinkedHashSet<>();
    for (int[] each : IPV4_LENGTHS) {
      for (int wanted = ipv4.size() + each[1]; ipv4.size() < wanted; ) {
        int address = random.nextInt();
        if (!Ipv4Address.isMartianSource(address)) {
          ipv4.add(Ipv4Prefix.containing(address, each[0]));
        }
      }
    }
    List<String> addresses4 = new ArrayList<>();
    while (addresses4.size() < ADDRESSES) {
      addresses4.add(Ipv4Address.format(random.nextInt()));
    }
    Files.write(directory.resolve("routes4"), withHops(List.copyOf(ipv4), random));
    Files.write(directory.resolve("addresses4"), addresses4);
    List<Ipv6Prefix> ipv6 = List.copyOf(ipv6(random));
    List<String> addresses6 = new ArrayList<>();
    while (addresses6.size() < ADDRESSES) {
      Ipv6Prefix near = ipv6.get(random.nextInt(ipv6.size()));
      long high = near.high() | random.nextLong() & ~Ipv6Address.highMask(near.length());
      long low = near.low() | random.nextLong() & ~Ipv6Address.lowMask(near.length());
      addresses6.add(Ipv6Address.format(high, low));
    }
    Files.write(directory.resolve("routes6"), withHops(ipv6, random));
    Files.write(directory.resolve("addresses6"), addresses6);
  }

  private static Set<Ipv6Prefix> ipv6(Random random) {
    long[] allocations = new long[IPV6_ALLOCATIONS];
    for (int i = 0; i < allocations.length; i++) {
      long block = IPV6_BLOCKS[random.nextInt(IPV6_BLOCKS.length)];
      int bits = block == IPV6_BLOCKS[0] ? 16 : 22;
      allocations[i] = block | (random.nextLong() & (1L << bits) - 1) << 32;
    }
    Set<Ipv6Prefix> routes = new LinkedHashSet<>();
    for (int[] each : IPV6_LENGTHS) {
      for (int wanted = routes.size() + each[1]; routes.size() < wanted; ) {
        long high = allocations[random.nextInt(allocations.length)];
        if (each[0] > 32) { // most sites number from the start of what they were given
          int bits = random.nextInt(10) < 7 ? 16 : each[0] - 32;
          high |=
              (random.nextLong() & (1L << Math.min(bits, 32)) - 1) << 64 - Math.max(each[0], 48);
        } else {
          high ^= (random.nextLong() & 0xff) << 34; // neighbours of the allocations
        }
        routes.add(Ipv6Prefix.containing(high, 0, each[0]));
      }
    }
    return routes;
  }

  private static List<String> withHops(List<?> prefixes, Random random) {
    List<String> lines = new ArrayList<>();
    prefixes.forEach(each -> lines.add(each + " " + (1 + random.nextInt(HOPS))));
    Collections.shuffle(lines, random);
    return lines;
  }
}
