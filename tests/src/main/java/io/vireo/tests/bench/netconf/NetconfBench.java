package io.vireo.tests.bench.netconf;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.sshd.client.SshClient;

/// What `./vireo bench netconf` measures; see its help. The server runs elsewhere, with a virtual
/// router `blue`.
public final class NetconfBench {
  private static final int ROUTES = 100_000;
  private static final int SAMPLES = 5;
  private static final int SESSIONS = 200;
  private static final int AT_ONCE = 8;
  private static final int CALLS = 400;
  private static final long RATE_NS = 3_000_000_000L;
  private static final String ROUTER =
      "<logical-network-elements"
          + " xmlns='urn:ietf:params:xml:ns:yang:ietf-logical-network-element'>"
          + "<logical-network-element><name>blue</name><root>%s</root></logical-network-element>"
          + "</logical-network-elements>";
  private static final String GET =
      "<get-config><source><running/></source><filter>"
          + ROUTER.formatted(
              "<interfaces xmlns='urn:ietf:params:xml:ns:yang:ietf-interfaces'>"
                  + "<interface><name>eth1</name></interface></interfaces>")
          + "</filter></get-config>";
  private static final String GET_ROUTES =
      "<get-config><source><running/></source><filter>"
          + ROUTER.formatted("<routing xmlns='urn:ietf:params:xml:ns:yang:ietf-routing'/>")
          + "</filter></get-config>";

  private final SshClient ssh = LightClient.transport();
  private final InetSocketAddress server;
  private final InetSocketAddress bare;
  private final KeyPair key;
  private final Path disk;
  private final List<String> results = new ArrayList<>();
  private final List<String> missed = new ArrayList<>();

  private NetconfBench(InetSocketAddress server, InetSocketAddress bare, Path key, Path disk)
      throws IOException {
    this.server = server;
    this.bare = bare;
    this.key = LightClient.key(key);
    this.disk = disk;
  }

  /// @param arguments port of the server, port of the bare one, the user's private key, a directory
  ///   on the server's disk, and `--check` where missed targets count
  public static void main(String[] arguments) throws Exception {
    Logger.getLogger("").setLevel(Level.WARNING); // a line for each session would be measured too
    NetconfBench bench =
        new NetconfBench(
            new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])),
            new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[1])),
            Path.of(arguments[2]),
            Path.of(arguments[3]));
    System.out.println("# client: " + LightClient.ALGORITHMS);
    bench.sessions();
    bench.latencies();
    bench.rates();
    bench.routes();
    bench.results.forEach(System.out::println);
    bench.missed.forEach(line -> System.out.println("missed: " + line));
    bench.ssh.stop();
    boolean check = arguments.length > 4 && arguments[4].equals("--check");
    System.exit(check && !bench.missed.isEmpty() ? 1 : 0);
  }

  private LightClient open() throws IOException {
    return LightClient.open(ssh, server, "admin", key);
  }

  // ---- session set-up

  private void sessions() throws Exception {
    for (int i = 0; i < SAMPLES; i++) { // the compilers are warm then
      establish(server, new double[SESSIONS]);
      establish(bare, new double[SESSIONS]);
    }
    double[] rates = new double[SAMPLES];
    double[] limits = new double[SAMPLES];
    List<double[]> latencies = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      double[] each = new double[SESSIONS];
      rates[i] = establish(server, each);
      latencies.add(each);
      limits[i] = establish(bare, new double[SESSIONS]);
    }
    print("sessions a second, " + AT_ONCE + " at once", rates, "bare MINA", limits);
    double[] all = latencies.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
    System.out.printf(
        Locale.ROOT, "session set-up, ms: p50 %.1f, p99 %.1f%n", at(all, 0.5), at(all, 0.99));
    result("sessions", "1/s", median(rates), "bare-mina", median(limits), false);
    require(median(rates) > 150, "fewer than 150 sessions a second");
  }

  private double establish(InetSocketAddress at, double[] latenciesMs) throws Exception {
    AtomicInteger next = new AtomicInteger();
    long beganNs = System.nanoTime();
    inParallel(
        AT_ONCE,
        () -> {
          for (int i = next.getAndIncrement(); i < SESSIONS; i = next.getAndIncrement()) {
            long oneNs = System.nanoTime();
            LightClient client = LightClient.open(ssh, at, "admin", key);
            latenciesMs[i] = (System.nanoTime() - oneNs) / 1e6;
            client.close();
          }
          return null;
        });
    return SESSIONS / ((System.nanoTime() - beganNs) / 1e9);
  }

  private static void inParallel(int count, Callable<Void> task) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
      List<Future<Void>> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        all.add(threads.submit(task));
      }
      for (Future<Void> each : all) {
        try {
          each.get();
        } catch (ExecutionException e) {
          throw e.getCause() instanceof Exception cause ? cause : e;
        }
      }
    }
  }

  // ---- latency of one session

  private void latencies() throws IOException {
    try (LightClient client = open()) {
      latency("get", client, i -> GET, "netopeer2-noted", 0.56);
      latency("edit", client, NetconfBench::edit, "netopeer2-noted", 1000 / 775.0);
      client.call("<discard-changes/>");
      double fsyncMs = fsync();
      double[] samples = new double[CALLS];
      for (int i = -CALLS; i < CALLS; i++) {
        long beganNs = System.nanoTime();
        client.call(edit(i + CALLS));
        client.call("<commit/>");
        if (i >= 0) {
          samples[i] = (System.nanoTime() - beganNs) / 1e6;
        }
      }
      double value = summary("edit and commit, ms", samples);
      System.out.printf(Locale.ROOT, "bare fsync of 4 KiB, ms: median %.3f%n", fsyncMs);
      result("edit-commit", "ms", value, "netopeer2-noted", 1000 / 386.0, true);
    }
  }

  private interface Requests {
    String of(int number);
  }

  private void latency(
      String name, LightClient client, Requests requests, String peer, double peerMs)
      throws IOException {
    double[] samples = new double[CALLS];
    for (int i = -5 * CALLS; i < CALLS; i++) {
      long beganNs = System.nanoTime();
      client.call(requests.of(i + 5 * CALLS));
      if (i >= 0) {
        samples[i] = (System.nanoTime() - beganNs) / 1e6;
      }
    }
    result(name, "ms", summary(name + ", ms", samples), peer, peerMs, true);
  }

  private static String edit(int number) {
    return "<edit-config><target><candidate/></target><config>"
        + "<system xmlns='urn:vireo:yang:vireo-system'><location>rack "
        + number
        + "</location></system></config></edit-config>";
  }

  private double fsync() throws IOException {
    Path file = disk.resolve("fsync");
    double[] samples = new double[CALLS];
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (int i = 0; i < CALLS; i++) {
        long beganNs = System.nanoTime();
        channel.write(ByteBuffer.allocate(4096));
        channel.force(false);
        samples[i] = (System.nanoTime() - beganNs) / 1e6;
      }
    }
    Files.delete(file);
    return median(samples);
  }

  // ---- many sessions

  private void rates() throws Exception {
    double best = 0;
    for (int count : new int[] {1, 10, 100}) {
      List<LightClient> clients = new ArrayList<>();
      try {
        for (int i = 0; i < count; i++) {
          clients.add(open());
        }
        double[] rates = new double[SAMPLES];
        for (int sample = -1; sample < SAMPLES; sample++) {
          double rate = rate(clients);
          if (sample >= 0) {
            rates[sample] = rate;
          }
        }
        best = median(rates);
        print("get and edit, rpc a second, " + count + " sessions", rates);
        result("rpc-" + count, "1/s", best, "netopeer2-noted", count == 100 ? 1700 : 0, false);
      } finally {
        clients.forEach(LightClient::close);
      }
    }
    require(best > 3_000, "fewer than 3,000 rpc a second with 100 sessions");
    try (LightClient client = open()) {
      client.call("<discard-changes/>");
    }
  }

  private static double rate(List<LightClient> clients) throws Exception {
    AtomicInteger next = new AtomicInteger();
    AtomicLong calls = new AtomicLong();
    long beganNs = System.nanoTime();
    inParallel(
        clients.size(),
        () -> {
          int number = next.getAndIncrement();
          LightClient client = clients.get(number);
          for (int i = 0; System.nanoTime() - beganNs < RATE_NS; i += 2) {
            client.call(GET);
            client.call(edit(number * 1_000_000 + i));
            calls.addAndGet(2);
          }
          return null;
        });
    return calls.get() / ((System.nanoTime() - beganNs) / 1e9);
  }

  // ---- 100,000 routes

  private void routes() throws Exception {
    StringBuilder routes = new StringBuilder();
    for (int i = 0; i < ROUTES; i++) {
      routes
          .append("<route><destination-prefix>")
          .append(20 + (i >> 16))
          .append('.')
          .append(i >> 8 & 0xff)
          .append('.')
          .append(i & 0xff)
          .append(".0/24</destination-prefix><next-hop><next-hop-address>10.0.2.2")
          .append("</next-hop-address></next-hop></route>");
    }
    String edit =
        "<edit-config><target><candidate/></target><config>"
            + ROUTER.formatted(
                "<routing xmlns='urn:ietf:params:xml:ns:yang:ietf-routing'>"
                    + "<control-plane-protocols><control-plane-protocol><type>static</type>"
                    + "<name>default</name><static-routes><ipv4"
                    + " xmlns='urn:ietf:params:xml:ns:yang:ietf-ipv4-unicast-routing'>"
                    + routes
                    + "</ipv4></static-routes></control-plane-protocol></control-plane-protocols>"
                    + "</routing>")
            + "</config></edit-config>";
    double[] in = new double[SAMPLES];
    double[] parser = new double[SAMPLES];
    double[] out = new double[SAMPLES];
    double[] channel = new double[SAMPLES];
    long bytes = 0;
    try (LightClient client = open();
        LightClient plain = LightClient.open(ssh, bare, "admin", key)) {
      for (int i = -2; i < SAMPLES; i++) {
        long beganNs = System.nanoTime();
        client.call(edit);
        double seconds = (System.nanoTime() - beganNs) / 1e9;
        double parsed = parse(edit);
        client.call(i == SAMPLES - 1 ? "<commit/>" : "<discard-changes/>");
        if (i >= 0) {
          in[i] = seconds;
          parser[i] = parsed;
        }
      }
      for (int i = -2; i < SAMPLES; i++) {
        long beganNs = System.nanoTime();
        bytes = client.call(GET_ROUTES).bytes();
        double seconds = (System.nanoTime() - beganNs) / 1e9;
        beganNs = System.nanoTime();
        plain.call("\n<octets>" + bytes + "</octets>\n");
        double limit = (System.nanoTime() - beganNs) / 1e9;
        if (i >= 0) {
          out[i] = bytes / seconds / 1e6;
          channel[i] = bytes / limit / 1e6;
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "an edit of %,d routes has %.1f MB, what is read back %.1f MB%n",
        ROUTES,
        edit.length() / 1e6,
        bytes / 1e6);
    print("routes in one edit, s", in, "bare parser", parser);
    print("routes read back, MB/s", out, "bare MINA channel", channel);
    result("routes-in", "s", median(in), "bare-parser", median(parser), true);
    result("routes-out", "MB/s", median(out), "bare-mina-channel", median(channel), false);
    require(median(in) < 1.5, "100,000 routes took more than 1.5 s");
    require(median(out) > 100, "less than 100 MB/s were read back");
    require(median(out) / median(channel) >= 0.6, "less than 0.6 of the bare channel");
  }

  private static double parse(String text) throws XMLStreamException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    long beganNs = System.nanoTime();
    XMLStreamReader xml =
        XMLInputFactory.newFactory().createXMLStreamReader(new ByteArrayInputStream(bytes));
    while (xml.hasNext()) {
      xml.next();
    }
    return (System.nanoTime() - beganNs) / 1e9;
  }

  // ---- results

  private static void print(String what, double[] samples) {
    System.out.println("samples " + what + ": " + text(samples));
  }

  private static void print(String what, double[] samples, String peer, double[] peers) {
    print(what, samples);
    print(what + ", " + peer, peers);
  }

  private static String text(double[] samples) {
    StringBuilder text = new StringBuilder();
    for (double each : samples) {
      text.append(String.format(Locale.ROOT, "%s%.3g", text.isEmpty() ? "" : " ", each));
    }
    return text.toString();
  }

  private static double summary(String what, double[] samples) {
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    System.out.printf(
        Locale.ROOT,
        "%s: %d samples, least %.3f, p50 %.3f, p90 %.3f, p99 %.3f, most %.3f%n",
        what,
        sorted.length,
        sorted[0],
        at(sorted, 0.5),
        at(sorted, 0.9),
        at(sorted, 0.99),
        sorted[sorted.length - 1]);
    return at(sorted, 0.5);
  }

  private static double at(double[] sorted, double part) {
    return sorted[Math.min(sorted.length - 1, (int) (part * sorted.length))];
  }

  private static double median(double[] samples) {
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /// @param less whether less is better
  private void result(
      String name, String unit, double value, String peer, double peerValue, boolean less) {
    double ratio = less ? peerValue / value : value / peerValue;
    results.add(
        String.format(
            Locale.ROOT,
            "RESULT name=netconf.%s value=%.2f unit=%s peer=%s peer_value=%.2f ratio=%.2f",
            name,
            value,
            unit,
            peerValue == 0 ? "none" : peer,
            peerValue,
            peerValue == 0 ? 0 : ratio));
  }

  private void require(boolean met, String otherwise) {
    if (!met) {
      missed.add(otherwise);
    }
  }
}
