package io.vireo.manager.guard;

import io.vireo.drivers.linux.Descriptors;
import io.vireo.manager.FirstUser;
import io.vireo.manager.StateFolder;
import io.vireo.manager.launch.JavaCommand;
import io.vireo.manager.launch.LaunchKit;
import io.vireo.manager.launch.RunProfile;
import io.vireo.manager.life.Loop;
import io.vireo.manager.port.ClaimJournal;
import io.vireo.manager.port.DeviceClaims;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Everything that must hold before a process is started; each failure is one clear sentence.
final class Startup {
  private final RunOptions options;
  private final Consumer<String> say;

  Startup(RunOptions options, Consumer<String> say) {
    this.options = options;
    this.say = say;
  }

  GuardService prepare(StateFolder state, LaunchKit kit) throws StartupException, IOException {
    requireRoot();
    requireFiles(state, kit);
    requireFree("--netconf", options.netconf());
    requireFree("--cli", options.cli());
    SystemAccount manager = SystemAccount.require(SystemAccount.MANAGER, say);
    SystemAccount router = SystemAccount.require(SystemAccount.ROUTER, say);
    StateFolders folders = new StateFolders(state, manager, router, say);
    folders.prepare();
    folders.lock();
    folders.removeLeftovers();
    Handover handover = new Handover(state, manager.gid());
    handover.clearConfig();
    FirstCredentials credentials = handOverCredentials(folders, handover);
    handOverConfig(handover);

    AtomicReference<@Nullable GuardService> service = new AtomicReference<>();
    Loop loop =
        new Loop(
            "guard",
            mistake -> {
              mistake.printStackTrace();
              GuardService running = service.get();
              if (running != null) {
                running.fail("our own mistake, please report it: " + mistake);
              }
            });
    ManagerProcess managerProcess =
        new ManagerProcess(loop, managerStarter(state, folders, kit, manager), say);
    Guard guard =
        new Guard(
            loop,
            managerProcess,
            routerStarter(state, folders, kit, router, manager.uid()),
            new DeviceClaims(new ClaimJournal(state.guard()), say),
            new PacketSocketOpener(),
            say);
    GuardSocket socket = GuardSocket.open(state.guardSocket(), manager, say);
    GuardService made = new GuardService(loop, guard, folders, handover, socket, credentials, say);
    service.set(made);
    return made;
  }

  private ManagerProcess.Starter managerStarter(
      StateFolder state, StateFolders folders, LaunchKit kit, SystemAccount account) {
    boolean bindsLowPorts = options.netconf().privileged() || options.cli().privileged();
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--state", state.root().toString()));
    arguments.addAll(List.of("--netconf", options.netconf().toString()));
    arguments.addAll(List.of("--cli", options.cli().toString()));
    Path models = options.models();
    if (models != null) {
      arguments.addAll(List.of("--models", models.toString()));
    }
    String recoveryUser = options.recoveryUser();
    if (recoveryUser != null) {
      arguments.addAll(List.of("--recovery-user", recoveryUser));
    }
    if (options.url()) {
      arguments.addAll(List.of("--url", "on"));
    }
    if (options.dropUnknown()) {
      arguments.addAll(List.of("--unknown-data", "drop"));
    }
    AtomicBoolean first = new AtomicBoolean(true);
    return () -> {
      List<String> all = new ArrayList<>(arguments);
      if (options.startup()) {
        // RFC 6241 §8.7: startup is what the device begins with; a manager that died begins
        // nothing.
        all.addAll(List.of("--startup", first.getAndSet(false) ? "boot" : "keep"));
      }
      return ProcessSpawner.start(
          account,
          bindsLowPorts,
          state.log().resolve("vireod.log"),
          JavaCommand.ofManager(kit, folders.managerLog(), all));
    };
  }

  private static RouterProcesses.Starter routerStarter(
      StateFolder state,
      StateFolders folders,
      LaunchKit kit,
      SystemAccount account,
      int managerUid) {
    return (String name, RunProfile profile) -> {
      Path folder = folders.prepareRouter(name);
      return ProcessSpawner.start(
          account,
          false,
          state.log().resolve("vr-" + name + ".log"),
          JavaCommand.ofRouter(kit, profile, folders.routerLog(name), name, folder, managerUid));
    };
  }

  private static void requireRoot() throws StartupException {
    int uid = Descriptors.currentUid();
    if (uid != 0) {
      throw new StartupException(
          "must be run by root, not by user "
              + uid
              + ": it opens network devices and starts processes as other users; use sudo");
    }
  }

  private void requireFiles(StateFolder state, LaunchKit kit) throws StartupException, IOException {
    if (!state.socketPathsFit()) {
      throw new StartupException(
          "--state "
              + state.root()
              + " is too long for the sockets below it: choose a shorter one");
    }
    Path config = options.config();
    if (config != null && !Files.isRegularFile(config)) {
      throw new StartupException("--config " + config + ": there is no such file");
    }
    Path models = options.models();
    if (models != null && !Files.isDirectory(models)) {
      throw new StartupException("--models " + models + ": there is no such folder");
    }
    Path closed = kit.closedFolder();
    if (closed != null) {
      throw new StartupException(
          "the processes' own users can't enter "
              + closed
              + ", where the program lies: install it elsewhere, or chmod o+x "
              + closed);
    }
  }

  /// The manager binds the port itself a moment later; here the error can be shown to a person.
  private static void requireFree(String option, ListenAddress address) throws StartupException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(address.socketAddress());
    } catch (IOException failed) {
      throw new StartupException(
          option
              + " "
              + address
              + ": can't listen there ("
              + failed.getMessage()
              + "): end the program that uses TCP port "
              + address.port()
              + ", or give another "
              + option,
          failed);
    }
  }

  private @Nullable FirstCredentials handOverCredentials(StateFolders folders, Handover handover)
      throws StartupException, IOException {
    boolean given = options.authorizedKeys() != null || options.passwordFile() != null;
    if (!folders.firstStart() && !given) {
      handover.clear();
      return null;
    }
    FirstCredentials credentials = FirstCredentials.choose(options);
    FirstUser untold = folders.firstStart() ? handover.untoldUser() : null;
    if (untold != null) {
      credentials = credentials.orEarlier(untold);
    }
    handover.giveFirstUser(credentials.user().encode());
    return credentials;
  }

  private void handOverConfig(Handover handover) throws IOException {
    Path config = options.config();
    if (config != null) {
      handover.giveBootConfig(Files.readAllBytes(config));
    }
  }
}
