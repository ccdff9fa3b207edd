package io.vireo.datastore.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// How much has been written of each tree since its snapshot.
final class Journals {
  // Beyond this a tree is better written anew than patched at the next start.
  private static final long BYTES = 1 << 20;
  private static final long EDITS = 1_000;

  private final Connection connection;
  private final Map<String, Journal> journals = new HashMap<>();

  /// One tree's.
  private static final class Journal {
    long bytes;
    long edits;
    long snapshotBytes;

    boolean isDue() {
      return edits >= EDITS || bytes > Math.max(BYTES, snapshotBytes / 2);
    }
  }

  Journals(Connection connection) {
    this.connection = connection;
  }

  /// Counts what is on disk.
  void count() throws SQLException {
    journals.clear();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet rows = statement.executeQuery("SELECT tree, length(cbor) FROM snapshot")) {
        while (rows.next()) {
          of(rows.getString(1)).snapshotBytes = rows.getLong(2);
        }
      }
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT d.tree, count(*), sum(length(d.redo)) FROM delta d LEFT JOIN snapshot s"
                  + " ON s.tree = d.tree WHERE d.commit_id > coalesce(s.commit_id, 0)"
                  + " GROUP BY d.tree")) {
        while (rows.next()) {
          of(rows.getString(1)).edits = rows.getLong(2);
          of(rows.getString(1)).bytes = rows.getLong(3);
        }
      }
    }
  }

  private Journal of(String tree) {
    return journals.computeIfAbsent(tree, each -> new Journal());
  }

  /// A commit has changed a tree.
  void add(String tree, int redoBytes) {
    Journal journal = of(tree);
    journal.edits++;
    journal.bytes += redoBytes;
  }

  /// The trees whose snapshot is so old that it should be made anew.
  Set<String> due() {
    Set<String> due = new TreeSet<>();
    journals.forEach((tree, journal) -> {
      if (journal.isDue()) {
        due.add(tree);
      }
    });
    return due;
  }
}
