package io.vireo.manager.boot;

import io.vireo.cli.CliDoor;
import io.vireo.datastore.EngineOptions;
import io.vireo.datastore.ManagementEngine;
import io.vireo.datastore.store.StorageException;
import io.vireo.datastore.store.StoredConfig;
import io.vireo.manager.binding.FleetBinding;
import io.vireo.manager.door.DoorBinding;
import io.vireo.manager.door.Doors;
import io.vireo.manager.fleet.DesiredFleet;
import io.vireo.manager.fleet.DesiredPort;
import io.vireo.manager.fleet.Fleet;
import io.vireo.manager.fleet.GrantedPort;
import io.vireo.manager.fleet.GuardControl;
import io.vireo.manager.launch.RunProfile;
import io.vireo.manager.life.Loop;
import io.vireo.netconf.NetconfServer;
import io.vireo.schema.SchemaContexts;
import io.vireo.schema.node.SchemaTree;
import io.vireo.ssh.SshListener;
import io.vireo.ssh.SshSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// What every start of the manager does, without guard and routers: for the AOT cache made at build
/// time.
public final class ManagerTraining {
  private ManagerTraining() {}

  public static void run(Path scratch) throws IOException {
    Path data = Files.createDirectories(scratch.resolve("data"));
    SchemaContexts contexts = SchemaContexts.ofClassPath();
    contexts.loadAll(SchemaContexts.DEVICE, SchemaContexts.ROUTER);
    SchemaTree device = SchemaTree.of(contexts.load(SchemaContexts.DEVICE));
    SchemaTree router = SchemaTree.of(contexts.load(SchemaContexts.ROUTER));
    Loop loop = new Loop("training", Throwable::printStackTrace);
    Fleet fleet =
        new Fleet(
            loop,
            new NoGuard(),
            (name, onEnd) -> CompletableFuture.failedFuture(new IOException("training")),
            Clock.systemUTC(),
            line -> {});
    loop.post(() -> fleet.want(DesiredFleet.EMPTY, Map.of(), 0));
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try {
      StoredConfig.read(data);
      Doors doors = new Doors(device);
      ManagementEngine engine =
          ManagementEngine.open(
              data,
              device,
              router,
              new DoorBinding(doors, new FleetBinding(loop, fleet, device, router, Map.of())),
              EngineOptions.PLAIN);
      doors.open(
          SshSettings.inDirectory(data),
          engine,
          engine.running().device(),
          SshListener.netconf(
              any,
              new NetconfServer(
                  engine,
                  device,
                  router,
                  () -> SchemaTree.of(contexts.load(SchemaContexts.ROUTER_SESSION)),
                  null)),
          SshListener.cli(any, CliDoor.of(engine)),
          new ArrayList<>());
      doors.close();
      engine.close();
    } catch (StorageException failed) {
      throw new IOException(failed.getMessage(), failed);
    }
    loop.close();
  }

  /// Nothing is there to be asked.
  private static final class NoGuard implements GuardControl {
    private static <T> CompletableFuture<T> refuse() {
      return CompletableFuture.failedFuture(new IOException("training has no guard"));
    }

    @Override
    public CompletableFuture<Long> startRouter(String name, RunProfile profile) {
      return refuse();
    }

    @Override
    public CompletableFuture<Void> stopRouter(String name) {
      return refuse();
    }

    @Override
    public CompletableFuture<GrantedPort> openPort(DesiredPort port) {
      return refuse();
    }

    @Override
    public CompletableFuture<Void> releasePort(String device) {
      return refuse();
    }
  }
}
