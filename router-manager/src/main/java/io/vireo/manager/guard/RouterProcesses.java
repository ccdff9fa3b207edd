package io.vireo.manager.guard;

import io.vireo.manager.launch.RunProfile;
import io.vireo.manager.life.Loop;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The processes of virtual routers: started and ended at the manager's word, their ends reported.
/// When to start one again is the manager's decision. Owned by the guard's loop.
final class RouterProcesses {
  private final Loop loop;
  private final Starter starter;
  private final ExitListener listener;
  private final SortedMap<String, Running> running = new TreeMap<>();

  /// Starts a process.
  interface Starter {
    Process start(String name, RunProfile profile) throws IOException;
  }

  /// Hears of ends, on the loop.
  interface ExitListener {
    void onExit(String name, long pid, int exitCode, boolean wanted);
  }

  private static final class Running {
    final Process process;
    boolean stopping;

    Running(Process process) {
      this.process = process;
    }
  }

  RouterProcesses(Loop loop, Starter starter, ExitListener listener) {
    this.loop = loop;
    this.starter = starter;
    this.listener = listener;
  }

  /// Starts a router's process, unless it runs.
  ///
  /// @return its pid
  long start(String name, RunProfile profile) throws IOException {
    Running already = running.get(name);
    if (already != null) {
      if (already.stopping) {
        throw new IOException("virtual router " + name + " is just ending: try again when it has");
      }
      return already.process.pid();
    }
    Process process = starter.start(name, profile);
    running.put(name, new Running(process));
    process.onExit().thenAccept(ended -> loop.post(() -> onExit(name, ended)));
    return process.pid();
  }

  /// Asks a router's process to end and kills it after the grace period; its end is reported.
  void stop(String name, long graceMs) {
    Running each = running.get(name);
    if (each == null) {
      return;
    }
    each.stopping = true;
    each.process.destroy();
    loop.postAfter(
        graceMs,
        () -> {
          if (running.get(name) == each) {
            each.process.destroyForcibly();
          }
        });
  }

  /// Ends all of them and waits.
  void stopAll(long graceMs) {
    running.values().forEach(each -> each.stopping = true);
    running.values().forEach(each -> each.process.destroy());
    running.values().forEach(each -> ProcessEnd.await(each.process, graceMs));
    running.clear();
  }

  /// Name to pid of those that run.
  SortedMap<String, Long> pids() {
    SortedMap<String, Long> pids = new TreeMap<>();
    for (Map.Entry<String, Running> each : running.entrySet()) {
      if (!each.getValue().stopping) {
        pids.put(each.getKey(), each.getValue().process.pid());
      }
    }
    return pids;
  }

  private void onExit(String name, Process ended) {
    Running each = running.get(name);
    if (each != null && each.process.equals(ended)) {
      running.remove(name);
      listener.onExit(name, ended.pid(), ended.exitValue(), each.stopping);
    }
  }
}
