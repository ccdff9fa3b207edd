package io.vireo.manager.fleet;

import io.vireo.manager.life.Loop;
import io.vireo.manager.life.RouterLife;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// All virtual routers. Everything here runs on the manager's loop.
public final class Fleet {
  /// YANG-CBOR of an empty tree: an empty map.
  private static final byte[] EMPTY_CONFIG = {(byte) 0xa0};

  private final Loop loop;
  private final GuardControl guard;
  private final RouterConnector connector;
  private final Clock clock;
  private final Consumer<String> log;
  private final Ports ports;
  private final SortedMap<String, ManagedRouter> routers = new TreeMap<>();
  private DesiredFleet desired = DesiredFleet.EMPTY;
  private Map<String, Long> found = Map.of();

  public Fleet(
      Loop loop, GuardControl guard, RouterConnector connector, Clock clock, Consumer<String> log) {
    this.loop = loop;
    this.guard = guard;
    this.connector = connector;
    this.clock = clock;
    this.log = log;
    this.ports = new Ports(loop, guard, name -> linkOf(name), log);
  }

  /// What the guard says runs already, before the first [#want].
  ///
  /// @param running pids by router
  /// @param open routers by device
  public void found(Map<String, Long> running, Map<String, String> open) {
    found = new HashMap<>(running);
    ports.found(open);
  }

  /// Makes it so.
  ///
  /// @param configs configurations by router, as YANG-CBOR; a router that is left out keeps its own
  /// @param transaction the commit that they come from
  /// @return completes when every router and port is as wanted, or was tried
  public CompletableFuture<Void> want(
      DesiredFleet wanted, Map<String, byte[]> configs, long transaction) {
    desired = wanted;
    for (DesiredRouter each : wanted.routers().values()) {
      ManagedRouter router = routers.computeIfAbsent(each.name(), n -> new ManagedRouter(each));
      byte[] config = configs.get(each.name());
      if (config != null || router.transaction == 0) {
        router.config = config == null ? EMPTY_CONFIG : config;
        router.transaction = transaction;
      }
    }
    return ports
        .retireBut(wanted)
        .thenComposeAsync(
            retired -> {
              List<CompletableFuture<?>> all = new ArrayList<>();
              for (ManagedRouter router : List.copyOf(routers.values())) {
                all.add(settle(router));
              }
              endStrangers();
              return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new));
            },
            loop);
  }

  private CompletableFuture<Void> settle(ManagedRouter router) {
    DesiredRouter wanted = desired.routers().get(router.name);
    boolean enabled = wanted != null && wanted.enabled();
    boolean profileChanged = wanted != null && wanted.profile() != router.desired.profile();
    if (wanted != null) {
      router.desired = wanted;
    }
    Long pid = found.get(router.name);
    if (enabled && pid != null) {
      found.remove(router.name);
      router.pid = pid;
      router.startTime = clock.instant();
      router.life.onFound(clock.millis());
      connect(router);
      return router.settled;
    }
    if (enabled && router.life.alive()) {
      if (profileChanged) {
        unsettle(router);
        act(router, router.life.onRestart(clock.millis()));
        return router.settled;
      }
      RouterControl link = router.link;
      return link == null ? router.settled : bring(router, link);
    }
    if (enabled) {
      unsettle(router);
    }
    act(router, router.life.onWanted(enabled, clock.millis()));
    if (!enabled) {
      router.settled.complete(null);
      forgetIfGone(router);
    }
    return router.settled;
  }

  /// Ends processes that no configuration knows.
  private void endStrangers() {
    for (String name : found.keySet()) {
      log.accept("virtual router " + name + " runs and is not configured: ended");
      ignore(guard.stopRouter(name));
    }
    found = Map.of();
  }

  private void act(ManagedRouter router, RouterLife.Action action) {
    switch (action) {
      case RouterLife.Action.None() -> {
        return;
      }
      case RouterLife.Action.Start() -> start(router);
      case RouterLife.Action.Stop() -> {
        unlink(router);
        ignore(guard.stopRouter(router.name));
      }
      case RouterLife.Action.Pause(long pauseMs) ->
          loop.postAfter(pauseMs, () -> act(router, router.life.onPauseOver(clock.millis())));
    }
  }

  private void start(ManagedRouter router) {
    router.startTime = clock.instant();
    guard
        .startRouter(router.name, router.desired.profile())
        .whenCompleteAsync(
            (pid, failure) -> {
              if (failure != null) {
                log.accept("virtual router " + router.name + ": " + Failure.text(failure));
                act(router, router.life.onStartFailed(Failure.text(failure)));
              } else {
                router.pid = pid;
                connect(router);
              }
            },
            loop);
  }

  private void connect(ManagedRouter router) {
    int epoch = ++router.epoch;
    connector
        .connect(router.name, why -> loop.post(() -> onLinkEnd(router, epoch, why)))
        .whenCompleteAsync(
            (link, failure) -> {
              if (epoch != router.epoch) {
                if (link != null) {
                  link.close(); // to a process that has ended meanwhile
                }
              } else if (failure != null) {
                log.accept(
                    "virtual router "
                        + router.name
                        + " does not answer and is restarted: "
                        + Failure.text(failure));
                act(router, router.life.onRestart(clock.millis()));
              } else {
                onLink(router, link);
              }
            },
            loop);
  }

  private void onLink(ManagedRouter router, RouterControl link) {
    router.link = link;
    router.pid = link.greeted().pid();
    CompletableFuture<Void> portsBrought = ports.onConnected(router.name, link);
    bringConfig(router, link)
        .thenCombine(portsBrought, (a, b) -> a)
        .whenCompleteAsync((done, failure) -> router.settled.complete(null), loop);
  }

  /// Brings a connected router its configuration, where it runs another, and its ports.
  private CompletableFuture<Void> bring(ManagedRouter router, RouterControl link) {
    CompletableFuture<Void> portsBrought = ports.bring(router.name, link);
    return bringConfig(router, link).thenCombine(portsBrought, (a, b) -> a);
  }

  private CompletableFuture<@Nullable Void> bringConfig(ManagedRouter router, RouterControl link) {
    byte[] config = router.config;
    byte[] hash = sha256(config);
    if (MessageDigest.isEqual(hash, router.applied(link))) {
      router.life.onConfigured();
      return CompletableFuture.completedFuture(null);
    }
    long transaction = router.transaction;
    return link.prepare(transaction, config)
        .thenComposeAsync(
            warnings -> {
              warnings.forEach(
                  warning -> log.accept("virtual router " + router.name + ": " + warning));
              return link.apply(transaction);
            },
            loop)
        .handleAsync(
            (done, failure) -> {
              if (failure == null) {
                onApplied(router.name, link, config);
              } else if (link.equals(router.link)) {
                log.accept(
                    "virtual router "
                        + router.name
                        + " refused its configuration: "
                        + Failure.text(failure));
              }
              return null;
            },
            loop);
  }

  /// A configuration came into force in a router.
  public void onApplied(String name, RouterControl link, byte[] config) {
    ManagedRouter router = routers.get(name);
    if (router != null && link.equals(router.link)) {
      router.appliedHash = sha256(config);
      router.life.onConfigured();
    }
  }

  private void onLinkEnd(ManagedRouter router, int epoch, String why) {
    if (epoch != router.epoch || router.link == null) {
      return;
    }
    unlink(router);
    router.life.onLinkLost();
    if (router.life.alive()) {
      log.accept("virtual router " + router.name + ": " + why + "; connecting again");
      connect(router);
    }
  }

  private void unlink(ManagedRouter router) {
    router.epoch++;
    RouterControl link = router.link;
    router.link = null;
    router.appliedHash = null;
    ports.onRouterLost(router.name);
    if (link != null) {
      link.close();
    }
  }

  /// The guard says that a router's process ended.
  public void onRouterExited(String name, long pid, String how) {
    ManagedRouter router = routers.get(name);
    if (router == null || router.pid != pid) {
      return; // one that was not ours, or that was replaced already
    }
    unlink(router);
    router.pid = 0;
    act(router, router.life.onExit(how, clock.millis()));
    forgetIfGone(router);
  }

  /// The guard says that a device changed.
  public void onDeviceChanged(String device, boolean present, boolean up) {
    ports.onDeviceChanged(device, present, up);
  }

  /// Ends a router's process and starts it again; false: there is none of that name.
  public boolean restart(String name) {
    ManagedRouter router = routers.get(name);
    if (router == null || !desired.routers().containsKey(name)) {
      return false;
    }
    act(router, router.life.onRestart(clock.millis()));
    return true;
  }

  /// The connection to a router that serves; null: there is none.
  public @Nullable RouterControl linkOf(String name) {
    ManagedRouter router = routers.get(name);
    return router == null ? null : router.link;
  }

  public DesiredFleet desired() {
    return desired;
  }

  public FleetStatus status() {
    List<FleetStatus.RouterStatus> all = new ArrayList<>();
    for (ManagedRouter each : routers.values()) {
      all.add(
          new FleetStatus.RouterStatus(
              each.name,
              each.life.status(),
              each.pid,
              each.startTime,
              each.life.restarts(),
              each.life.lastExit(),
              each.life.startFailure()));
    }
    return new FleetStatus(all, ports.status());
  }

  private void forgetIfGone(ManagedRouter router) {
    if (!desired.routers().containsKey(router.name)
        && router.life.status() == RouterLife.Status.DISABLED) {
      routers.remove(router.name);
    }
  }

  private static void unsettle(ManagedRouter router) {
    if (router.settled.isDone()) {
      router.settled = new CompletableFuture<>();
    }
  }

  private void ignore(CompletableFuture<Void> asked) {
    asked.exceptionally(failure -> {
      log.accept(Failure.text(failure));
      return null;
    });
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
