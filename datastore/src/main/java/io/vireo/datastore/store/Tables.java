package io.vireo.datastore.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// The database's tables, made or brought to this version.
///
/// `snapshot` has whole trees as of some commit, null where the tree was gone by then; `history`
/// one row a commit; `delta` what each commit did to each tree. A tree is its snapshot with the
/// redos of all later commits. `kept` has whole configurations besides running, such as startup;
/// `identity` what each tree is called, which follows from all that was done to it; `meta` what is
/// to be known of the file.
final class Tables {
  static final int VERSION = 3;

  private static final List<String> VERSION_2 =
      List.of(
          "CREATE TABLE snapshot (tree TEXT PRIMARY KEY, commit_id INTEGER NOT NULL, cbor BLOB,"
              + " sha256 BLOB NOT NULL)",
          "CREATE TABLE delta (commit_id INTEGER NOT NULL, tree TEXT NOT NULL, redo BLOB NOT NULL,"
              + " undo BLOB NOT NULL, sha256 BLOB NOT NULL, PRIMARY KEY (commit_id, tree))",
          "CREATE TABLE pending (base INTEGER NOT NULL, deadline TEXT NOT NULL, persist TEXT,"
              + " user TEXT NOT NULL)");
  private static final List<String> VERSION_3 =
      List.of(
          "CREATE TABLE kept (store TEXT NOT NULL, tree TEXT NOT NULL, cbor BLOB NOT NULL,"
              + " sha256 BLOB NOT NULL, PRIMARY KEY (store, tree))",
          "CREATE TABLE identity (tree TEXT PRIMARY KEY, id BLOB NOT NULL)",
          "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)");
  private static final String HISTORY =
      "CREATE TABLE history (id INTEGER PRIMARY KEY, time TEXT NOT NULL, user TEXT NOT NULL,"
          + " door TEXT NOT NULL, session INTEGER NOT NULL, comment TEXT, trees TEXT NOT NULL)";
  // Version 1 had whole trees only.
  private static final List<String> FROM_1 =
      List.of(
          "INSERT INTO snapshot SELECT tree, (SELECT coalesce(max(id), 0) FROM history), cbor,"
              + " sha256 FROM tree",
          "DROP TABLE tree");

  private Tables() {}

  /// 0: there are none yet.
  static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA user_version")) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }

  private static void execute(Statement statement, List<String> steps) throws SQLException {
    for (String step : steps) {
      statement.execute(step);
    }
  }

  /// Within a transaction.
  static void make(Statement statement, int version) throws SQLException {
    if (version == VERSION) {
      return;
    }
    if (version == 0) {
      statement.execute(HISTORY);
    }
    if (version < 2) {
      execute(statement, VERSION_2);
    }
    if (version == 1) {
      execute(statement, FROM_1);
    }
    execute(statement, VERSION_3);
    statement.execute("PRAGMA user_version = " + VERSION);
  }
}
