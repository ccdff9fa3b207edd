package io.vireo.manager.vr;

import io.vireo.records.SidHash;
import io.vireo.records.router.RouterRoot;
import io.vireo.records.router.vireosockets.Sockets;
import io.vireo.rsock.server.RsockEvent;
import io.vireo.rsock.server.RsockServer;
import io.vireo.rsock.server.ServerLimits;
import io.vireo.rsock.server.VrSockets;
import io.vireo.rsock.server.access.AccessRules;
import io.vireo.rsock.server.access.AccessState;
import io.vireo.vr.VirtualRouter;
import io.vireo.vr.control.ControlServer;
import io.vireo.vr.control.RouterProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/// One virtual router: `--name NAME --run DIR --manager-uid UID`. It starts empty; the manager
/// brings ports and configuration. Ends at SIGTERM or when the manager says so.
public final class VirtualRouterMain {
  private static final int USAGE = 2;
  private static final int OUR_MISTAKE = 70;

  private VirtualRouterMain() {}

  public static void main(String[] words) throws InterruptedException {
    List<String> arguments = List.of(words);
    int name = arguments.indexOf("--name");
    int run = arguments.indexOf("--run");
    int uid = arguments.indexOf("--manager-uid");
    if (name < 0 || run < 0 || uid < 0 || arguments.size() != 6) {
      System.err.println("usage: vireo-vr --name NAME --run DIR --manager-uid UID");
      System.exit(USAGE);
    }
    try {
      serve(
          arguments.get(name + 1),
          Path.of(arguments.get(run + 1)),
          Integer.parseInt(arguments.get(uid + 1)));
      System.exit(0);
    } catch (IOException failed) {
      log("can't start: " + failed.getMessage());
      System.exit(1);
    }
  }

  private static void serve(String name, Path folder, int managerUid)
      throws IOException, InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    AtomicReference<AccessRules> rules = new AtomicReference<>(AccessRules.NONE);
    VirtualRouter router =
        VirtualRouter.start(name, VirtualRouter.DEFAULT_BUFFERS, VirtualRouterMain::onMistake);
    RsockServer sockets =
        RsockServer.start(
            folder.resolve("rsock.sock"),
            new VrSockets(name, router.sockets()),
            rules::get,
            VirtualRouterMain::tell,
            ServerLimits.DEFAULT);
    Path control = folder.resolve("control.sock");
    ControlServer manager =
        ControlServer.start(
            router,
            control,
            managerUid,
            SidHash.value(),
            new Surroundings(sockets, rules, folder, end));
    // The folder gives the socket the manager's group.
    Files.setPosixFilePermissions(control, PosixFilePermissions.fromString("rw-rw----"));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  manager.close();
                  router.close();
                },
                "stop"));
    log("virtual router " + name + " serves");
    end.await();
    sockets.close();
  }

  /// What the router's control connection finds beside the data plane.
  private record Surroundings(
      RsockServer server, AtomicReference<AccessRules> rules, Path folder, CountDownLatch end)
      implements RouterProcess {
    @Override
    public void onApplied(RouterRoot config) {
      Sockets sockets = config.sockets();
      rules.set(AccessRules.of(sockets == null ? null : sockets.access()));
    }

    @Override
    public Sockets.Access socketAccess() {
      return AccessState.of(Objects.requireNonNull(rules.get()), server.access());
    }

    @Override
    public void log(String line) {
      VirtualRouterMain.log(line);
    }

    @Override
    public void shutDown() {
      end.countDown();
    }
  }

  private static void tell(RsockEvent event) {
    switch (event) {
      case RsockEvent.Connected connected -> log(connected.peer() + " connected");
      case RsockEvent.Refused refused -> log("refused " + refused.peer() + ": " + refused.what());
      case RsockEvent.Ended ended -> {
        String reason = ended.reason();
        log(ended.peer() + " is gone" + (reason == null ? "" : ": " + reason));
      }
    }
  }

  private static void onMistake(Throwable mistake) {
    mistake.printStackTrace();
    Runtime.getRuntime().halt(OUR_MISTAKE);
  }

  private static void log(String line) {
    System.err.println(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + line);
  }
}
