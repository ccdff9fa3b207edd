package io.vireo.manager.launch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The `java` command line of each kind of process.
public final class JavaCommand {
  /// The manager's memory; YANG Tools' contexts of some eighty modules take about a third of it.
  private static final List<String> MANAGER_OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xms32m",
          "-Xmx512m",
          "-XX:+UseCompactObjectHeaders",
          "-XX:+ExitOnOutOfMemoryError"); // the guard starts it again

  private static final String MANAGER_MAIN = "io.vireo.manager.ManagerMain";
  private static final String ROUTER_MAIN = "io.vireo.manager.vr.VirtualRouterMain";
  public static final String MANAGER_AOT_CACHE = "manager.aot";

  private JavaCommand() {}

  /// The manager; `arguments` follow its main class.
  ///
  /// @param logFolder where the JVM writes of itself
  public static List<String> ofManager(LaunchKit kit, Path logFolder, List<String> arguments)
      throws IOException {
    List<String> command =
        jvm(kit, MANAGER_OPTIONS, kit.aotCache(MANAGER_AOT_CACHE), logFolder, "manager");
    command.add("-Dorg.sqlite.lib.path=" + kit.nativeFolder());
    command.add(MANAGER_MAIN);
    command.addAll(arguments);
    return command;
  }

  /// A virtual router.
  ///
  /// @param managerUid the user that may control it
  public static List<String> ofRouter(
      LaunchKit kit,
      RunProfile profile,
      Path logFolder,
      String name,
      Path runFolder,
      int managerUid)
      throws IOException {
    List<String> command =
        jvm(kit, profile.jvmOptions(), kit.aotCache(profile.aotCache()), logFolder, "router");
    command.addAll(
        List.of(
            ROUTER_MAIN,
            "--name",
            name,
            "--run",
            runFolder.toString(),
            "--manager-uid",
            Integer.toString(managerUid)));
    return command;
  }

  private static List<String> jvm(
      LaunchKit kit, List<String> options, @Nullable Path aotCache, Path logFolder, String role)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(kit.java().toString());
    command.addAll(options);
    if (aotCache != null) {
      command.add("-XX:AOTCache=" + aotCache); // AOTMode=auto: one that does not fit is left aside
    }
    command.add("-XX:ErrorFile=" + logFolder.resolve("hs_err_%p.log"));
    command.add(
        "-Xlog:gc,safepoint=info:file="
            + logFolder.resolve("jvm.log")
            + ":uptime,level,tags:filecount=2,filesize=1m");
    command.add("-XX:-UsePerfData"); // no hsperfdata files in /tmp
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-Djna.boot.library.path=" + kit.nativeFolder());
    command.add("-Djna.nounpack=true");
    command.add("-Djava.awt.headless=true");
    command.add("-cp");
    command.add(kit.classPath(role));
    return command;
  }
}
