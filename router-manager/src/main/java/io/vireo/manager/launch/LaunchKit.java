package io.vireo.manager.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the build left for starting processes.
///
/// ```text
///  lib/*.jar
///  lib/router.classpath    jar names, one a line: guard and virtual routers
///  lib/manager.classpath   the manager: all
///  native/                 the native libraries, so that none is unpacked at run time
///  aot/                    AOT caches, where they were made
/// ```
///
/// @param java the `java` program
/// @param home the folder that holds all this
public record LaunchKit(Path java, Path home) {
  /// System property that names the folder.
  public static final String HOME_PROPERTY = "vireo.home";

  /// The kit that this process was started from.
  public static LaunchKit ofThisProcess() throws IOException {
    String home = System.getProperty(HOME_PROPERTY);
    if (home == null) {
      throw new IOException(
          "the system property " + HOME_PROPERTY + " is not set: start Vireo with ./vireo run");
    }
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new LaunchKit(java, Path.of(home).toAbsolutePath().normalize());
  }

  /// The class path of `role` (`router`, `manager`), as `java -cp` wants it.
  public String classPath(String role) throws IOException {
    Path lib = home.resolve("lib");
    List<String> jars = Files.readAllLines(lib.resolve(role + ".classpath"));
    return jars.stream()
        .filter(jar -> !jar.isBlank())
        .map(jar -> lib.resolve(jar).toString())
        .collect(Collectors.joining(":"));
  }

  public Path nativeFolder() {
    return home.resolve("native");
  }

  public Path aotFolder() {
    return home.resolve("aot");
  }

  /// The AOT cache of that name, if one was made.
  public @Nullable Path aotCache(String fileName) {
    Path cache = aotFolder().resolve(fileName);
    return Files.isRegularFile(cache) ? cache : null;
  }

  /// The first folder on the way to the program that other users can't enter; null: all can.
  public @Nullable Path closedFolder() throws IOException {
    for (Path start : List.of(home.resolve("lib"), java.toRealPath())) {
      for (Path each = start; each != null; each = each.getParent()) {
        if (Files.isDirectory(each)
            && !Files.getPosixFilePermissions(each).contains(PosixFilePermission.OTHERS_EXECUTE)) {
          return each;
        }
      }
    }
    return null;
  }
}
