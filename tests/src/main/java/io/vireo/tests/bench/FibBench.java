package io.vireo.tests.bench;

import io.vireo.vr.fib.Ipv4Fib;
import io.vireo.vr.fib.Ipv6Fib;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Ipv6Address;
import io.vireo.vr.wire.Ipv6Prefix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Our forwarding tables on the routes and addresses of [FibRoutes]: lookups, installs,
/// withdrawals, memory, and a checksum of what is found. Prints `metric value` lines.
public final class FibBench {
  /// As many addresses as `dpdk-test-fib` looks up at a time.
  private static final int BATCH = 64;

  private static final int PASSES = 15;
  private static final int ROUNDS = 3;

  private FibBench() {}

  /// @param arguments `4` or `6`, the file of routes, the file of addresses
  public static void main(String[] arguments) throws IOException {
    List<String> routes = Files.readAllLines(Path.of(arguments[1]));
    List<String> addresses = Files.readAllLines(Path.of(arguments[2]));
    Table table =
        arguments[0].equals("4") ? new Ipv4(routes, addresses) : new Ipv6(routes, addresses);
    for (int round = 1; round < ROUNDS; round++) { // compile
      measure(table);
    }
    measure(table).forEach(System.out::println);
  }

  /// Either family's routes, addresses and table.
  private abstract static class Table {
    final int[] found = new int[BATCH];
    final int[] scratch = new int[BATCH];

    abstract int routes();

    abstract int addresses();

    abstract void open();

    abstract void install(int route);

    abstract void withdraw(int route);

    /// Looks up `count` addresses from `at` on.
    abstract void lookup(int at, int count);

    /// Looks one address up, changed by what was found before.
    abstract int lookupAfter(int address, int before);

    abstract long trieBytes();

    abstract long sizeBytes();

    abstract void close();

    void installAll() {
      for (int i = 0; i < routes(); i++) {
        install(i);
      }
    }

    void withdrawAll() {
      for (int i = 0; i < routes(); i++) {
        withdraw(i);
      }
    }

    void lookupAll() {
      for (int at = 0; at < addresses(); at += BATCH) {
        lookup(at, Math.min(BATCH, addresses() - at));
      }
    }

    void lookupChain() {
      int before = 0;
      for (int i = 0; i < addresses(); i++) {
        before = lookupAfter(i, before);
      }
      found[0] = before;
    }

    long checksum() {
      long checksum = 0;
      for (int at = 0; at < addresses(); at += BATCH) {
        int count = Math.min(BATCH, addresses() - at);
        lookup(at, count);
        for (int i = 0; i < count; i++) {
          checksum = checksum * 31 + found[i];
        }
      }
      return checksum;
    }
  }

  private static List<String> measure(Table table) {
    table.open();
    double installNs = perItemNs(table::installAll, table.routes());
    double[] passes = new double[PASSES];
    for (int pass = 0; pass < PASSES; pass++) {
      passes[pass] = perItemNs(table::lookupAll, table.addresses());
    }
    Arrays.sort(passes);
    double chainNs = perItemNs(table::lookupChain, table.addresses());
    long checksum = table.checksum();
    double trieBytes = table.trieBytes();
    double bytes = table.sizeBytes();
    double withdrawNs = perItemNs(table::withdrawAll, table.routes());
    table.close();
    return List.of(
        line("lookup-ns", passes[PASSES / 2]),
        line("chain-ns", chainNs),
        line("install-ns", installNs),
        line("withdraw-ns", withdrawNs),
        line("trie-bytes-per-route", trieBytes / table.routes()),
        line("bytes-per-route", bytes / table.routes()),
        String.format(Locale.ROOT, "checksum %016x", checksum));
  }

  private static String line(String metric, double value) {
    return String.format(Locale.ROOT, "%s %.2f", metric, value);
  }

  private static double perItemNs(Runnable work, int items) {
    long startNs = System.nanoTime();
    work.run();
    return (System.nanoTime() - startNs) / (double) items;
  }

  private static final class Ipv4 extends Table {
    private final int[] address;
    private final int[] prefix;
    private final int[] length;
    private final int[] hop;
    private final int[] batch = new int[BATCH];
    private Ipv4Fib fib = new Ipv4Fib();

    Ipv4(List<String> routes, List<String> addresses) {
      address = addresses.stream().mapToInt(Ipv4Address::of).toArray();
      prefix = routes.stream().mapToInt(line -> Ipv4Address.of(line.split("/")[0])).toArray();
      length = routes.stream().mapToInt(line -> Integer.parseInt(line.split("[/ ]")[1])).toArray();
      hop = routes.stream().mapToInt(line -> Integer.parseInt(line.split(" ")[1])).toArray();
      fib.close();
    }

    @Override
    int routes() {
      return prefix.length;
    }

    @Override
    int addresses() {
      return address.length;
    }

    @Override
    void open() {
      fib = new Ipv4Fib();
    }

    @Override
    void install(int route) {
      fib.install(prefix[route], length[route], hop[route]);
      fib.reclaim();
    }

    @Override
    void withdraw(int route) {
      fib.withdraw(prefix[route], length[route]);
      fib.reclaim();
    }

    @Override
    void lookup(int at, int count) {
      System.arraycopy(address, at, batch, 0, count);
      fib.lookup(batch, found, scratch, count);
    }

    @Override
    int lookupAfter(int each, int before) {
      return fib.lookup(address[each] ^ before & 1);
    }

    @Override
    long trieBytes() {
      return fib.trieBytes();
    }

    @Override
    long sizeBytes() {
      return fib.sizeBytes();
    }

    @Override
    void close() {
      fib.close();
    }
  }

  private static final class Ipv6 extends Table {
    private final long[] high;
    private final long[] low;
    private final Ipv6Prefix[] prefix;
    private final int[] hop;
    private final long[] batchHigh = new long[BATCH];
    private final long[] batchLow = new long[BATCH];
    private Ipv6Fib fib = new Ipv6Fib();

    Ipv6(List<String> routes, List<String> addresses) {
      List<IpAddress> parsed = addresses.stream().map(Ipv6Address::of).toList();
      high = parsed.stream().mapToLong(IpAddress::high).toArray();
      low = parsed.stream().mapToLong(IpAddress::low).toArray();
      prefix =
          routes.stream().map(line -> Ipv6Prefix.of(line.split(" ")[0])).toArray(Ipv6Prefix[]::new);
      hop = routes.stream().mapToInt(line -> Integer.parseInt(line.split(" ")[1])).toArray();
      fib.close();
    }

    @Override
    int routes() {
      return prefix.length;
    }

    @Override
    int addresses() {
      return high.length;
    }

    @Override
    void open() {
      fib = new Ipv6Fib();
    }

    @Override
    void install(int route) {
      fib.install(prefix[route], hop[route]);
      fib.reclaim();
    }

    @Override
    void withdraw(int route) {
      fib.withdraw(prefix[route]);
      fib.reclaim();
    }

    @Override
    void lookup(int at, int count) {
      System.arraycopy(high, at, batchHigh, 0, count);
      System.arraycopy(low, at, batchLow, 0, count);
      fib.lookup(batchHigh, batchLow, found, scratch, count);
    }

    @Override
    int lookupAfter(int each, int before) {
      return fib.lookup(high[each], low[each] ^ before & 1);
    }

    @Override
    long trieBytes() {
      return fib.trieBytes();
    }

    @Override
    long sizeBytes() {
      return fib.sizeBytes();
    }

    @Override
    void close() {
      fib.close();
    }
  }
}
