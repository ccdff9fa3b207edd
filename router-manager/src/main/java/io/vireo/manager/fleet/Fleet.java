package io.vireo.manager.fleet;

import io.vireo.manager.life.Loop;
import io.vireo.manager.life.RouterLife;
import io.vireo.wire.Bytes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// All virtual routers. Everything here runs on the manager's loop.
public final class Fleet {
  private static final long APPLY_DEADLINE_MS = 4_000;
  private static final long BRING_DEADLINE_MS = 10_000;

  private final Loop loop;
  private final GuardControl guard;
  private final RouterConnector connector;
  private final Clock clock;
  private final Consumer<String> log;
  private final Ports ports;
  private final SortedMap<String, ManagedRouter> routers = new TreeMap<>();
  private DesiredFleet desired = DesiredFleet.EMPTY;
  private Map<String, Long> found = Map.of();
  private long lastTransaction;

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

  /// Makes it so, with configurations that no router was asked about.
  ///
  /// @return completes when every router and port is as wanted, or was tried
  public CompletableFuture<Void> want(
      DesiredFleet wanted, Map<String, RouterTree> configs, long transaction) {
    var all = commit(wanted, configs, transaction, Map.of()).values();
    return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
        .handle((done, failure) -> null); // it was logged
  }

  /// Makes it so. What is wanted is known at once, whoever answers late: a commit of less than the
  /// last number is dropped.
  ///
  /// @param configs configurations by router; a router that is left out keeps its own
  /// @param transaction the commit that they come from
  /// @param prepared the routers that accepted it, on these connections
  /// @return by router: completes when it is as wanted or given up, fails when it did not take its
  ///   configuration
  public Map<String, CompletableFuture<Void>> commit(
      DesiredFleet wanted,
      Map<String, RouterTree> configs,
      long transaction,
      Map<String, RouterControl> prepared) {
    if (transaction < lastTransaction) {
      log.accept("commit " + transaction + " came after " + lastTransaction + ": dropped");
      return Map.of();
    }
    lastTransaction = transaction;
    desired = wanted;
    for (DesiredRouter each : wanted.routers().values()) {
      ManagedRouter router = routers.computeIfAbsent(each.name(), n -> new ManagedRouter(each));
      RouterTree config = configs.get(each.name());
      if (config != null || router.transaction == 0) {
        router.config = config == null ? RouterTree.EMPTY : config;
        router.transaction = transaction;
      }
      RouterControl link = router.link;
      if (config != null && link != null && link.equals(prepared.get(each.name()))) {
        applyPrepared(router, link, transaction, config);
      }
    }
    CompletableFuture<Void> retired = ports.retireBut(wanted);
    Map<String, CompletableFuture<Void>> settling = new TreeMap<>();
    for (ManagedRouter router : routers.values()) {
      settling.put(router.name, retired.thenComposeAsync(done -> settle(router), loop));
    }
    retired.thenRunAsync(this::endStrangers, loop);
    return settling;
  }

  /// Puts in force what a router has prepared; where it fails, [#settle] brings it anew.
  private void applyPrepared(
      ManagedRouter router, RouterControl link, long transaction, RouterTree config) {
    router.bringing =
        router
            .bringing
            .thenComposeAsync(
                idle -> link.apply(transaction).orTimeout(APPLY_DEADLINE_MS, TimeUnit.MILLISECONDS),
                loop)
            .handleAsync(
                (done, failure) -> {
                  if (failure == null) {
                    onApplied(router, link, config);
                  } else {
                    log.accept(
                        "virtual router "
                            + router.name
                            + " did not apply commit "
                            + transaction
                            + " and gets it again: "
                            + Failure.text(failure));
                  }
                  return null;
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
        .connect(
            router.name,
            new RouterConnector.Events() {
              @Override
              public void onLink(String interfaceName, boolean up, @Nullable String reason) {
                loop.post(() -> ports.onRouterLink(router.name, interfaceName, up, reason));
              }

              @Override
              public void onEnd(String why) {
                loop.post(() -> onLinkEnd(router, epoch, why));
              }
            })
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
              } else if (router.endedEpoch == epoch) {
                log.accept(
                    "virtual router " + router.name + " ended its connection; connecting again");
                link.close();
                connect(router);
              } else {
                onLink(router, link);
              }
            },
            loop);
  }

  private void onLink(ManagedRouter router, RouterControl link) {
    router.link = link;
    router.pid = link.greeted().pid();
    // One that has only just started has none.
    router.workers = link.greeted().generation() == 0 ? DesiredWorkers.NONE : null;
    bringWorkers(router, link);
    CompletableFuture<Void> portsBrought = ports.onConnected(router.name, link);
    bringConfig(router, link)
        .thenCombine(portsBrought, (a, b) -> a)
        .whenCompleteAsync((done, failure) -> router.settled.complete(null), loop);
  }

  /// Brings a connected router its configuration, where it runs another, and its ports.
  private CompletableFuture<Void> bring(ManagedRouter router, RouterControl link) {
    bringWorkers(router, link);
    CompletableFuture<Void> portsBrought = ports.bring(router.name, link);
    return bringConfig(router, link).thenCombine(portsBrought, (a, b) -> a);
  }

  private void bringWorkers(ManagedRouter router, RouterControl link) {
    DesiredWorkers wanted = router.desired.workers();
    if (!wanted.equals(router.workers)) {
      router.workers = wanted;
      ignore(link.setWorkers(wanted));
    }
  }

  /// After what is being brought already, as a router holds one prepared configuration only.
  private CompletableFuture<Void> bringConfig(ManagedRouter router, RouterControl link) {
    CompletableFuture<Void> brought =
        router.bringing.thenComposeAsync(idle -> bringConfigNow(router, link), loop);
    router.bringing = brought.handle((done, failure) -> null);
    return brought;
  }

  private CompletableFuture<Void> bringConfigNow(ManagedRouter router, RouterControl link) {
    if (!link.equals(router.link)) {
      return CompletableFuture.completedFuture(null); // its next connection brings it
    }
    RouterTree config = router.config;
    if (config.id().equals(router.applied(link))) {
      router.life.onConfigured();
      return CompletableFuture.completedFuture(null);
    }
    long transaction = router.transaction;
    return link.prepare(transaction, config, router.applied(link))
        .thenComposeAsync(
            warnings -> {
              warnings.forEach(
                  warning -> log.accept("virtual router " + router.name + ": " + warning));
              return link.apply(transaction);
            },
            loop)
        .orTimeout(BRING_DEADLINE_MS, TimeUnit.MILLISECONDS)
        .whenCompleteAsync(
            (done, failure) -> {
              if (failure == null) {
                onApplied(router, link, config);
              } else {
                onNotBrought(router, link, Failure.cause(failure));
              }
            },
            loop);
  }

  private void onNotBrought(ManagedRouter router, RouterControl link, Throwable why) {
    if (!link.equals(router.link)) {
      return; // its next connection brings it
    }
    if (why instanceof TimeoutException) {
      // One that hangs does not answer the next greeting either, and is restarted.
      String silent = "took no configuration within " + BRING_DEADLINE_MS + " ms";
      onLinkEnd(router, router.epoch, silent);
    } else {
      String refusal = " refused its configuration: " + Failure.text(why);
      log.accept("virtual router " + router.name + refusal);
    }
  }

  /// A configuration came into force in a router.
  private void onApplied(ManagedRouter router, RouterControl link, RouterTree config) {
    if (link.equals(router.link)) {
      router.appliedId = config.id();
      router.life.onConfigured();
    }
  }

  private void onLinkEnd(ManagedRouter router, int epoch, String why) {
    if (epoch != router.epoch) {
      return;
    }
    if (router.link == null) {
      router.endedEpoch = epoch; // before the news that it was made
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
    router.appliedId = null;
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

  /// The name of the configuration that a connected router runs on.
  public Bytes applied(String name) {
    ManagedRouter router = routers.get(name);
    RouterControl link = router == null ? null : router.link;
    return router == null || link == null ? Bytes.of() : router.applied(link);
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
}
