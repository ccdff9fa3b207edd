package io.vireo.manager;

import io.vireo.drivers.linux.Descriptors;
import io.vireo.manager.fleet.RouterControl;
import io.vireo.manager.fleet.RouterLinks;
import io.vireo.manager.fleet.RouterTree;
import io.vireo.manager.launch.JavaCommand;
import io.vireo.manager.launch.LaunchKit;
import io.vireo.manager.launch.RunProfile;
import io.vireo.records.router.RouterRoot;
import io.vireo.records.router.ietfinterfaces.Interfaces;
import io.vireo.wire.Bytes;
import io.vireo.wire.cbor.CborWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Makes the AOT caches at build time: `AotTraining HOME`. Each kind of process is run once, does
/// what it does at every start, and leaves its loaded and linked classes in a cache (JEP 514). A
/// cache fits one class path, one collector and header mode, and one JDK build.
public final class AotTraining {
  private static final long RUN_DEADLINE_S = 120;
  private static final String ROUTER = "train";

  private AotTraining() {}

  public static void main(String[] words) throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    LaunchKit kit = new LaunchKit(java, Path.of(words[0]).toAbsolutePath().normalize());
    Files.createDirectories(kit.aotFolder());
    Path scratch = Files.createTempDirectory("vireo-aot");
    try {
      for (RunProfile profile : RunProfile.values()) {
        trainRouter(kit, profile, new StateFolder(scratch));
      }
      trainManager(kit, scratch);
    } finally {
      delete(scratch);
    }
  }

  // NullAway overlooks @Nullable on a record component whose type is written qualified.
  @SuppressWarnings("NullAway")
  private static void trainRouter(LaunchKit kit, RunProfile profile, StateFolder state)
      throws IOException, InterruptedException {
    Path run = Files.createDirectories(state.router(ROUTER));
    List<String> command =
        JavaCommand.ofRouter(kit, profile, state.root(), ROUTER, run, Descriptors.currentUid());
    Process process = start(command, kit.aotFolder().resolve(profile.aotCache()));
    RouterControl link = new RouterLinks(state, line -> {}).connect(ROUTER, why -> {}).join();
    CborWriter config = new CborWriter();
    Interfaces.Interface port = Interfaces.Interface.builder().name("eth1").build();
    new RouterRoot(new Interfaces(List.of(port)), null, null, null, null, null, null).write(config);
    Bytes id = Bytes.wrap(new byte[32]);
    link.prepare(1, RouterTree.whole(id, config.toByteArray()), Bytes.of()).join();
    link.apply(1).join();
    link.get(List.of(), page -> {}).join();
    link.close();
    process.destroy();
    await(process, profile.aotCache());
    delete(state.routers());
  }

  private static void trainManager(LaunchKit kit, Path scratch)
      throws IOException, InterruptedException {
    List<String> command =
        JavaCommand.ofManager(kit, scratch, List.of("--train", scratch.toString()));
    Process process = start(command, kit.aotFolder().resolve(JavaCommand.MANAGER_AOT_CACHE));
    await(process, JavaCommand.MANAGER_AOT_CACHE);
  }

  private static Process start(List<String> command, Path cache) throws IOException {
    Files.deleteIfExists(cache);
    List<String> training = new ArrayList<>(command);
    training.add(1, "-XX:AOTCacheOutput=" + cache);
    return new ProcessBuilder(training).inheritIO().start();
  }

  private static void await(Process process, String cache)
      throws IOException, InterruptedException {
    if (!process.waitFor(RUN_DEADLINE_S, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(cache + ": no end after " + RUN_DEADLINE_S + " s");
    }
    System.out.println(cache + ": training ended with " + process.exitValue());
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
