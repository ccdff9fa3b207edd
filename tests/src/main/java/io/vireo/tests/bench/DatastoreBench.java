package io.vireo.tests.bench;

import io.vireo.datastore.EngineOptions;
import io.vireo.datastore.ManagementEngine;
import io.vireo.datastore.api.Caller;
import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.datastore.api.Selection;
import io.vireo.datastore.store.StorageException;
import io.vireo.manager.offline.NoRouters;
import io.vireo.schema.SchemaContexts;
import io.vireo.schema.document.DocumentOperation;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.xml.SafeXml;
import io.vireo.schema.xml.XmlTreeReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamReader;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNodes;

/// What the datastore costs at 100,000 static routes, beside YANG Tools' bare parser and tree in
/// the same process. Prints every sample, then the results; `tests/bench/datastore.py` runs it.
///
/// Arguments: a directory in memory (no cost of a disk), the directory of the bench's YANG modules,
/// and `--check`.
public final class DatastoreBench {
  private static final int ROUTES = 100_000;
  private static final int INTERFACES = 10_000;
  private static final int WARMUPS = 4;
  private static final int ROUNDS = 7;
  private static final int COMMITS = 400;
  // Of what looks at every route or interface.
  private static final int SCANS = 60;
  private static final Caller BENCH = new Caller("bench", Caller.Door.SYSTEM, "local");

  private final Path directory;
  private final SchemaTree device;
  private final SchemaTree router;
  private final XmlTreeReader reader;
  private final List<String> results = new ArrayList<>();
  private final List<String> missed = new ArrayList<>();
  private int engines;

  private DatastoreBench(Path directory, List<Path> models) {
    this.directory = directory;
    SchemaContexts contexts = SchemaContexts.of(models);
    this.device = SchemaTree.of(contexts.load(SchemaContexts.DEVICE));
    this.router = SchemaTree.of(contexts.load(SchemaContexts.ROUTER));
    this.reader = XmlTreeReader.ofDevice(device, router);
  }

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    DatastoreBench plain = new DatastoreBench(directory, List.of());
    plain.loads();
    plain.oneLeaf();
    plain.references();
    plain.memory();
    DatastoreBench ruled = new DatastoreBench(directory, List.of(Path.of(arguments[1])));
    ruled.expressions();
    plain.results.addAll(ruled.results);
    plain.missed.addAll(ruled.missed);
    // The headline stands last.
    plain.results.sort(Comparator.comparing(line -> line.contains(".commit-one ")));
    plain.results.forEach(System.out::println);
    plain.missed.forEach(each -> System.out.println("missed: " + each));
    System.out.printf(
        Locale.ROOT,
        "# CPU of this process: %.1f s%n",
        ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime()
            / 1e9);
    if (!plain.missed.isEmpty() && List.of(arguments).contains("--check")) {
      System.exit(1);
    }
  }

  /// An engine of its own, and one session.
  private record Open(ManagementEngine engine, ManagementSession session, Path path)
      implements AutoCloseable {
    @Override
    public void close() throws StorageException, IOException {
      engine.close();
      try (Stream<Path> files = Files.walk(path)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private Open open() throws Exception {
    Path path = Files.createDirectory(directory.resolve("engine-" + engines++));
    ManagementEngine engine =
        ManagementEngine.open(path, device, router, new NoRouters(), EngineOptions.PLAIN);
    return new Open(engine, engine.open(BENCH, () -> {}), path);
  }

  private void edit(Open open, byte[] xml) throws Exception {
    XMLStreamReader in = SafeXml.utf8Reader(new ByteArrayInputStream(xml));
    in.nextTag();
    open.session.edit(Datastore.CANDIDATE, reader.readEdits(in, DocumentOperation.MERGE)).get();
  }

  private void commit(Open open, byte[] xml) throws Exception {
    edit(open, xml);
    open.session.commit(null).get();
  }

  private interface Step {
    void run() throws Exception;
  }

  private static double timeMs(Step step) throws Exception {
    long start = System.nanoTime();
    step.run();
    return (System.nanoTime() - start) / 1e6;
  }

  private static double median(double[] samples) {
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static void print(String what, double[] samples, String unit) {
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    String all =
        samples.length > 20
            ? String.format(
                Locale.ROOT,
                "%d samples, min %.3f p25 %.3f median %.3f p75 %.3f p99 %.3f max %.3f",
                samples.length,
                sorted[0],
                sorted[samples.length / 4],
                median(samples),
                sorted[samples.length * 3 / 4],
                sorted[samples.length * 99 / 100],
                sorted[samples.length - 1])
            : Arrays.stream(samples)
                .mapToObj(s -> String.format(Locale.ROOT, "%.1f", s))
                .reduce((a, b) -> a + " " + b)
                .orElse("");
    System.out.printf("samples %s (%s): %s%n", what, unit, all);
  }

  /// @param ratio above 1: we are better
  private void result(
      String name, double value, String unit, String peer, double peerValue, double ratio) {
    results.add(
        String.format(
            Locale.ROOT,
            "RESULT name=datastore.%s value=%.3f unit=%s peer=%s peer_value=%.3f ratio=%.2f",
            name,
            value,
            unit,
            peer,
            peerValue,
            ratio));
  }

  private void want(boolean met, String words) {
    if (!met) {
      missed.add(words);
    }
  }

  // Load from XML, validate, commit; the same again; rollback of the whole.
  private void loads() throws Exception {
    byte[] ours = BenchTrees.device(BenchTrees.interfaces(1) + BenchTrees.routes(ROUTES, 1));
    byte[] theirs = BenchTrees.bare(BenchTrees.interfaces(1) + BenchTrees.routes(ROUTES, 1));
    double[] load = new double[ROUNDS];
    double[] again = new double[ROUNDS];
    double[] back = new double[ROUNDS];
    double[] bare = new double[ROUNDS];
    double[] bareAgain = new double[ROUNDS];
    for (int i = -WARMUPS; i < ROUNDS; i++) {
      int at = Math.max(i, 0);
      System.gc();
      BareTree peer = new BareTree(router);
      bare[at] = timeMs(() -> peer.merge(theirs));
      bareAgain[at] = timeMs(() -> peer.merge(theirs));
      System.gc();
      try (Open open = open()) {
        commit(open, BenchTrees.device(BenchTrees.interfaces(1)));
        load[at] = timeMs(() -> commit(open, ours));
        again[at] = timeMs(() -> commit(open, ours));
        back[at] =
            timeMs(() -> {
              open.session.load(1).get();
              open.session.commit(null).get();
            });
      }
    }
    print("load", load, "ms");
    print("load, bare", bare, "ms");
    print("same again", again, "ms");
    print("same again, bare", bareAgain, "ms");
    print("rollback", back, "ms");
    result("load", median(load), "ms", "yangtools", median(bare), median(bare) / median(load));
    result(
        "again",
        median(again),
        "ms",
        "yangtools",
        median(bareAgain),
        median(bareAgain) / median(again));
    result("rollback", median(back), "ms", "load", median(load), median(load) / median(back));
    want(median(load) <= 2 * median(bare), "load, validate, commit within 2x of the bare peer");
    want(median(load) < 1_000, "load, validate, commit below 1 s");
  }

  // One random leaf, in an empty tree and on top of the routes.
  private void oneLeaf() throws Exception {
    Random random = new Random(1);
    double[] empty = new double[COMMITS];
    double[] full = new double[COMMITS];
    double[] read = new double[COMMITS];
    try (Open open = open()) {
      commit(open, BenchTrees.device(BenchTrees.interfaces(1)));
      for (int i = -COMMITS; i < COMMITS; i++) {
        byte[] xml = BenchTrees.device(BenchTrees.interfaceDescription("d" + random.nextInt()));
        empty[Math.max(i, 0)] = timeMs(() -> commit(open, xml));
      }
    }
    try (Open open = open()) {
      commit(open, BenchTrees.device(BenchTrees.interfaces(1) + BenchTrees.routes(ROUTES, 1)));
      for (int i = -COMMITS; i < COMMITS; i++) {
        byte[] xml =
            BenchTrees.device(
                BenchTrees.description(random.nextInt(ROUTES), "d" + random.nextInt()));
        full[Math.max(i, 0)] = timeMs(() -> commit(open, xml));
        YangInstanceIdentifier path = routePath(random.nextInt(ROUTES));
        read[Math.max(i, 0)] = 1e3 * timeMs(() -> readOne(open, path));
      }
    }
    print("one leaf, empty tree", empty, "ms");
    print("one leaf, on 100,000 routes", full, "ms");
    print("read one route", read, "us");
    result("read-one", median(read), "us", "none", 0, 0);
    result(
        "commit-one",
        median(full),
        "ms",
        "empty-tree",
        median(empty),
        median(empty) / median(full));
    want(median(full) < 1, "one-leaf commit below 1 ms on top of 100,000 routes");
    want(median(empty) < 1, "one-leaf commit below 1 ms in an empty tree");
    want(median(full) < 1.5 * median(empty), "one-leaf commit the same in both");
  }

  private static void readOne(Open open, YangInstanceIdentifier path) throws Exception {
    open.session
        .read(
            Datastore.RUNNING,
            Selection.ALL,
            trees -> {
              if (NormalizedNodes.findNode(trees.routers().get("blue"), path).isEmpty()) {
                throw new IllegalStateException("the route is not there");
              }
            })
        .get();
  }

  private YangInstanceIdentifier routePath(int number) {
    QName routing = router.root().namesakes("routing").getFirst().name();
    QName protocol = QName.create(routing, "control-plane-protocol");
    QName ipv4 =
        QName.create("urn:ietf:params:xml:ns:yang:ietf-ipv4-unicast-routing", "2018-03-13", "ipv4");
    QName route = QName.create(ipv4, "route");
    return YangInstanceIdentifier.of(
            routing, QName.create(routing, "control-plane-protocols"), protocol)
        .node(
            NodeIdentifierWithPredicates.of(
                protocol,
                com.google.common.collect.ImmutableMap.of(
                    QName.create(routing, "type"),
                    QName.create(routing, "static"),
                    QName.create(routing, "name"),
                    "s")))
        .node(QName.create(routing, "static-routes"))
        .node(ipv4)
        .node(route)
        .node(
            NodeIdentifierWithPredicates.of(
                route, QName.create(ipv4, "destination-prefix"), BenchTrees.prefix(number)));
  }

  // 10,000 interfaces with leafrefs to them.
  private void references() throws Exception {
    byte[] all =
        BenchTrees.device(
            BenchTrees.interfaces(INTERFACES) + BenchTrees.routes(INTERFACES, INTERFACES - 1));
    double[] load = new double[ROUNDS];
    double[] refused = new double[SCANS];
    double[] added = new double[SCANS];
    double[] removed = new double[SCANS];
    for (int i = -WARMUPS; i < ROUNDS; i++) {
      try (Open open = open()) {
        load[Math.max(i, 0)] = timeMs(() -> commit(open, all));
      }
    }
    Random random = new Random(2);
    try (Open open = open()) {
      commit(open, all);
      for (int i = -SCANS; i < SCANS; i++) {
        int at = Math.max(i, 0);
        byte[] wrong =
            BenchTrees.device(BenchTrees.withoutInterface(random.nextInt(INTERFACES - 1)));
        refused[at] =
            timeMs(() -> {
              try {
                commit(open, wrong);
                throw new IllegalStateException("an interface in use was deleted");
              } catch (ExecutionException e) {
                if (!(e.getCause() instanceof ManagementException)) {
                  throw e;
                }
                open.session.discard().get();
              }
            });
        int number = INTERFACES + SCANS + i;
        added[at] = timeMs(() -> commit(open, BenchTrees.device(BenchTrees.route(number))));
        removed[at] =
            timeMs(() -> {
              commit(open, BenchTrees.device(BenchTrees.withoutInterface(INTERFACES - 1)));
            });
        commit(open, BenchTrees.device(BenchTrees.interfaces(INTERFACES)));
      }
    }
    print("10,000 interfaces and leafrefs", load, "ms");
    print("refused deletion of one in use", refused, "ms");
    print("one leafref more", added, "ms");
    print("deletion of one not in use", removed, "ms");
    result("leafref-load", median(load), "ms", "none", 0, 0);
    result("leafref-add", median(added), "ms", "none", 0, 0);
    result("leafref-delete", median(removed), "ms", "none", 0, 0);
    result("leafref-refuse", median(refused), "ms", "none", 0, 0);
  }

  // Expressions over the large list and in each of its entries.
  private void expressions() throws Exception {
    Random random = new Random(3);
    double[] leaf = new double[SCANS];
    double[] route = new double[SCANS];
    try (Open open = open()) {
      byte[] all = BenchTrees.device(BenchTrees.interfaces(1) + BenchTrees.routes(ROUTES, 1));
      commit(open, all);
      long loaded = open.engine.evaluations();
      for (int i = -SCANS; i < SCANS; i++) {
        byte[] xml = BenchTrees.device(BenchTrees.description(random.nextInt(ROUTES), "d" + i));
        leaf[Math.max(i, 0)] = timeMs(() -> commit(open, xml));
      }
      long leafs = open.engine.evaluations() - loaded;
      for (int i = 0; i < SCANS / 2; i++) {
        byte[] xml = BenchTrees.device(BenchTrees.route(ROUTES + i));
        route[i] = timeMs(() -> commit(open, xml));
      }
      long routes = open.engine.evaluations() - loaded - leafs;
      print("one leaf under expressions", leaf, "ms");
      double[] few = Arrays.copyOf(route, SCANS / 2);
      print("one route more under an expression over all", few, "ms");
      System.out.println(
          "evaluations: loading "
              + loaded
              + ", a leaf "
              + leafs / (2.0 * SCANS)
              + ", a route "
              + routes / (SCANS / 2.0));
      result("expression-leaf", median(leaf), "ms", "none", 0, 0);
      result("expression-list", median(few), "ms", "none", 0, 0);
      result("evaluations-per-leaf", leafs / (2.0 * SCANS), "1", "routes", ROUTES, 0);
      want(leafs <= 2L * SCANS * 4, "a leaf's change evaluates what looks at it, not each entry");
    }
  }

  // Live heap after full collections, with the tree and without.
  private void memory() throws Exception {
    String content = BenchTrees.interfaces(1) + BenchTrees.routes(ROUTES, 1);
    double before = liveMb();
    BareTree peer = new BareTree(router);
    peer.merge(BenchTrees.bare(content));
    double bare = liveMb() - before;
    java.lang.ref.Reference.reachabilityFence(peer);
    peer = null;
    before = liveMb();
    try (Open open = open()) {
      commit(open, BenchTrees.device(content));
      double ours = liveMb() - before;
      result("memory", ours, "MB", "yangtools", bare, bare / ours);
      want(ours < 1.5 * bare, "memory below 1.5 times the bare tree");
    }
  }

  private static double liveMb() throws InterruptedException {
    for (int i = 0; i < 4; i++) {
      System.gc();
      Thread.sleep(50);
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
  }
}
