package io.vireo.generator;

import io.vireo.schema.SchemaContext;
import io.vireo.schema.SchemaContexts;
import io.vireo.schema.sid.SidRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Main: `DIRECTORY` gets the sources of all contexts, and loses what is no longer generated.
/// Nothing is written, nor a model parsed, when neither models, numbers nor generator have changed
/// since the last run; a file that stays the same keeps its time stamp.
public final class RecordsMain {
  private static final String STAMP = ".fingerprint";

  private final Path directory;

  private RecordsMain(Path directory) {
    this.directory = directory;
  }

  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      throw new IllegalArgumentException("usage: DIRECTORY, not " + List.of(args));
    }
    new RecordsMain(Path.of(args[0])).run();
  }

  private void run() throws IOException {
    BuildInputs inputs = BuildInputs.ofClassPath();
    String fingerprint = inputs.fingerprint();
    Path stamp = directory.resolve(STAMP);
    if (Files.exists(stamp) && Files.readString(stamp).equals(fingerprint)) {
      return;
    }
    long startNs = System.nanoTime();
    SchemaContexts contexts = SchemaContexts.ofClassPath();
    List<SchemaContext> loaded =
        List.copyOf(
            contexts
                .loadAll(SchemaContexts.CONTROL, SchemaContexts.DEVICE, SchemaContexts.ROUTER)
                .values());
    Set<String> modules = new TreeSet<>();
    loaded.forEach(context -> context.model().getModules().forEach(m -> modules.add(m.getName())));
    SortedMap<String, String> files =
        RecordsGenerator.generate(loaded, SidRegistry.ofClassPath(modules), inputs.sidHash());
    write(files);
    Files.writeString(stamp, fingerprint);
    System.out.println(
        "%d sources generated in %d ms"
            .formatted(files.size(), (System.nanoTime() - startNs) / 1_000_000));
  }

  private void write(SortedMap<String, String> files) throws IOException {
    Set<Path> kept = new HashSet<>();
    for (var file : files.entrySet()) {
      Path path = directory.resolve(file.getKey());
      kept.add(path);
      if (!Files.exists(path) || !Files.readString(path).equals(file.getValue())) {
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue());
      }
    }
    List<Path> present;
    try (Stream<Path> tree = Files.walk(directory)) {
      present = tree.filter(path -> path.toString().endsWith(".java")).toList();
    }
    for (Path path : present) {
      if (!kept.contains(path)) {
        Files.delete(path);
      }
    }
  }
}
