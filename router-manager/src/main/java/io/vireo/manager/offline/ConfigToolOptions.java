package io.vireo.manager.offline;

import io.vireo.datastore.api.Datastore;
import io.vireo.manager.StateFolder;
import io.vireo.manager.guard.UsageException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What `vireo config` was asked to do.
///
/// @param data the folder of the database
/// @param models folder of further YANG modules
/// @param json whether JSON is written, else XML
/// @param datastore what is exported
/// @param commit export what running was after this commit; null: what `datastore` is
/// @param dropUnknown whether stored data that the models do not know is left out
record ConfigToolOptions(
    Command command,
    Path data,
    @Nullable Path models,
    boolean json,
    Datastore datastore,
    @Nullable Long commit,
    boolean dropUnknown) {
  enum Command {
    EXPORT,
    IMPORT,
    CHECK,
    HISTORY;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static ConfigToolOptions parse(List<String> words) throws UsageException {
    if (words.isEmpty()) {
      throw new UsageException("say what: export, import, check or history");
    }
    Command command =
        Arrays.stream(Command.values())
            .filter(each -> each.word().equals(words.getFirst()))
            .findFirst()
            .orElseThrow(() ->
                new UsageException(
                    "unknown command '"
                        + words.getFirst()
                        + "'; there are export, import, check and history"));
    String state = "/var/lib/vireo";
    String models = null;
    String format = "xml";
    String datastore = "running";
    String commit = null;
    String unknown = "refuse";
    for (int i = 1; i < words.size(); i += 2) {
      String option = words.get(i);
      if (i + 1 == words.size()) {
        throw new UsageException(option + " needs a value");
      }
      String value = words.get(i + 1);
      switch (option) {
        case "--state" -> state = value;
        case "--models" -> models = value;
        case "--format" -> format = oneOf(option, value, "xml", "json");
        case "--datastore" ->
            datastore = oneOf(option, value, "running", "startup", "factory-default");
        case "--commit" -> commit = value;
        case "--unknown-data" -> unknown = oneOf(option, value, "refuse", "drop");
        default -> throw new UsageException("unknown option '" + option + "'");
      }
    }
    return new ConfigToolOptions(
        command,
        new StateFolder(Path.of(state)).data(),
        models == null ? null : Path.of(models),
        format.equals("json"),
        datastore(datastore),
        commit == null ? null : number(commit),
        unknown.equals("drop"));
  }

  private static String oneOf(String option, String value, String... words) throws UsageException {
    if (!List.of(words).contains(value)) {
      throw new UsageException(
          option + " takes " + String.join(", ", words) + ", not '" + value + "'");
    }
    return value;
  }

  private static Datastore datastore(String name) {
    return Arrays.stream(Datastore.values())
        .filter(each -> each.yangName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Long number(String text) throws UsageException {
    if (!text.matches("[0-9]{1,18}")) {
      throw new UsageException("--commit takes a number, not '" + text + "'");
    }
    return Long.valueOf(text);
  }
}
