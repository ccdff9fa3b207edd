package io.vireo.manager.guard;

import io.vireo.manager.launch.RunProfile;
import io.vireo.manager.life.ExitCode;
import io.vireo.manager.life.Loop;
import io.vireo.manager.port.DeviceClaims;
import io.vireo.manager.port.DeviceRefusal;
import io.vireo.manager.port.DeviceWatch;
import io.vireo.manager.port.LinkState;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The guard's state and what can be asked of it. Everything here runs on the guard's loop.
final class Guard {
  private static final long MANAGER_GRACE_MS = 8_000;
  private static final long ROUTER_GRACE_MS = 2_000;
  private static final long WATCH_RETRY_MS = 1_000;

  private final Loop loop;
  private final ManagerProcess manager;
  private final RouterProcesses routers;
  private final DeviceClaims claims;
  private final PortOpener opener;
  private final Consumer<String> log;

  /// Devices that a router has or waits for, and what was last told of each; empty name: nothing.
  private final SortedMap<String, String> watched = new TreeMap<>();

  private final Map<String, Boolean> told = new HashMap<>();
  private @Nullable Reports reports;
  private @Nullable DeviceWatch watch;
  private boolean stopping;

  /// Where to tell what happens: the manager's session.
  interface Reports {
    void routerExited(String name, long pid, int exitCode, boolean wanted);

    void deviceChanged(String device, boolean present, boolean up);
  }

  /// An opened port.
  record OpenedPort(LinkState device, int... descriptors) {}

  Guard(
      Loop loop,
      ManagerProcess manager,
      RouterProcesses.Starter routerStarter,
      DeviceClaims claims,
      PortOpener opener,
      Consumer<String> log) {
    this.loop = loop;
    this.manager = manager;
    this.routers = new RouterProcesses(loop, routerStarter, this::onRouterExit);
    this.claims = claims;
    this.opener = opener;
    this.log = log;
  }

  void start() throws IOException {
    claims.recover();
    watchDevices();
    manager.start();
  }

  boolean isManager(int pid) {
    return manager.is(pid);
  }

  /// A manager's session begins, in the place of an earlier one.
  void attach(Reports session) {
    reports = session;
  }

  /// A session ended; routers go on running.
  void detach(Reports session) {
    if (session.equals(reports)) {
      reports = null;
    }
  }

  SortedMap<String, Long> runningRouters() {
    return routers.pids();
  }

  SortedMap<String, String> openPorts() {
    return claims.holders();
  }

  long startRouter(String name, RunProfile profile) throws IOException {
    return routers.start(name, profile);
  }

  void stopRouter(String name, long graceMs) {
    routers.stop(name, graceMs);
  }

  OpenedPort openPort(String device, String router, boolean force, int queues)
      throws DeviceRefusal {
    watched.put(device, router);
    LinkState link = claims.claim(device, router, force);
    try {
      OpenedPort opened = new OpenedPort(link, opener.open(link, queues));
      told.put(device, link.up());
      return opened;
    } catch (IOException failed) {
      claims.release(device);
      throw new DeviceRefusal(
          DeviceRefusal.Reason.FAILED,
          "device " + device + " can't be opened: " + failed.getMessage());
    }
  }

  void releasePort(String device) {
    watched.remove(device);
    told.remove(device);
    claims.release(device);
  }

  /// Ends everything in order: the manager first, so that it does not wonder; then the routers; and
  /// the host has its devices back.
  void stop() {
    stopping = true;
    manager.stop(MANAGER_GRACE_MS);
    routers.stopAll(ROUTER_GRACE_MS);
    DeviceWatch current = watch;
    if (current != null) {
      current.close();
    }
    claims.releaseAll();
  }

  private void onRouterExit(String name, long pid, int exitCode, boolean wanted) {
    if (!wanted) {
      log.accept(
          "virtual router "
              + name
              + " (process "
              + pid
              + ") ended with "
              + ExitCode.describe(exitCode));
    }
    Reports session = reports;
    if (session != null) {
      session.routerExited(name, pid, exitCode, wanted);
    }
  }

  private void watchDevices() {
    try {
      watch = DeviceWatch.start(state -> loop.post(() -> onLink(state)), this::onWatchEnd);
    } catch (IOException failed) {
      log.accept("devices can't be watched: " + failed.getMessage());
      loop.postAfter(WATCH_RETRY_MS, this::watchDevices);
      return;
    }
    // What happened before the watch stood.
    for (String device : List.copyOf(watched.keySet())) {
      try {
        LinkState now = LinkState.lookup(device);
        report(device, now != null, now != null && now.up());
      } catch (IOException failed) {
        log.accept("device " + device + ": " + failed.getMessage());
      }
    }
  }

  private void onWatchEnd() {
    loop.postAfter(
        WATCH_RETRY_MS,
        () -> {
          if (!stopping) {
            watchDevices();
          }
        });
  }

  private void onLink(LinkState state) {
    if (watched.containsKey(state.name())) {
      report(state.name(), !state.deleted(), state.up());
    }
  }

  private void report(String device, boolean present, boolean up) {
    Boolean before = told.get(device);
    if (present && before != null && before == up) {
      return;
    }
    if (present) {
      told.put(device, up);
    } else {
      told.remove(device);
    }
    Reports session = reports;
    if (session != null) {
      session.deviceChanged(device, present, up);
    }
  }
}
