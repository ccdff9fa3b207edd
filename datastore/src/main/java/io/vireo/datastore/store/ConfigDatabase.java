package io.vireo.datastore.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;

/// The database while the engine holds it. One thread at a time.
public final class ConfigDatabase implements AutoCloseable {
  static final String FILE = "vireo.db";

  private static final int VERSION = 1;
  private static final List<String> TABLES =
      List.of(
          "CREATE TABLE tree (tree TEXT PRIMARY KEY, cbor BLOB NOT NULL, sha256 BLOB NOT NULL)",
          "CREATE TABLE history (id INTEGER PRIMARY KEY, time TEXT NOT NULL, user TEXT NOT NULL,"
              + " door TEXT NOT NULL, session INTEGER NOT NULL, comment TEXT, trees TEXT NOT NULL)",
          "PRAGMA user_version = " + VERSION);

  private final Path file;
  private final Connection connection;

  private ConfigDatabase(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /// Opens the database, or makes it.
  ///
  /// @param directory its folder; made when absent
  public static ConfigDatabase open(Path directory) throws StorageException {
    Path file = directory.resolve(FILE);
    try {
      Files.createDirectories(directory, permissions("rwx------"));
      if (!Files.exists(file)) {
        // Password hashes are in it; SQLite gives its log the same permissions.
        Files.createFile(file, permissions("rw-------"));
      }
    } catch (IOException e) {
      throw new StorageException(
          StorageException.Fault.UNREADABLE,
          "no database can be made in " + directory + "; check its owner and its disk",
          e);
    }
    NativeSqlite.prepare(directory);
    Connection connection = null;
    try {
      connection = connect(file);
      ConfigDatabase database = new ConfigDatabase(file, connection);
      database.begin();
      return database;
    } catch (SQLException e) {
      throw closing(connection, StorageException.of(file.toString(), e));
    } catch (StorageException e) {
      throw closing(connection, e);
    }
  }

  private static FileAttribute<Set<PosixFilePermission>> permissions(String text) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
  }

  private static StorageException closing(@Nullable Connection connection, StorageException cause) {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        cause.addSuppressed(e);
      }
    }
    return cause;
  }

  static Connection connect(Path file) throws SQLException {
    Connection connection = JDBC.createConnection("jdbc:sqlite:" + file, new Properties());
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 2000");
      // Held until closed: two managers never write to one database.
      statement.execute("PRAGMA locking_mode = EXCLUSIVE");
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  static int versionOf(Path file, Connection connection) throws SQLException, StorageException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA user_version")) {
      int version = rows.next() ? rows.getInt(1) : 0;
      if (version > VERSION) {
        throw new StorageException(
            StorageException.Fault.NEWER,
            file
                + " was written by a newer Vireo (format "
                + version
                + ", this one knows "
                + VERSION
                + "); start that one");
      }
      return version;
    }
  }

  private void begin() throws SQLException, StorageException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      if (versionOf(file, connection) == 0) {
        for (String table : TABLES) {
          statement.execute(table);
        }
      }
      try (ResultSet check = statement.executeQuery("PRAGMA quick_check(1)")) {
        if (check.next() && !check.getString(1).equals("ok")) {
          throw StorageException.damaged(file.toString(), new SQLException(check.getString(1)));
        }
      }
      statement.execute("COMMIT");
    }
  }

  /// The last committed configuration.
  public Optional<StoredConfig> load() throws StorageException {
    try {
      return StoredConfig.read(file, connection);
    } catch (SQLException e) {
      throw StorageException.of(file.toString(), e);
    }
  }

  /// What was loaded is whole, yet no configuration of this version.
  public StorageException misfit(Exception cause) {
    return new StorageException(
        StorageException.Fault.NEWER,
        "the configuration in "
            + file
            + " does not fit this version's models ("
            + cause.getMessage()
            + "); start the version that wrote it, or move the file away",
        cause);
  }

  /// Writes a commit; when this returns, it is on disk.
  ///
  /// @param device the device's tree; null: unchanged
  /// @param routers trees of virtual routers that changed; null: the virtual router is gone
  /// @throws StorageException nothing was written
  public void write(
      CommitRecord commit, byte @Nullable [] device, Map<String, byte @Nullable []> routers)
      throws StorageException {
    try {
      execute("BEGIN IMMEDIATE");
      if (device != null) {
        put(StoredConfig.DEVICE, device);
      }
      for (Map.Entry<String, byte @Nullable []> router : routers.entrySet()) {
        byte[] cbor = router.getValue();
        if (cbor == null) {
          delete(StoredConfig.ROUTER + router.getKey());
        } else {
          put(StoredConfig.ROUTER + router.getKey(), cbor);
        }
      }
      append(commit);
      execute("COMMIT");
    } catch (SQLException e) {
      StorageException refusal = StorageException.of(file.toString(), e);
      try {
        execute("ROLLBACK");
      } catch (SQLException rollback) {
        // On a full disk SQLite has rolled back by itself, and there is nothing to roll back.
        refusal.addSuppressed(rollback);
      }
      throw refusal;
    }
  }

  // Transactions are opened and ended in words: the driver's own accounting loses count when SQLite
  // rolls back by itself.
  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void put(String tree, byte[] cbor) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO tree (tree, cbor, sha256) VALUES (?, ?, ?)")) {
      insert.setString(1, tree);
      insert.setBytes(2, cbor);
      insert.setBytes(3, StoredConfig.sha256(cbor));
      insert.executeUpdate();
    }
  }

  private void delete(String tree) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM tree WHERE tree = ?")) {
      delete.setString(1, tree);
      delete.executeUpdate();
    }
  }

  private void append(CommitRecord commit) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO history (id, time, user, door, session, comment, trees)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      insert.setLong(1, commit.transaction());
      insert.setString(2, commit.time().toString());
      insert.setString(3, commit.user());
      insert.setString(4, commit.door());
      insert.setInt(5, commit.session());
      insert.setString(6, commit.comment());
      insert.setString(7, String.join(" ", commit.trees()));
      insert.executeUpdate();
    }
  }

  /// The last commits, newest first.
  public List<CommitRecord> history(int limit) throws StorageException {
    List<CommitRecord> commits = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id, time, user, door, session, comment, trees FROM history"
                + " ORDER BY id DESC LIMIT ?")) {
      select.setInt(1, limit);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          SortedSet<String> trees = new TreeSet<>(List.of(rows.getString(7).split(" ")));
          commits.add(
              new CommitRecord(
                  rows.getLong(1),
                  Instant.parse(rows.getString(2)),
                  rows.getString(3),
                  rows.getString(4),
                  rows.getInt(5),
                  rows.getString(6),
                  trees));
        }
      }
      return commits;
    } catch (SQLException e) {
      throw StorageException.of(file.toString(), e);
    }
  }

  /// Bounds the file: beyond it, writing is refused as on a full disk.
  void limitPages(int pages) throws StorageException {
    try {
      execute("PRAGMA max_page_count = " + pages);
    } catch (SQLException e) {
      throw StorageException.of(file.toString(), e);
    }
  }

  @Override
  public void close() throws StorageException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw StorageException.of(file.toString(), e);
    }
  }
}
