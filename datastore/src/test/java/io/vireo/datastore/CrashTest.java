package io.vireo.datastore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// The manager's process is killed (SIGKILL) at random points of a stream of commits; what is there
/// afterwards is what was acknowledged last or the one commit that was under way, in both trees.
class CrashTest {
  private static final int KILLS = Integer.getInteger("vireo.kills", 6);
  private static final int COMMITS = 200;
  private static final QName CONTACT =
      QName.create("urn:vireo:yang:vireo-system", "2026-11-26", "contact");

  @TempDir Path directory;

  @Test
  void kill_atAnyPoint_keepsWhatWasAcknowledged() throws Exception {
    long seed = Long.getLong("vireo.seed", 20261123L);
    Random random = new Random(seed);
    for (int kill = 0; kill < KILLS; kill++) {
      long acknowledged = runAndKill(random.nextInt(COMMITS), random.nextInt(3_000_000));
      try (ManagementEngine engine =
          ManagementEngine.open(
              directory,
              TestTrees.DEVICE_TREE,
              TestTrees.ROUTER_TREE,
              new FakeRouters(),
              EngineOptions.PLAIN)) {
        long found = engine.transaction();
        String context = "-Dvireo.seed=" + seed + ", kill " + kill;
        assertTrue(
            found == acknowledged || found == acknowledged + 1,
            context + ": acknowledged " + acknowledged + ", found " + found);
        assertEquals(Long.toString(found), contact(engine.running().device()), context);
        assertEquals(
            Long.toString(found),
            description(Objects.requireNonNull(engine.running().routers().get("blue"))),
            context);
      }
    }
  }

  // The last number that the process said.
  private long runAndKill(int commits, int delayNs) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CommitLoop.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      String first = Objects.requireNonNull(lines.readLine(), "the process did not start");
      long last = Long.parseLong(first.substring("at ".length()));
      for (int i = 0; i < commits; i++) {
        last = Long.parseLong(Objects.requireNonNull(lines.readLine(), "the process ended"));
      }
      long untilNs = System.nanoTime() + delayNs;
      while (System.nanoTime() < untilNs) {
        Thread.onSpinWait();
      }
      // Through its handle: what it has said can still be read.
      process.toHandle().destroyForcibly();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        last = Long.parseLong(line);
      }
      return last;
    } finally {
      process.destroyForcibly();
      assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    }
  }

  private static String contact(ContainerNode device) {
    return String.valueOf(
        TestTrees.at(device, YangInstanceIdentifier.of(QName.create(CONTACT, "system"), CONTACT))
            .body());
  }

  private static String description(ContainerNode router) {
    QName description = QName.create(TestTrees.INTERFACES, "description");
    return String.valueOf(
        TestTrees.at(router, TestTrees.interfacePath("eth0").node(description)).body());
  }
}
