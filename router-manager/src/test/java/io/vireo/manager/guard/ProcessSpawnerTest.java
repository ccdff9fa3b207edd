package io.vireo.manager.guard;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Needs root: it becomes another user.
@Tag("netns")
class ProcessSpawnerTest {
  private static final SystemAccount NOBODY = new SystemAccount("nobody", 65_534, 65_534);

  @TempDir Path folder = Path.of("");

  @Test
  void process_asNobody_hasNoCapabilities() throws Exception {
    String status = statusOf(false);
    assertTrue(status.contains("Uid:\t65534\t65534\t65534\t65534"), status);
    assertTrue(status.contains("CapPrm:\t0000000000000000"), status);
    assertTrue(status.contains("CapBnd:\t0000000000000000"), status);
    assertTrue(status.contains("CapAmb:\t0000000000000000"), status);
    assertTrue(status.contains("NoNewPrivs:\t1"), status);
  }

  @Test
  void process_thatBindsLowPorts_hasThatCapabilityOnly() throws Exception {
    String status = statusOf(true);
    assertTrue(status.contains("CapEff:\t0000000000000400"), status);
    assertTrue(status.contains("CapBnd:\t0000000000000400"), status);
  }

  private String statusOf(boolean bindsLowPorts) throws Exception {
    Path log = folder.resolve("log-" + bindsLowPorts);
    Process process =
        ProcessSpawner.start(NOBODY, bindsLowPorts, log, List.of("cat", "/proc/self/status"));
    assertTrue(process.waitFor() == 0, () -> "exit " + process.exitValue());
    return Files.readString(log);
  }
}
