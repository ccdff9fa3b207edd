package io.vireo.datastore.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vireo.schema.node.SchemaTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// libyang's `yanglint` with one schema loaded, as it takes commands from a file.
final class Yanglint {
  private static final Path PROGRAM = Path.of("/usr/bin/yanglint");

  private final Path folder;
  private final StringBuilder commands = new StringBuilder();

  private Yanglint(Path folder) {
    this.folder = folder;
  }

  /// Skips the test where it is not installed.
  static void assumeInstalled() {
    assumeTrue(Files.isExecutable(PROGRAM), "yanglint (libyang2-tools) is not there");
  }

  /// Loads a schema.
  ///
  /// @param folder for what it reads and writes
  static Yanglint load(SchemaTree schema, Path folder) throws IOException {
    // Not the reactor's class path: yanglint reads files.
    Path models = Files.createDirectory(folder.resolve("yang"));
    for (var source : schema.context().sources().values()) {
      Files.writeString(models.resolve(source.module() + ".yang"), source.text());
    }
    Yanglint lint = new Yanglint(folder);
    lint.then("searchpath " + models);
    for (var module : schema.context().model().getModules()) {
      if (schema.context().isImplemented(module.getQNameModule())) {
        String name = module.getName();
        Set<String> features = schema.context().features().getOrDefault(name, Set.of());
        lint.then("load -F " + name + ":" + String.join(",", features) + " " + name);
      }
    }
    return lint;
  }

  Yanglint then(String command) {
    commands.append(command).append('\n');
    return this;
  }

  /// Carries the commands out.
  ///
  /// @return the lines that it says
  List<String> run() throws IOException, InterruptedException {
    Path script = Files.writeString(folder.resolve("commands"), commands + "quit\n");
    Path said = folder.resolve("said");
    ProcessBuilder lint =
        new ProcessBuilder(PROGRAM.toString())
            .redirectInput(script.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    lint.environment().put("HOME", folder.toString());
    assertEquals(0, lint.start().waitFor(), () -> "yanglint fails");
    return Files.readAllLines(said);
  }
}
