package io.vireo.manager.guard;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `vireo run` was asked to do.
///
/// @param state folder of everything that outlives a run
/// @param netconf where NETCONF over SSH listens
/// @param cli where the command line over SSH listens
/// @param config loaded when the datastore is empty
/// @param models folder of further YANG modules
/// @param firstUser name of the user made when the datastore has none
/// @param authorizedKeys the first user's public keys, in OpenSSH's format
/// @param passwordFile its first line is the first user's password
/// @param recoveryUser whom access control denies nothing in this run
/// @param startup whether there is a startup datastore, which the first start of a run begins with
/// @param url whether NETCONF may keep configurations in files
/// @param dropUnknown whether stored data that the models do not know is left out
public record RunOptions(
    Path state,
    ListenAddress netconf,
    ListenAddress cli,
    @Nullable Path config,
    @Nullable Path models,
    String firstUser,
    @Nullable Path authorizedKeys,
    @Nullable Path passwordFile,
    @Nullable String recoveryUser,
    boolean startup,
    boolean url,
    boolean dropUnknown) {
  public static final String USAGE =
      """
      usage: vireo run [option ...]
        --state DIR             where configuration, keys and logs live (/var/lib/vireo)
        --netconf ADDR:PORT     NETCONF over SSH listens here (127.0.0.1:830)
        --cli ADDR:PORT         the command line over SSH listens here (127.0.0.1:2222)
        --config FILE           XML configuration loaded at the first start
        --models DIR            further YANG modules
        --first-user NAME       the user made at the first start (who runs this), with one of
        --authorized-keys FILE    its public keys, as in ~/.ssh/authorized_keys
        --password-file FILE      its password: the file's first line
        --recovery-user NAME    access control denies this user nothing until the next start
        --startup on|off        a startup datastore, which a start begins with (off: every
                                  commit is kept)
        --url on|off            NETCONF may keep configurations in files, below
                                  DIR/data/files (off)
        --unknown-data refuse|drop
                                what becomes of stored data that no model here knows (refuse)
        --help                  this text
      Both listen on the loopback only unless told otherwise: a new router is
      not reachable from a network before somebody decided so.
      """;

  private static final String USER_PATTERN = "[a-z_][a-z0-9_.\\-]{0,31}";

  /// Parses the words that follow `vireo run`.
  ///
  /// @param invoker the first user's name unless another is given
  public static RunOptions parse(List<String> words, String invoker) throws UsageException {
    Parser parser = new Parser(invoker);
    for (int i = 0; i < words.size(); i += 2) {
      String option = words.get(i);
      if (!Parser.KNOWN.contains(option)) {
        throw new UsageException(
            "unknown option '" + option + "'; the options are " + String.join(" ", Parser.KNOWN));
      }
      if (i + 1 == words.size()) {
        throw new UsageException(option + " needs a value; see vireo run --help");
      }
      parser.take(option, words.get(i + 1));
    }
    return parser.finish();
  }

  private static final class Parser {
    static final List<String> KNOWN =
        List.of(
            "--state",
            "--netconf",
            "--cli",
            "--config",
            "--models",
            "--first-user",
            "--authorized-keys",
            "--password-file",
            "--recovery-user",
            "--startup",
            "--url",
            "--unknown-data");

    private final @Nullable String[] values = new @Nullable String[KNOWN.size()];
    private final String invoker;

    Parser(String invoker) {
      this.invoker = invoker;
    }

    void take(String option, String value) throws UsageException {
      int at = KNOWN.indexOf(option);
      if (values[at] != null) {
        throw new UsageException(option + " is given twice: '" + values[at] + "', '" + value + "'");
      }
      if (value.isEmpty()) {
        throw new UsageException(option + " has an empty value");
      }
      values[at] = value;
    }

    RunOptions finish() throws UsageException {
      ListenAddress netconf = ListenAddress.parse("--netconf", value("--netconf", "127.0.0.1:830"));
      ListenAddress cli = ListenAddress.parse("--cli", value("--cli", "127.0.0.1:2222"));
      if (netconf.equals(cli)) {
        throw new UsageException(
            "--netconf and --cli are both " + cli + "; give each a port of its own");
      }
      String user = value("--first-user", invoker);
      if (!user.matches(USER_PATTERN)) {
        throw new UsageException(
            "--first-user '" + user + "': want a lower-case name of at most 32 characters");
      }
      if (lookup("--authorized-keys") != null && lookup("--password-file") != null) {
        throw new UsageException("give either --authorized-keys or --password-file, not both");
      }
      return new RunOptions(
          Path.of(value("--state", "/var/lib/vireo")).toAbsolutePath().normalize(),
          netconf,
          cli,
          path("--config"),
          path("--models"),
          user,
          path("--authorized-keys"),
          path("--password-file"),
          lookup("--recovery-user"),
          choice("--startup", "off", "on"),
          choice("--url", "off", "on"),
          choice("--unknown-data", "refuse", "drop"));
    }

    /// Whether the second of two words was given; the first is the default.
    private boolean choice(String option, String first, String second) throws UsageException {
      String given = value(option, first);
      if (!given.equals(first) && !given.equals(second)) {
        throw new UsageException(
            option + " takes " + first + " or " + second + ", not '" + given + "'");
      }
      return given.equals(second);
    }

    private @Nullable String lookup(String option) {
      return values[KNOWN.indexOf(option)];
    }

    private String value(String option, String otherwise) {
      String given = lookup(option);
      return given == null ? otherwise : given;
    }

    private @Nullable Path path(String option) {
      String given = lookup(option);
      return given == null ? null : Path.of(given).toAbsolutePath().normalize();
    }
  }
}
