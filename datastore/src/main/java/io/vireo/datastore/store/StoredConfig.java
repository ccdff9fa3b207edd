package io.vireo.datastore.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The last committed configuration as it lies on disk: YANG-CBOR, one tree for the device and one
/// for each virtual router. Needs no schema.
///
/// @param transaction the commit that made it
/// @param device the device's tree
/// @param routers the virtual routers' trees by name
@SuppressWarnings("ArrayRecordComponent")
public record StoredConfig(long transaction, byte[] device, SortedMap<String, byte[]> routers) {
  static final String DEVICE = "device";
  static final String ROUTER = "router/";

  public StoredConfig {
    routers = Collections.unmodifiableSortedMap(new TreeMap<>(routers));
  }

  /// Reads it; empty when nothing was ever committed.
  ///
  /// @param databaseDirectory the folder that the engine is opened with
  public static Optional<StoredConfig> read(Path databaseDirectory) throws StorageException {
    Path file = databaseDirectory.resolve(ConfigDatabase.FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    NativeSqlite.prepare(databaseDirectory);
    try (Connection connection = ConfigDatabase.connect(file)) {
      return read(file, connection);
    } catch (SQLException e) {
      throw StorageException.of(file.toString(), e);
    }
  }

  static Optional<StoredConfig> read(Path file, Connection connection)
      throws SQLException, StorageException {
    if (ConfigDatabase.versionOf(file, connection) == 0) {
      return Optional.empty();
    }
    byte[] device = null;
    SortedMap<String, byte[]> routers = new TreeMap<>();
    try (PreparedStatement select =
            connection.prepareStatement("SELECT tree, cbor, sha256 FROM tree");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        String tree = rows.getString(1);
        byte[] cbor = rows.getBytes(2);
        if (!Arrays.equals(sha256(cbor), rows.getBytes(3))) {
          throw StorageException.damaged(file.toString(), new SQLException("hash of " + tree));
        }
        if (tree.equals(DEVICE)) {
          device = cbor;
        } else {
          routers.put(tree.substring(ROUTER.length()), cbor);
        }
      }
    }
    return device == null
        ? Optional.empty()
        : Optional.of(new StoredConfig(lastTransaction(connection), device, routers));
  }

  static long lastTransaction(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("SELECT coalesce(max(id), 0) FROM history");
        ResultSet rows = select.executeQuery()) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
