package io.vireo.manager.guard;

import io.vireo.manager.life.Backoff;
import io.vireo.manager.life.ExitCode;
import io.vireo.manager.life.Loop;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Keeps the router manager alive: starts it, starts it again when it dies. Owned by the guard's
/// loop; virtual routers do not depend on it.
final class ManagerProcess {
  private final Loop loop;
  private final Starter starter;
  private final Consumer<String> log;
  private final Backoff backoff = Backoff.ofProcesses();
  private @Nullable Process process;
  private long startedNs;
  private boolean wanted;

  /// Starts the process.
  interface Starter {
    Process start() throws IOException;
  }

  ManagerProcess(Loop loop, Starter starter, Consumer<String> log) {
    this.loop = loop;
    this.starter = starter;
    this.log = log;
  }

  /// Starts it for the first time.
  void start() throws IOException {
    wanted = true;
    spawn();
  }

  private void spawn() throws IOException {
    Process started = starter.start();
    process = started;
    startedNs = System.nanoTime();
    started.onExit().thenAccept(ended -> loop.post(() -> onExit(ended)));
  }

  private void onExit(Process ended) {
    if (!wanted || !ended.equals(process)) {
      return;
    }
    long livedMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNs);
    long pauseMs = backoff.onDeath(livedMs);
    log.accept(
        "the manager (process "
            + ended.pid()
            + ") ended with "
            + ExitCode.describe(ended.exitValue())
            + "; started again in "
            + pauseMs
            + " ms");
    loop.postAfter(pauseMs, this::restart);
  }

  private void restart() {
    if (!wanted) {
      return;
    }
    try {
      spawn();
    } catch (IOException failed) {
      long pauseMs = backoff.onDeath(0);
      log.accept("the manager: " + failed.getMessage() + "; tried again in " + pauseMs + " ms");
      loop.postAfter(pauseMs, this::restart);
    }
  }

  /// Whether `pid` is the manager's.
  boolean is(int pid) {
    Process current = process;
    return current != null && current.isAlive() && current.pid() == pid;
  }

  /// Ends it: asked first, killed after the grace period.
  void stop(long graceMs) {
    wanted = false;
    Process current = process;
    if (current != null) {
      ProcessEnd.await(current, graceMs);
    }
  }
}
