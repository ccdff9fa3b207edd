package io.vireo.datastore.store;

import io.vireo.wire.cbor.CborException;
import io.vireo.wire.cbor.CborPatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The last committed configuration as it lies on disk: YANG-CBOR, one tree for the device and one
/// for each virtual router. Needs no schema.
///
/// @param transaction the commit that made it
/// @param device the device's tree
/// @param routers the virtual routers' trees by name
/// @param ids what the routers' trees are called ([io.vireo.datastore.api.TreeUpdate#id])
@SuppressWarnings("ArrayRecordComponent")
public record StoredConfig(
    long transaction,
    byte[] device,
    SortedMap<String, byte[]> routers,
    SortedMap<String, byte[]> ids) {
  static final String DEVICE = "device";
  static final String ROUTER = "router/";

  public StoredConfig {
    routers = Collections.unmodifiableSortedMap(new TreeMap<>(routers));
    ids = Collections.unmodifiableSortedMap(new TreeMap<>(ids));
  }

  static Map<String, byte[]> identities(Connection connection) throws SQLException {
    Map<String, byte[]> found = new TreeMap<>();
    try (PreparedStatement select = connection.prepareStatement("SELECT tree, id FROM identity");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        found.put(rows.getString(1), rows.getBytes(2));
      }
    }
    return found;
  }

  /// All trees by their names in the database.
  Map<String, byte[]> trees() {
    Map<String, byte[]> trees = new TreeMap<>();
    trees.put(DEVICE, device);
    routers.forEach((name, tree) -> trees.put(ROUTER + name, tree));
    return trees;
  }

  /// A tree's snapshot and the patches since.
  private static final class Journal {
    byte @Nullable [] snapshot;
    final List<byte[]> redos = new ArrayList<>();
  }

  /// Reads it; empty when nothing was ever committed.
  ///
  /// @param databaseDirectory the folder that the engine is opened with
  public static Optional<StoredConfig> read(Path databaseDirectory) throws StorageException {
    Path file = databaseDirectory.resolve(DatabaseFile.NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    NativeSqlite.prepare(databaseDirectory);
    try {
      int version = versionOf(file);
      if (version > 0 && version < Tables.VERSION) {
        // Brought to this version first.
        ConfigDatabase.open(databaseDirectory).close();
      }
      try (Connection connection = DatabaseFile.connect(file)) {
        return read(file, connection);
      }
    } catch (SQLException e) {
      throw StorageException.of(file.toString(), e);
    }
  }

  private static int versionOf(Path file) throws SQLException, StorageException {
    try (Connection connection = DatabaseFile.connect(file)) {
      return DatabaseFile.version(file, connection);
    }
  }

  static Optional<StoredConfig> read(Path file, Connection connection)
      throws SQLException, StorageException {
    if (DatabaseFile.version(file, connection) == 0) {
      return Optional.empty();
    }
    SortedMap<String, Journal> journals = journals(file, connection);
    byte[] device = null;
    SortedMap<String, byte[]> routers = new TreeMap<>();
    for (var entry : journals.entrySet()) {
      byte[] tree = patched(file, entry.getValue());
      if (tree == null) {
        continue;
      }
      if (entry.getKey().equals(DEVICE)) {
        device = tree;
      } else {
        routers.put(entry.getKey().substring(ROUTER.length()), tree);
      }
    }
    SortedMap<String, byte[]> ids = new TreeMap<>();
    identities(connection)
        .forEach((tree, id) -> {
          if (tree.startsWith(ROUTER)) {
            ids.put(tree.substring(ROUTER.length()), id);
          }
        });
    return device == null
        ? Optional.empty()
        : Optional.of(new StoredConfig(lastTransaction(connection), device, routers, ids));
  }

  private static SortedMap<String, Journal> journals(Path file, Connection connection)
      throws SQLException, StorageException {
    SortedMap<String, Journal> journals = new TreeMap<>();
    try (PreparedStatement select =
            connection.prepareStatement("SELECT tree, cbor, sha256 FROM snapshot");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        Journal journal = new Journal();
        journal.snapshot = rows.getBytes(2);
        requireHash(file, rows.getString(1), rows.getBytes(3), orNothing(journal.snapshot));
        journals.put(rows.getString(1), journal);
      }
    }
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT d.tree, d.redo, d.undo, d.sha256 FROM delta d LEFT JOIN snapshot s"
                    + " ON s.tree = d.tree WHERE d.commit_id > coalesce(s.commit_id, 0)"
                    + " ORDER BY d.commit_id");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        byte[] redo = rows.getBytes(2);
        requireHash(file, rows.getString(1), rows.getBytes(4), redo, rows.getBytes(3));
        journals.computeIfAbsent(rows.getString(1), tree -> new Journal()).redos.add(redo);
      }
    }
    return journals;
  }

  private static byte @Nullable [] patched(Path file, Journal journal) throws StorageException {
    if (journal.redos.isEmpty()) {
      return journal.snapshot;
    }
    try {
      return CborPatch.apply(journal.snapshot, journal.redos);
    } catch (CborException e) {
      throw StorageException.damaged(file.toString(), e);
    }
  }

  static void requireHash(Path file, String what, byte[] hash, byte[]... parts)
      throws StorageException {
    if (!Arrays.equals(sha256(parts), hash)) {
      throw StorageException.damaged(file.toString(), new SQLException("hash of " + what));
    }
  }

  static long lastTransaction(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("SELECT coalesce(max(id), 0) FROM history");
        ResultSet rows = select.executeQuery()) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  static byte[] orNothing(byte @Nullable [] bytes) {
    return bytes == null ? new byte[0] : bytes;
  }

  static byte[] sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
