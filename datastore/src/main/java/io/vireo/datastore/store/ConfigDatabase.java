package io.vireo.datastore.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The database while the engine holds it. Any thread; calls wait for each other.
public final class ConfigDatabase implements AutoCloseable {
  // How often old commits are looked for.
  private static final int PRUNE_EVERY = 64;

  private final Path file;
  private final Connection connection;
  private final Journals journals;
  private final Map<String, byte[]> identities = new HashMap<>();
  private int kept = 1_000;

  private ConfigDatabase(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
    this.journals = new Journals(connection);
  }

  /// Opens the database, or makes it.
  ///
  /// @param directory its folder; made when absent
  public static ConfigDatabase open(Path directory) throws StorageException {
    Path file = DatabaseFile.make(directory);
    NativeSqlite.prepare(directory);
    Connection connection = null;
    try {
      connection = DatabaseFile.connect(file);
      ConfigDatabase database = new ConfigDatabase(file, connection);
      database.begin();
      return database;
    } catch (SQLException e) {
      throw closing(connection, StorageException.of(file.toString(), e));
    } catch (StorageException e) {
      throw closing(connection, e);
    }
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

  private void begin() throws SQLException, StorageException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      Tables.make(statement, DatabaseFile.version(file, connection));
      try (ResultSet check = statement.executeQuery("PRAGMA quick_check(1)")) {
        if (check.next() && !check.getString(1).equals("ok")) {
          throw StorageException.damaged(file.toString(), new SQLException(check.getString(1)));
        }
      }
      statement.execute("COMMIT");
    }
    journals.count();
    identities.putAll(StoredConfig.identities(connection));
    nameTrees();
  }

  // Trees of a file that had no names for them.
  private void nameTrees() throws SQLException, StorageException {
    Optional<StoredConfig> stored =
        identities.isEmpty() ? StoredConfig.read(file, connection) : Optional.empty();
    if (stored.isPresent()) {
      Map<String, byte[]> names = new TreeMap<>();
      stored.get().trees().forEach((tree, cbor) -> names.put(tree, StoredConfig.sha256(cbor)));
      transaction(() -> putIdentities(names));
      identities.putAll(names);
    }
  }

  private void putIdentities(Map<String, byte[]> names) throws SQLException {
    for (Map.Entry<String, byte[]> name : names.entrySet()) {
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT OR REPLACE INTO identity (tree, id) VALUES (?, ?)")) {
        insert.setString(1, name.getKey());
        insert.setBytes(2, name.getValue());
        insert.executeUpdate();
      }
    }
  }

  /// What a tree will be called after a commit.
  ///
  /// @param redo what the commit does to it
  public synchronized byte[] identityAfter(String tree, byte[] redo) {
    return StoredConfig.sha256(identities.getOrDefault(tree, new byte[0]), redo);
  }

  /// The last committed configuration.
  public synchronized Optional<StoredConfig> load() throws StorageException {
    try {
      return StoredConfig.read(file, connection);
    } catch (SQLException e) {
      throw StorageException.of(file.toString(), e);
    }
  }

  /// What was loaded is whole, yet no configuration of this version.
  public StorageException misfit(Exception cause) {
    return new StorageException(
        StorageException.Fault.MISFIT,
        "the configuration in "
            + file
            + " does not fit this version's models ("
            + cause.getMessage()
            + "); start the version that wrote it, or move the file away",
        cause);
  }

  /// The same, where what is wrong is known in words.
  ///
  /// @param why with what can be done
  public StorageException misfit(String why) {
    return new StorageException(
        StorageException.Fault.MISFIT, "the configuration in " + file + " " + why);
  }

  /// The models that the configuration was written with, as [#keepModels] was told; empty: not
  /// known.
  public synchronized Optional<String> models() throws StorageException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT value FROM meta WHERE key = 'models'")) {
      return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
    } catch (SQLException e) {
      throw StorageException.of(file.toString(), e);
    }
  }

  /// Notes the models of the configuration.
  public synchronized void keepModels(String models) throws StorageException {
    transaction(() -> {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT OR REPLACE INTO meta (key, value) VALUES ('models', ?)")) {
        insert.setString(1, models);
        insert.executeUpdate();
      }
    });
  }

  /// Keeps a whole configuration besides running, in the place of what was kept under its name.
  ///
  /// @param trees CBOR by tree; empty: it is kept no more
  public synchronized void keep(String store, Map<String, byte[]> trees) throws StorageException {
    transaction(() -> {
      try (PreparedStatement delete =
          connection.prepareStatement("DELETE FROM kept WHERE store = ?")) {
        delete.setString(1, store);
        delete.executeUpdate();
      }
      for (Map.Entry<String, byte[]> tree : trees.entrySet()) {
        try (PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO kept (store, tree, cbor, sha256) VALUES (?, ?, ?, ?)")) {
          insert.setString(1, store);
          insert.setString(2, tree.getKey());
          insert.setBytes(3, tree.getValue());
          insert.setBytes(4, StoredConfig.sha256(tree.getValue()));
          insert.executeUpdate();
        }
      }
    });
  }

  /// A configuration kept besides running: CBOR by tree; empty: none is.
  public synchronized Map<String, byte[]> kept(String store) throws StorageException {
    Map<String, byte[]> trees = new TreeMap<>();
    try (PreparedStatement select =
        connection.prepareStatement("SELECT tree, cbor, sha256 FROM kept WHERE store = ?")) {
      select.setString(1, store);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          byte[] cbor = rows.getBytes(2);
          StoredConfig.requireHash(file, store + " " + rows.getString(1), rows.getBytes(3), cbor);
          trees.put(rows.getString(1), cbor);
        }
      }
      return trees;
    } catch (SQLException e) {
      throw StorageException.of(file.toString(), e);
    }
  }

  /// Forgets every commit so far; running stays (RFC 8808 §2: nothing of before is to be found).
  ///
  /// @param snapshots whole trees as they are now
  public synchronized void forgetHistory(long transaction, Map<String, byte[]> snapshots)
      throws StorageException {
    transaction(() -> {
      execute("DELETE FROM delta");
      execute("DELETE FROM snapshot");
      execute("DELETE FROM history WHERE id < " + transaction);
      for (Map.Entry<String, byte[]> tree : snapshots.entrySet()) {
        putSnapshot(tree.getKey(), transaction, tree.getValue());
      }
    });
    try {
      execute("VACUUM");
      execute("PRAGMA wal_checkpoint(TRUNCATE)");
      journals.count();
    } catch (SQLException e) {
      throw StorageException.of(file.toString(), e);
    }
  }

  /// Writes a commit; when this returns, it is on disk.
  ///
  /// @param deltas what it did to each tree that it changed
  /// @param pending the confirmed commit that waits afterwards; null: none
  /// @throws StorageException nothing was written
  public synchronized void write(
      CommitRecord commit, Map<String, Delta> deltas, @Nullable PendingCommit pending)
      throws StorageException {
    Map<String, byte[]> names = new TreeMap<>();
    deltas.forEach((tree, delta) -> names.put(tree, identityAfter(tree, delta.redo())));
    transaction(() -> {
      putPending(pending);
      append(commit);
      putIdentities(names);
      for (Map.Entry<String, Delta> delta : deltas.entrySet()) {
        append(commit.transaction(), delta.getKey(), delta.getValue());
      }
      if (commit.transaction() % PRUNE_EVERY == 0) {
        prune(commit.transaction() - kept);
      }
    });
    identities.putAll(names);
    deltas.forEach((tree, delta) -> journals.add(tree, delta.redo().length));
  }

  /// Notes which confirmed commit waits; null: none.
  public synchronized void keepPending(@Nullable PendingCommit pending) throws StorageException {
    transaction(() -> putPending(pending));
  }

  private void putPending(@Nullable PendingCommit pending) throws SQLException {
    execute("DELETE FROM pending");
    if (pending != null) {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO pending (base, deadline, persist, user) VALUES (?, ?, ?, ?)")) {
        insert.setLong(1, pending.base());
        insert.setString(2, pending.deadline().toString());
        insert.setString(3, pending.persist());
        insert.setString(4, pending.user());
        insert.executeUpdate();
      }
    }
  }

  /// The confirmed commit that waits for its confirmation.
  public synchronized Optional<PendingCommit> pending() throws StorageException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT base, deadline, persist, user FROM pending")) {
      return rows.next()
          ? Optional.of(
              new PendingCommit(
                  rows.getLong(1),
                  Instant.parse(rows.getString(2)),
                  rows.getString(3),
                  rows.getString(4)))
          : Optional.empty();
    } catch (SQLException e) {
      throw StorageException.of(file.toString(), e);
    }
  }

  /// The trees whose snapshot is so old that it should be made anew.
  public synchronized Set<String> due() {
    return journals.due();
  }

  /// Puts a snapshot in the place of a tree's older one.
  ///
  /// @param transaction the commit that the snapshot is as of
  /// @param cbor null: the tree was gone
  public synchronized void renew(String tree, long transaction, byte @Nullable [] cbor)
      throws StorageException {
    transaction(() -> putSnapshot(tree, transaction, cbor));
    try {
      journals.count();
    } catch (SQLException e) {
      throw StorageException.of(file.toString(), e);
    }
  }

  private void putSnapshot(String tree, long transaction, byte @Nullable [] cbor)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO snapshot (tree, commit_id, cbor, sha256)"
                + " VALUES (?, ?, ?, ?)")) {
      insert.setString(1, tree);
      insert.setLong(2, transaction);
      insert.setBytes(3, cbor);
      insert.setBytes(4, StoredConfig.sha256(StoredConfig.orNothing(cbor)));
      insert.executeUpdate();
    }
  }

  /// How many commits are kept, at least.
  public synchronized void keep(int commits) {
    kept = commits;
  }

  // What no snapshot holds yet is needed, however old.
  private void prune(long before) throws SQLException {
    try (PreparedStatement deltas =
            connection.prepareStatement(
                "DELETE FROM delta WHERE commit_id <= ? AND commit_id <= coalesce((SELECT"
                    + " s.commit_id FROM snapshot s WHERE s.tree = delta.tree), 0)");
        PreparedStatement commits =
            connection.prepareStatement(
                "DELETE FROM history WHERE id <= ? AND NOT EXISTS (SELECT 1 FROM delta d WHERE"
                    + " d.commit_id = history.id)")) {
      deltas.setLong(1, before);
      deltas.executeUpdate();
      commits.setLong(1, before);
      commits.executeUpdate();
    }
  }

  private interface Steps {
    void run() throws SQLException;
  }

  private void transaction(Steps steps) throws StorageException {
    try {
      execute("BEGIN IMMEDIATE");
      steps.run();
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

  private void append(long transaction, String tree, Delta delta) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO delta (commit_id, tree, redo, undo, sha256) VALUES (?, ?, ?, ?, ?)")) {
      insert.setLong(1, transaction);
      insert.setString(2, tree);
      insert.setBytes(3, delta.redo());
      insert.setBytes(4, delta.undo());
      insert.setBytes(5, StoredConfig.sha256(delta.redo(), delta.undo()));
      insert.executeUpdate();
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
  public synchronized List<CommitRecord> history(int limit) throws StorageException {
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

  /// What the commits after one did, newest first.
  ///
  /// @throws StorageException or they are kept no more
  public synchronized List<Map<String, Delta>> deltasAfter(long transaction)
      throws StorageException {
    SortedMap<Long, Map<String, Delta>> found = new TreeMap<>(Comparator.reverseOrder());
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT commit_id, tree, redo, undo, sha256 FROM delta WHERE commit_id > ?")) {
      select.setLong(1, transaction);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          Delta delta = new Delta(rows.getBytes(3), rows.getBytes(4));
          StoredConfig.requireHash(
              file, "commit " + rows.getLong(1), rows.getBytes(5), delta.redo(), delta.undo());
          found
              .computeIfAbsent(rows.getLong(1), id -> new HashMap<>())
              .put(rows.getString(2), delta);
        }
      }
    } catch (SQLException e) {
      throw StorageException.of(file.toString(), e);
    }
    return List.copyOf(found.values());
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
  public synchronized void close() throws StorageException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw StorageException.of(file.toString(), e);
    }
  }
}
