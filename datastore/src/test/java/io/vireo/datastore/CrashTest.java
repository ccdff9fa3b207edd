package io.vireo.datastore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vireo.datastore.api.Trees;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The manager's process is killed (SIGKILL) at random points of a stream of commits, on a disk
/// that works and on one whose writes and syncs fail now and then. What is there afterwards is what
/// was acknowledged last or the one commit that was under way: in all trees, with the routers that
/// were made and deleted.
class CrashTest {
  private static final int KILLS = Integer.getInteger("vireo.kills", 5);
  private static final int COMMITS = 800;
  private static final int FAULTS_PERMILLE = 30;

  @TempDir Path directory;
  private final long seed = Long.getLong("vireo.seed", 20261123L);
  private final Random random = new Random(seed);

  @Test
  void kill_atAnyPoint_keepsWhatWasAcknowledged() throws Exception {
    for (int kill = 0; kill < KILLS; kill++) {
      Run run = runAndKill(Map.of(), null);
      check(run, "kill " + kill);
    }
  }

  @Test
  void kill_onADiskThatFails_keepsWhatWasAcknowledged() throws Exception {
    Path shim = directory.resolve("faulty-io.so");
    Path flag = directory.resolve("faults-on");
    Path source = Path.of("src/test/c/faulty-io.c");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/gcc")), "gcc is not there");
    assertEquals(
        0,
        new ProcessBuilder(
                "/usr/bin/gcc", "-shared", "-fPIC", "-O1", "-o", shim.toString(), source.toString())
            .inheritIO()
            .start()
            .waitFor());
    long refused = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Map<String, String> faults =
          Map.of(
              "LD_PRELOAD", shim.toString(),
              "FAULTY_IO_SEED", Long.toString(seed + kill),
              "FAULTY_IO_PERMILLE", Integer.toString(FAULTS_PERMILLE),
              "FAULTY_IO_FLAG", flag.toString());
      Run run = runAndKill(faults, flag);
      Files.delete(flag);
      check(run, "kill " + kill + " with faults");
      refused += run.refused();
    }
    assertTrue(refused > KILLS, "only " + refused + " commits met a fault");
  }

  /// @param acknowledged the last commit that was
  /// @param refused how many were not
  private record Run(long acknowledged, long refused) {}

  private void check(Run run, String what) throws Exception {
    try (ManagementEngine engine =
        ManagementEngine.open(
            database(),
            TestTrees.DEVICE_TREE,
            TestTrees.ROUTER_TREE,
            new FakeRouters(),
            EngineOptions.PLAIN)) {
      long found = engine.transaction();
      String context = "-Dvireo.seed=" + seed + ", " + what + ", " + run;
      assertTrue(
          found == run.acknowledged() || found == run.acknowledged() + 1,
          context + ", found " + found);
      Trees expected = CommitLoop.after(found);
      assertEquals(expected.routers().keySet(), engine.running().routers().keySet(), context);
      assertEquals(expected, engine.running(), context);
    }
  }

  private Path database() {
    return directory.resolve("db");
  }

  /// @param flag made when the process has begun; null: none
  private Run runAndKill(Map<String, String> environment, @Nullable Path flag) throws Exception {
    int answers = random.nextInt(COMMITS);
    int delayNs = random.nextInt(3_000_000);
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CommitLoop.class.getName(),
                database().toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(environment);
    Process process = builder.start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      Answers answered = new Answers(lines);
      if (flag != null) {
        Files.createFile(flag);
      }
      for (int i = 0; i < answers && answered.next(); i++) {
        assertTrue(process.isAlive(), "the process ended by itself");
      }
      long untilNs = System.nanoTime() + delayNs;
      while (System.nanoTime() < untilNs) {
        Thread.onSpinWait();
      }
      // Through its handle: what it has said can still be read.
      process.toHandle().destroyForcibly();
      while (answered.next()) {
        // to the end of what it said
      }
      return new Run(answered.last, answered.refused);
    } finally {
      process.destroyForcibly();
      assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    }
  }

  /// What the process says.
  private static final class Answers {
    private final BufferedReader lines;
    private long last;
    private long refused;

    Answers(BufferedReader lines) throws IOException {
      this.lines = lines;
      String first = Objects.requireNonNull(lines.readLine(), "the process did not start");
      last = Long.parseLong(first.substring("at ".length()));
    }

    boolean next() throws IOException {
      String line = lines.readLine();
      if (line == null) {
        return false;
      }
      if (line.startsWith("no ")) {
        refused++;
      } else {
        last = Long.parseLong(line);
      }
      return true;
    }
  }
}
