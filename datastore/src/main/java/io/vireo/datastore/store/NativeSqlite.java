package io.vireo.datastore.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Where SQLite's native library comes from. The launcher unpacks it once, at build time, and names
/// it with `org.sqlite.lib.path` and `org.sqlite.lib.name`. Without these it is unpacked below the
/// database's own folder, into a directory that only this user may enter: unpacked into a folder
/// that others may write to, it could be swapped before it is loaded.
final class NativeSqlite {
  private static final String PATH = "org.sqlite.lib.path";
  private static final String UNPACK_INTO = "org.sqlite.tmpdir";

  private NativeSqlite() {}

  /// To be called before SQLite is first used.
  static void prepare(Path databaseDirectory) {
    if (System.getProperty(PATH) != null || System.getProperty(UNPACK_INTO) != null) {
      return;
    }
    try {
      Path folder = databaseDirectory.toAbsolutePath().resolve("native");
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      System.setProperty(UNPACK_INTO, folder.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "SQLite's native library can't be unpacked below " + databaseDirectory, e);
    }
  }
}
