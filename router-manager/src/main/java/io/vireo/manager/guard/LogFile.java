package io.vireo.manager.guard;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/// What a process prints, in a folder that only root changes: the process has the open file, so it
/// can add to it and do nothing else. One older file is kept beside it.
final class LogFile {
  /// A folder of logs has at most twice that for each process, and what a second adds.
  static final long MAX_BYTES = 16L << 20;

  private LogFile() {}

  /// Makes the file, which others can't read, where it is missing.
  static void create(Path file) throws IOException {
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
    } catch (FileAlreadyExistsException there) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    }
  }

  /// Moves the content of every file that grew beyond a bound to the older one. Processes go on
  /// writing, at the file's new end; lines that come between copy and cut are lost.
  static void rotate(Path folder, long maxBytes) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.log")) {
      for (Path file : files) {
        if (Files.size(file) > maxBytes) {
          Path older = file.resolveSibling(file.getFileName() + ".1");
          Files.copy(file, older, StandardCopyOption.REPLACE_EXISTING);
          create(older);
          try (FileChannel cut = FileChannel.open(file, StandardOpenOption.WRITE)) {
            cut.truncate(0);
          }
        }
      }
    }
  }
}
