package io.vireo.tests.bench;

import io.vireo.vr.fib.Ipv4Fib;
import io.vireo.vr.fib.Ipv6Fib;
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

  /// Either family.
  private interface Table {
    void open();

    void installAll();

    void withdrawAll();

    /// Looks all addresses up, [#BATCH] at a time.
    void lookupAll();

    /// Looks all addresses up one by one, each changed by what was found for the one before.
    int lookupChain();

    long checksum();

    int routes();

    int addresses();

    long trieBytes();

    long sizeBytes();

    void close();
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

  private static final class Ipv4 implements Table {
    private final int[] address;
    private final int[] prefix;
    private final int[] length;
    private final int[] hop;
    private final int[] batch = new int[BATCH];
    private final int[] found = new int[BATCH];
    private final int[] scratch = new int[BATCH];
    private Ipv4Fib fib = new Ipv4Fib();

    Ipv4(List<String> routes, List<String> addresses) {
      address = addresses.stream().mapToInt(Ipv4Address::of).toArray();
      prefix = routes.stream().mapToInt(line -> Ipv4Address.of(line.split("/")[0])).toArray();
      length = routes.stream().mapToInt(line -> Integer.parseInt(line.split("[/ ]")[1])).toArray();
      hop = routes.stream().mapToInt(line -> Integer.parseInt(line.split(" ")[1])).toArray();
      fib.close();
    }

    @Override
    public void open() {
      fib = new Ipv4Fib();
    }

    @Override
    public void installAll() {
      for (int i = 0; i < prefix.length; i++) {
        fib.install(prefix[i], length[i], hop[i]);
        fib.reclaim();
      }
    }

    @Override
    public void withdrawAll() {
      for (int i = 0; i < prefix.length; i++) {
        fib.withdraw(prefix[i], length[i]);
        fib.reclaim();
      }
    }

    @Override
    public void lookupAll() {
      for (int at = 0; at < address.length; at += BATCH) {
        next(at);
      }
    }

    private void next(int at) {
      int count = Math.min(BATCH, address.length - at);
      System.arraycopy(address, at, batch, 0, count);
      fib.lookup(batch, found, scratch, count);
    }

    @Override
    public int lookupChain() {
      int before = 0;
      for (int each : address) {
        before = fib.lookup(each ^ before & 1);
      }
      return before;
    }

    @Override
    public long checksum() {
      long checksum = 0;
      for (int at = 0; at < address.length; at += BATCH) {
        next(at);
        for (int i = 0; i < Math.min(BATCH, address.length - at); i++) {
          checksum = checksum * 31 + found[i];
        }
      }
      return checksum;
    }

    @Override
    public int routes() {
      return prefix.length;
    }

    @Override
    public int addresses() {
      return address.length;
    }

    @Override
    public long trieBytes() {
      return fib.trieBytes();
    }

    @Override
    public long sizeBytes() {
      return fib.sizeBytes();
    }

    @Override
    public void close() {
      fib.close();
    }
  }

  private static final class Ipv6 implements Table {
    private final long[] high;
    private final long[] low;
    private final Ipv6Prefix[] prefix;
    private final int[] hop;
    private final long[] batchHigh = new long[BATCH];
    private final long[] batchLow = new long[BATCH];
    private final int[] found = new int[BATCH];
    private final int[] scratch = new int[BATCH];
    private Ipv6Fib fib = new Ipv6Fib();

    Ipv6(List<String> routes, List<String> addresses) {
      List<Ipv6Address> parsed = addresses.stream().map(Ipv6Address::of).toList();
      high = parsed.stream().mapToLong(Ipv6Address::high).toArray();
      low = parsed.stream().mapToLong(Ipv6Address::low).toArray();
      prefix =
          routes.stream().map(line -> Ipv6Prefix.of(line.split(" ")[0])).toArray(Ipv6Prefix[]::new);
      hop = routes.stream().mapToInt(line -> Integer.parseInt(line.split(" ")[1])).toArray();
      fib.close();
    }

    @Override
    public void open() {
      fib = new Ipv6Fib();
    }

    @Override
    public void installAll() {
      for (int i = 0; i < prefix.length; i++) {
        fib.install(prefix[i], hop[i]);
        fib.reclaim();
      }
    }

    @Override
    public void withdrawAll() {
      for (Ipv6Prefix each : prefix) {
        fib.withdraw(each);
        fib.reclaim();
      }
    }

    @Override
    public void lookupAll() {
      for (int at = 0; at < high.length; at += BATCH) {
        next(at);
      }
    }

    private void next(int at) {
      int count = Math.min(BATCH, high.length - at);
      System.arraycopy(high, at, batchHigh, 0, count);
      System.arraycopy(low, at, batchLow, 0, count);
      fib.lookup(batchHigh, batchLow, found, scratch, count);
    }

    @Override
    public int lookupChain() {
      int before = 0;
      for (int i = 0; i < high.length; i++) {
        before = fib.lookup(high[i], low[i] ^ before & 1);
      }
      return before;
    }

    @Override
    public long checksum() {
      long checksum = 0;
      for (int at = 0; at < high.length; at += BATCH) {
        next(at);
        for (int i = 0; i < Math.min(BATCH, high.length - at); i++) {
          checksum = checksum * 31 + found[i];
        }
      }
      return checksum;
    }

    @Override
    public int routes() {
      return prefix.length;
    }

    @Override
    public int addresses() {
      return high.length;
    }

    @Override
    public long trieBytes() {
      return fib.trieBytes();
    }

    @Override
    public long sizeBytes() {
      return fib.sizeBytes();
    }

    @Override
    public void close() {
      fib.close();
    }
  }
}
