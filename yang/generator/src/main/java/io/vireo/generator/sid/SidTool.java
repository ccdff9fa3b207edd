package io.vireo.generator.sid;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.vireo.generator.sid.SchemaItems.Item;
import io.vireo.generator.sid.SidAllocation.ModuleSids;
import io.vireo.generator.sid.SidAllocation.Range;
import io.vireo.schema.SchemaContexts;
import io.vireo.schema.sid.SidFile;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Main: `--update DIR LEDGER` gives numbers to what has none, `--check DIR LEDGER` fails when
/// something has none or a number has changed. `DIR` holds the `.sid` files.
public final class SidTool {
  private static final List<String> CONTEXTS =
      List.of(SchemaContexts.CONTROL, SchemaContexts.DEVICE, SchemaContexts.ROUTER);
  private static final String SUFFIX = ".sid";

  private final Path directory;
  private final Path ledgerFile;

  SidTool(Path directory, Path ledgerFile) {
    this.directory = directory;
    this.ledgerFile = ledgerFile;
  }

  public static void main(String[] args) throws IOException {
    if (args.length != 3 || !(args[0].equals("--update") || args[0].equals("--check"))) {
      throw new IllegalArgumentException(
          "usage: (--update | --check) DIRECTORY LEDGER, not " + List.of(args));
    }
    SidTool tool = new SidTool(Path.of(args[1]), Path.of(args[2]));
    if (args[0].equals("--update")) {
      List<String> changed = tool.update();
      System.out.println(
          changed.isEmpty() ? "SID files are up to date" : "SID files written: " + changed);
    } else {
      List<String> stale = tool.check();
      if (!stale.isEmpty()) {
        throw new IllegalStateException(
            "not up to date: " + stale + "; run the SID tool with --update");
      }
    }
  }

  /// Writes what has changed and returns the names of the files written.
  List<String> update() throws IOException {
    List<String> written = new ArrayList<>();
    for (Map.Entry<Path, String> file : expected().entrySet()) {
      if (!upToDate(file)) {
        Files.createDirectories(file.getKey().toAbsolutePath().getParent());
        Files.writeString(file.getKey(), file.getValue());
        written.add(file.getKey().getFileName().toString());
      }
    }
    return written;
  }

  /// The names of the files that an update would write.
  List<String> check() throws IOException {
    List<String> stale = new ArrayList<>();
    for (Map.Entry<Path, String> file : expected().entrySet()) {
      if (!upToDate(file)) {
        stale.add(file.getKey().getFileName().toString());
      }
    }
    return stale;
  }

  private static boolean upToDate(Map.Entry<Path, String> file) throws IOException {
    return Files.exists(file.getKey()) && Files.readString(file.getKey()).equals(file.getValue());
  }

  private Map<Path, String> expected() throws IOException {
    SortedMap<String, ModuleSids> held = read();
    SidLedger ledger =
        SidLedger.parse(Files.exists(ledgerFile) ? Files.readAllLines(ledgerFile) : List.of());
    ledger.requireKept(held.values());
    SchemaContexts contexts = SchemaContexts.ofClassPath();
    SortedMap<String, ModuleSids> all =
        SidAllocation.extend(held, SchemaItems.of(CONTEXTS.stream().map(contexts::load).toList()));
    ledger.requireKept(all.values());
    ledger.add(all.values());
    Map<Path, String> files = new LinkedHashMap<>();
    all.values()
        .forEach(sids -> files.put(directory.resolve(sids.module() + SUFFIX), SidJson.print(sids)));
    files.put(ledgerFile, ledger.print());
    return files;
  }

  private SortedMap<String, ModuleSids> read() throws IOException {
    SortedMap<String, ModuleSids> held = new TreeMap<>();
    Set<Long> seen = new HashSet<>();
    List<Path> files = new ArrayList<>();
    if (Files.exists(directory)) {
      try (Stream<Path> entries = Files.list(directory)) {
        entries.filter(file -> file.toString().endsWith(SUFFIX)).sorted().forEach(files::add);
      }
    }
    for (Path file : files) {
      ModuleSids sids = read(file);
      for (long sid : sids.items().keySet()) {
        if (!seen.add(sid)) {
          throw new IllegalStateException(
              "SID " + sid + " in " + file + " is also in another file");
        }
      }
      held.put(sids.module(), sids);
    }
    return held;
  }

  private static ModuleSids read(Path file) throws IOException {
    String text = Files.readString(file);
    SidFile parsed = SidFile.read(file.toString(), new StringReader(text));
    SortedMap<Long, Item> items = new TreeMap<>();
    parsed
        .items()
        .forEach(item -> items.put(item.sid(), new Item(item.namespace(), item.identifier())));
    JsonObject root =
        JsonParser.parseString(text).getAsJsonObject().getAsJsonObject("ietf-sid-file:sid-file");
    List<Range> ranges = new ArrayList<>();
    JsonArray listed = root.getAsJsonArray("assignment-range");
    for (JsonElement element : listed) {
      JsonObject range = element.getAsJsonObject();
      ranges.add(new Range(range.get("entry-point").getAsLong(), range.get("size").getAsLong()));
    }
    return new ModuleSids(parsed.module(), parsed.revision(), ranges, items, Set.of());
  }
}
