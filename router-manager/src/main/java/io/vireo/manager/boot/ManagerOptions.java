package io.vireo.manager.boot;

import io.vireo.manager.StateFolder;
import io.vireo.manager.guard.ListenAddress;
import io.vireo.manager.guard.UsageException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the guard tells the manager on its command line; nothing secret is among it.
///
/// @param startup whether there is a startup datastore
/// @param url whether configurations may be written to files and read from them
/// @param bootsFromStartup whether this start begins with it
public record ManagerOptions(
    StateFolder state,
    ListenAddress netconf,
    ListenAddress cli,
    @Nullable Path models,
    Set<String> recoveryUsers,
    boolean startup,
    boolean url,
    boolean bootsFromStartup,
    boolean dropUnknown) {
  public static ManagerOptions parse(List<String> words) throws UsageException {
    String models = value(words, "--models");
    String recovery = value(words, "--recovery-user");
    String startup = value(words, "--startup");
    return new ManagerOptions(
        new StateFolder(Path.of(require(words, "--state"))),
        ListenAddress.parse("--netconf", require(words, "--netconf")),
        ListenAddress.parse("--cli", require(words, "--cli")),
        models == null ? null : Path.of(models),
        recovery == null ? Set.of() : Set.of(recovery),
        startup != null,
        "on".equals(value(words, "--url")),
        "boot".equals(startup),
        "drop".equals(value(words, "--unknown-data")));
  }

  private static @Nullable String value(List<String> words, String option) {
    int at = words.indexOf(option);
    return at >= 0 && at + 1 < words.size() ? words.get(at + 1) : null;
  }

  private static String require(List<String> words, String option) throws UsageException {
    String value = value(words, option);
    if (value == null) {
      throw new UsageException(option + " is missing: the manager is started by ./vireo run");
    }
    return value;
  }
}
