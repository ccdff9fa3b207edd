package io.vireo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vireo.cli.schema.CliNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Nothing in this room's code is written for a model: no text in it is a module's name, or the
/// name of a node other than the few that are words of the command line itself or of the statements
/// of `vireo-cli` that shape it.
class NoModelNamesTest {
  private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Set<String> WORDS_OF_THE_CLI =
      Set.of(
          "name",
          "state",
          "running",
          "candidate",
          "session",
          "sessions",
          "size",
          "value",
          "comment",
          "node");

  @Test
  void texts_ofTheCode_nameNoModelAndNoNode() throws IOException {
    Set<String> names = new TreeSet<>();
    for (var schema : List.of(Contexts.SCHEMAS.device(), Contexts.SCHEMAS.router())) {
      schema.model().getModules().forEach(m -> names.add(m.getName()));
      addNames(schema.root(), names);
    }
    names.removeAll(WORDS_OF_THE_CLI);
    names.remove("vireo-cli");
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        Matcher text = TEXT.matcher(Files.readString(file));
        while (text.find()) {
          if (names.contains(text.group(1))) {
            found.add(file.getFileName() + ": " + text.group(1));
          }
        }
      }
    }
    assertEquals(List.of(), found);
  }

  private static void addNames(CliNode node, Set<String> names) {
    node.children()
        .forEach(child -> {
          names.add(child.name());
          addNames(child, names);
        });
  }
}
