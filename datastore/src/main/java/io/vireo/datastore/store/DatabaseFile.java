package io.vireo.datastore.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Set;
import org.sqlite.JDBC;

/// The database as a file: its place, who may read it, how it is opened.
final class DatabaseFile {
  static final String NAME = "vireo.db";

  private DatabaseFile() {}

  /// Makes the file and its folder, where they are absent.
  static Path make(Path directory) throws StorageException {
    Path file = directory.resolve(NAME);
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
    return file;
  }

  private static FileAttribute<Set<PosixFilePermission>> permissions(String text) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
  }

  /// Opens it, for this process alone.
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

  /// The format of its tables; refused where a newer Vireo wrote it.
  static int version(Path file, Connection connection) throws SQLException, StorageException {
    int version = Tables.version(connection);
    if (version > Tables.VERSION) {
      throw new StorageException(
          StorageException.Fault.NEWER,
          file
              + " was written by a newer Vireo (format "
              + version
              + ", this one knows "
              + Tables.VERSION
              + "); start that one");
    }
    return version;
  }
}
