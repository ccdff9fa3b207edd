package io.vireo.rsock.client;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a program knows about routers before it opens a socket.
///
/// @param runDirectory holds `vr/NAME/rsock.sock` for each running virtual router
/// @param otherwise where sockets live that no rule matches
/// @param rulesFile null: no rules
/// @param program this program's name in rules
public record RsockSettings(
    Path runDirectory, Router otherwise, @Nullable Path rulesFile, String program) {
  /// Where `./vireo run` keeps the routers' sockets unless it is told otherwise.
  private static final String DEFAULT_RUN_DIRECTORY = "/var/lib/vireo/run";

  /// Reads `RSOCK_DIR`, `RSOCK_VR`, `RSOCK_RULES` and `RSOCK_PROGRAM`.
  public static RsockSettings of(Map<String, String> environment) {
    String directory = environment.getOrDefault("RSOCK_DIR", DEFAULT_RUN_DIRECTORY);
    String router = environment.getOrDefault("RSOCK_VR", "kernel");
    String rules = environment.getOrDefault("RSOCK_RULES", "");
    String program = environment.getOrDefault("RSOCK_PROGRAM", mainClass());
    Router otherwise;
    try {
      otherwise = Router.parse(router);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("RSOCK_VR: " + e.getMessage(), e);
    }
    return new RsockSettings(
        Path.of(directory), otherwise, rules.isEmpty() ? null : Path.of(rules), program);
  }

  /// The unix socket on which `router` serves programs.
  Path socketOf(Router.Named router) {
    return runDirectory.resolve("vr").resolve(router.name()).resolve("rsock.sock");
  }

  /// The simple name of the class whose `main` was started, or of the jar; `java` when unknown.
  private static String mainClass() {
    String command = System.getProperty("sun.java.command", "java").strip();
    String first = command.split("\\s", 2)[0];
    String file = first.substring(first.lastIndexOf('/') + 1);
    return file.endsWith(".jar") ? file : file.substring(file.lastIndexOf('.') + 1);
  }
}
