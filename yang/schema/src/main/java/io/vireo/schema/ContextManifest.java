package io.vireo.schema;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which modules make up a named context: `META-INF/vireo/NAME.modules` on the class path, extended
/// by the modules in the operator's model directories.
///
/// One module a line; `name` is implemented, `import name` serves typedefs, groupings and
/// identities only (RFC 7950 §5.6.5); `feature MODULE FEATURE` supports a feature (those not listed
/// are not, RFC 7950 §5.6.2); `include NAME` takes in another context's. `#` starts a comment. What
/// these import need not be listed.
///
/// @param name the context's name
/// @param implemented modules whose data nodes, operations and notifications exist here
/// @param importOnly modules that others import, listed for their identities' sake
/// @param features the supported features of each module
public record ContextManifest(
    String name,
    List<String> implemented,
    List<String> importOnly,
    Map<String, Set<String>> features) {
  private static final String FOLDER = "META-INF/vireo/";
  private static final Pattern LINE =
      Pattern.compile(
          "(?:(import)\\s+)?([A-Za-z_][\\w.-]*)"
              + "|feature\\s+([A-Za-z_][\\w.-]*)\\s+([A-Za-z_][\\w.-]*)"
              + "|include\\s+([A-Za-z_][\\w.-]*)");

  private static final class Lines {
    final Map<String, Boolean> modules = new LinkedHashMap<>();
    final Map<String, Set<String>> features = new LinkedHashMap<>();
    final Deque<String> included = new ArrayDeque<>();
  }

  public ContextManifest {
    implemented = List.copyOf(implemented);
    importOnly = List.copyOf(importOnly);
    features = Map.copyOf(features);
  }

  /// Reads the manifest of a context.
  ///
  /// @throws SchemaLoadException when there is none or a line is not understood
  public static ContextManifest load(String name, ClassLoader classPath, List<Path> directories) {
    Lines read = new Lines();
    read(name, classPath, directories, read);
    List<String> implemented = new ArrayList<>();
    List<String> importOnly = new ArrayList<>();
    read.modules.forEach(
        (module, isImplemented) -> (isImplemented ? implemented : importOnly).add(module));
    return new ContextManifest(name, implemented, importOnly, read.features);
  }

  private static void read(String name, ClassLoader classPath, List<Path> directories, Lines read) {
    String resource = FOLDER + name + ".modules";
    @Nullable URL url = classPath.getResource(resource);
    boolean found = url != null;
    try {
      if (url != null) {
        try (BufferedReader in =
            new BufferedReader(new InputStreamReader(url.openStream(), StandardCharsets.UTF_8))) {
          readLines(resource, in.lines().toList(), read);
        }
      }
      for (Path directory : directories) {
        Path file = directory.resolve(name + ".modules");
        if (Files.exists(file)) {
          found = true;
          readLines(file.toString(), Files.readAllLines(file), read);
        } else {
          YangSources.siteModules(directory, name)
              .forEach(module -> read.modules.put(module, true));
        }
      }
    } catch (IOException e) {
      throw new SchemaLoadException("The manifest of context " + name + " cannot be read", e);
    }
    if (!found) {
      throw new SchemaLoadException(
          "No context is called " + name + ": there is no " + resource + " on the class path",
          null);
    }
    for (String included = read.included.poll(); included != null; ) {
      read(included, classPath, directories, read);
      included = read.included.poll();
    }
  }

  /// This with more features, of those modules that it implements.
  ContextManifest supporting(Map<String, Set<String>> more) {
    Map<String, Set<String>> all = new LinkedHashMap<>(features);
    more.forEach((module, names) -> {
      if (implemented.contains(module)) {
        all.merge(
            module,
            Set.copyOf(names),
            (one, other) -> {
              Set<String> both = new TreeSet<>(one);
              both.addAll(other);
              return both;
            });
      }
    });
    return new ContextManifest(name, implemented, importOnly, all);
  }

  private static void readLines(String where, List<String> lines, Lines read) {
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replaceFirst("#.*", "").strip();
      if (line.isEmpty()) {
        continue;
      }
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        throw new SchemaLoadException(
            where
                + ", line "
                + (i + 1)
                + ": '"
                + line
                + "' is none of 'MODULE', 'import MODULE', 'feature MODULE FEATURE', 'include NAME'",
            null);
      }
      if (matcher.group(5) != null) {
        read.included.add(matcher.group(5));
      } else if (matcher.group(3) != null) {
        read.features
            .computeIfAbsent(matcher.group(3), module -> new TreeSet<>())
            .add(matcher.group(4));
      } else {
        read.modules.merge(matcher.group(2), matcher.group(1) == null, Boolean::logicalOr);
      }
    }
  }
}
