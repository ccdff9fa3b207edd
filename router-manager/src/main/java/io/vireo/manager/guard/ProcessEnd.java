package io.vireo.manager.guard;

import java.util.concurrent.TimeUnit;

/// Ends a process: asks (SIGTERM), then kills.
final class ProcessEnd {
  private static final long KILL_WAIT_MS = 2_000;

  private ProcessEnd() {}

  /// Returns when the process is gone or does not even answer SIGKILL in time.
  static void await(Process process, long graceMs) {
    process.destroy();
    try {
      if (!process.waitFor(graceMs, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        process.waitFor(KILL_WAIT_MS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
