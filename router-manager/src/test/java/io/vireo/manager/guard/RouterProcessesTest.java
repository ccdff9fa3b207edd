package io.vireo.manager.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.manager.launch.RunProfile;
import io.vireo.manager.life.ExitCode;
import io.vireo.manager.life.Loop;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RouterProcessesTest {
  private final LinkedBlockingQueue<String> exits = new LinkedBlockingQueue<>();
  private final Loop loop = new Loop("test", mistake -> exits.add("mistake: " + mistake));
  private final RouterProcesses processes =
      new RouterProcesses(
          loop,
          (String name, RunProfile profile) -> new ProcessBuilder("sleep", "600").start(),
          (name, pid, code, wanted) ->
              exits.add(name + " " + ExitCode.describe(code) + (wanted ? " wanted" : "")));

  @AfterEach
  void end() {
    processes.stopAll(1_000);
    loop.close();
  }

  @Test
  void running_killed_isReportedAndForgotten() throws Exception {
    long pid = processes.start("blue", RunProfile.SMALL);
    assertEquals(pid, processes.start("blue", RunProfile.SMALL));
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    assertEquals("blue signal 9", exits.poll(10, TimeUnit.SECONDS));
    assertTrue(processes.pids().isEmpty());
  }

  @Test
  void running_stopped_endsAsWanted() throws Exception {
    processes.start("blue", RunProfile.SMALL);
    processes.start("red", RunProfile.SMALL);
    processes.stop("blue", 5_000);
    assertEquals("blue signal 15 wanted", exits.poll(10, TimeUnit.SECONDS));
    assertEquals(List.of("red"), List.copyOf(processes.pids().keySet()));
  }

  @Test
  void manager_dies_isStartedAgain() throws Exception {
    LinkedBlockingQueue<Process> started = new LinkedBlockingQueue<>();
    ManagerProcess manager =
        new ManagerProcess(
            loop,
            () -> {
              Process process = new ProcessBuilder("sleep", "600").start();
              started.add(process);
              return process;
            },
            line -> {});
    loop.post(() -> {
      try {
        manager.start();
      } catch (IOException failed) {
        exits.add(String.valueOf(failed.getMessage()));
      }
    });
    Process first = java.util.Objects.requireNonNull(started.poll(10, TimeUnit.SECONDS));
    first.destroyForcibly();
    Process second = java.util.Objects.requireNonNull(started.poll(10, TimeUnit.SECONDS));
    assertTrue(second.isAlive());
    manager.stop(1_000);
    assertEquals(0, exits.size(), exits.toString());
  }
}
