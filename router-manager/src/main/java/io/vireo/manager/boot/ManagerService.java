package io.vireo.manager.boot;

import io.vireo.cli.CliDoor;
import io.vireo.datastore.EngineOptions;
import io.vireo.datastore.ManagementEngine;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.store.KeptBoot;
import io.vireo.datastore.store.StorageException;
import io.vireo.datastore.store.StoredConfig;
import io.vireo.manager.ConfigDocument;
import io.vireo.manager.FirstUser;
import io.vireo.manager.StateFolder;
import io.vireo.manager.binding.DeviceConfig;
import io.vireo.manager.binding.FleetBinding;
import io.vireo.manager.door.DoorBinding;
import io.vireo.manager.door.DoorPlan;
import io.vireo.manager.door.Doors;
import io.vireo.manager.fleet.Failure;
import io.vireo.manager.fleet.Fleet;
import io.vireo.manager.fleet.GuardLink;
import io.vireo.manager.fleet.RouterLinks;
import io.vireo.manager.fleet.RouterTree;
import io.vireo.manager.life.Loop;
import io.vireo.netconf.NetconfServer;
import io.vireo.schema.SchemaContexts;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.node.SchemaTree;
import io.vireo.ssh.SshListener;
import io.vireo.ssh.SshSettings;
import io.vireo.wire.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The router manager from its start to its end.
public final class ManagerService implements GuardLink.Events, AutoCloseable {
  private static final System.Logger LOG = System.getLogger("io.vireo.manager");
  private static final long GUARD_ANSWER_S = 10;

  private final ManagerOptions options;
  private final StateFolder state;
  private final Loop loop;
  private final CountDownLatch guardGone = new CountDownLatch(1);
  private final AtomicReference<@Nullable Fleet> fleet = new AtomicReference<>();
  private final long startNs = System.nanoTime();
  private @Nullable ManagementEngine engine;
  private @Nullable Doors doors;
  private Map<String, RouterTree> routerTrees = Map.of();

  /// @param routerSession parsed when it is asked for
  private record Schemas(
      SchemaTree device, SchemaTree router, Supplier<SchemaTree> routerSession) {}

  public ManagerService(ManagerOptions options) {
    this.options = options;
    this.state = options.state();
    this.loop =
        new Loop(
            "manager",
            mistake -> {
              LOG.log(Level.ERROR, "our own mistake: the manager ends", mistake);
              Runtime.getRuntime().halt(70);
            });
  }

  /// Goes through all steps; returns when the guard is gone.
  public void run() throws IOException, InterruptedException {
    GuardLink connected = GuardLink.connect(state.guardSocket(), this);
    try {
      CompletableFuture<Schemas> schemas = CompletableFuture.supplyAsync(this::parseSchemas);
      Fleet started = startFleet(connected);
      serve(connected, started, schemas);
    } catch (IOException failed) {
      // A person reads the guard's words, and starting again would end in the same way.
      connected
          .cannotServe(String.valueOf(failed.getMessage()))
          .orTimeout(GUARD_ANSWER_S, TimeUnit.SECONDS)
          .exceptionally(gone -> null)
          .join();
      throw failed;
    }
    guardGone.await();
  }

  private Schemas parseSchemas() {
    Path models = options.models();
    SchemaContexts contexts =
        models == null ? SchemaContexts.ofClassPath() : SchemaContexts.of(List.of(models));
    if (options.startup()) {
      contexts.support("ietf-netconf", "startup");
    }
    if (options.url()) {
      contexts.support("ietf-netconf", "url");
    }
    contexts.loadAll(SchemaContexts.DEVICE, SchemaContexts.ROUTER);
    Schemas schemas =
        new Schemas(
            SchemaTree.of(contexts.load(SchemaContexts.DEVICE)),
            SchemaTree.of(contexts.load(SchemaContexts.ROUTER)),
            () -> SchemaTree.of(contexts.load(SchemaContexts.ROUTER_SESSION)));
    log("schemas are parsed");
    return schemas;
  }

  /// From the stored configuration alone: what forwards does not wait for a schema.
  private Fleet startFleet(GuardLink connected) throws IOException {
    GuardLink.Found found;
    try {
      found = connected.greet().orTimeout(GUARD_ANSWER_S, TimeUnit.SECONDS).join();
    } catch (java.util.concurrent.CompletionException failed) {
      throw new IOException("the guard: " + Failure.text(failed), failed);
    }
    Fleet made =
        new Fleet(
            loop,
            connected,
            new RouterLinks(state, ManagerService::note),
            Clock.systemUTC(),
            ManagerService::note);
    fleet.set(made);
    Optional<StoredConfig> stored;
    try {
      if (options.bootsFromStartup() && KeptBoot.make(state.data(), "startup", Instant.now())) {
        note("running is what startup was");
      }
      stored = StoredConfig.read(state.data());
    } catch (StorageException failed) {
      throw new IOException(failed.getMessage(), failed);
    }
    var desired =
        stored.isPresent()
            ? DeviceConfig.read(stored.get().device())
            : io.vireo.manager.fleet.DesiredFleet.EMPTY;
    Map<String, RouterTree> trees = new TreeMap<>();
    stored.ifPresent(config ->
        config
            .routers()
            .forEach((name, cbor) ->
                trees.put(
                    name,
                    RouterTree.whole(
                        Bytes.wrap(config.ids().getOrDefault(name, new byte[0])), cbor))));
    routerTrees = trees;
    loop.post(() -> {
      made.found(found.routers(), found.ports());
      made.want(desired, trees, stored.map(StoredConfig::transaction).orElse(0L))
          .thenRun(() -> log("routers run the stored configuration"));
    });
    return made;
  }

  private void serve(GuardLink connected, Fleet started, CompletableFuture<Schemas> parsing)
      throws IOException {
    Schemas schemas;
    try {
      schemas = parsing.join();
    } catch (java.util.concurrent.CompletionException failed) {
      throw new IOException(Failure.text(failed), failed);
    }
    Doors made = new Doors(schemas.device());
    ManagementEngine opened;
    try {
      opened =
          ManagementEngine.open(
              state.data(),
              schemas.device(),
              schemas.router(),
              new DoorBinding(
                  made,
                  new FleetBinding(loop, started, schemas.device(), schemas.router(), routerTrees)),
              new EngineOptions(options.recoveryUsers(), options.startup(), options.dropUnknown()));
    } catch (StorageException failed) {
      throw new IOException(failed.getMessage(), failed);
    }
    engine = opened;
    log("the datastore is open");
    try {
      opened.resumeConfirmation();
    } catch (StorageException | ManagementException failed) {
      throw new IOException(failed.getMessage(), failed);
    }
    List<String> warnings = new ArrayList<>(opened.bootWarnings());
    String firstUser = firstStart(opened, schemas, warnings);
    DoorPlan plan =
        made.open(
            SshSettings.inDirectory(state.data()),
            opened,
            opened.running().device(),
            SshListener.netconf(
                options.netconf().socketAddress(),
                new NetconfServer(
                    opened,
                    schemas.device(),
                    schemas.router(),
                    schemas.routerSession(),
                    options.url() ? state.files() : null)),
            SshListener.cli(options.cli().socketAddress(), CliDoor.of(opened)),
            warnings);
    doors = made;
    connected.serving(plan.netconf(), plan.cli(), firstUser, warnings);
    log("the doors are open");
  }

  /// @return the first user, if the credentials that the guard gave open a session
  private @Nullable String firstStart(
      ManagementEngine opened, Schemas schemas, List<String> warnings) throws IOException {
    Path config = state.bootConfig();
    if (Files.exists(config) && opened.transaction() == 0) {
      warnings.addAll(
          FirstConfig.commit(opened, edits(config, schemas), "--config at the first start"));
    }
    FirstUser user = FirstUser.read(state.firstUser());
    String made = null;
    if (user != null && opened.hasUsers()) {
      // Made by a manager that died before it could say so.
      made = FirstConfig.isMade(user, opened) ? user.name() : null;
    } else if (user != null) {
      List<TreeEdit> edits = new ArrayList<>(FirstConfig.ofUser(user, schemas.device(), warnings));
      edits.addAll(FirstConfig.ofAdministrator(user.name(), schemas.device(), schemas.router()));
      FirstConfig.commit(opened, edits, "the first user");
      made = user.name();
    }
    try {
      opened.keepFactoryDefault();
    } catch (StorageException failed) {
      warnings.add("factory-default was not kept: " + failed.getMessage());
    }
    if (!opened.hasUsers()) {
      warnings.add(
          "nobody can log in: the configuration names no user; end vireo and start it with"
              + " --first-user NAME and --authorized-keys FILE");
    }
    return made;
  }

  private static List<TreeEdit> edits(Path config, Schemas schemas) throws IOException {
    try (InputStream in = Files.newInputStream(config)) {
      return new ConfigDocument(schemas.device(), schemas.router()).edits(in);
    } catch (IOException wrong) {
      throw new IOException("--config: " + wrong.getMessage(), wrong);
    }
  }

  @Override
  public void onRouterExited(String router, long pid, String how) {
    note("virtual router " + router + " (process " + pid + ") ended with " + how);
    Fleet current = fleet.get();
    if (current != null) {
      loop.post(() -> current.onRouterExited(router, pid, how));
    }
  }

  @Override
  public void onDeviceChanged(String device, boolean present, boolean up) {
    note("device " + device + (present ? up ? " is up" : " is down" : " is gone"));
    Fleet current = fleet.get();
    if (current != null) {
      loop.post(() -> current.onDeviceChanged(device, present, up));
    }
  }

  @Override
  public void onEnd(String why) {
    note(why);
    guardGone.countDown();
  }

  private void log(String step) {
    note(step + " after " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs) + " ms");
  }

  private static void note(String line) {
    LOG.log(Level.INFO, line);
  }

  /// Closes the doors and the datastore; the routers go on.
  @Override
  public void close() throws IOException {
    Doors open = doors;
    if (open != null) {
      open.close();
    }
    ManagementEngine opened = engine;
    if (opened != null) {
      try {
        opened.close();
      } catch (StorageException failed) {
        throw new IOException(failed.getMessage(), failed);
      }
    }
  }
}
