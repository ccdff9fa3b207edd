package io.vireo.manager.guard;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;

/// Removes a folder that another user fills as they like, without leaving it by a link: every step
/// goes through the open folder above (openat(2)), none through a path.
final class FolderRemoval {
  /// Each level holds a descriptor; nothing of ours makes even two.
  private static final int MAX_DEPTH = 32;

  private FolderRemoval() {}

  /// Removes `name` and all below it from `parent`, a folder that only root changes.
  static void remove(Path parent, String name) throws IOException {
    try (DirectoryStream<Path> above = Files.newDirectoryStream(parent)) {
      remove(secure(above, parent), Path.of(name), MAX_DEPTH);
    }
  }

  private static void remove(SecureDirectoryStream<Path> above, Path name, int depth)
      throws IOException {
    if (depth == 0) {
      throw new IOException(name + ": more than " + MAX_DEPTH + " folders inside each other");
    }
    boolean folder;
    try {
      folder =
          above
              .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
              .readAttributes()
              .isDirectory();
    } catch (NoSuchFileException gone) {
      return;
    }
    if (!folder) {
      above.deleteFile(name);
      return;
    }
    try (SecureDirectoryStream<Path> inside =
        above.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
      for (Path each : inside) {
        remove(inside, each.getFileName(), depth - 1);
      }
    }
    above.deleteDirectory(name);
  }

  private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> folder, Path path)
      throws IOException {
    if (folder instanceof SecureDirectoryStream<Path> secure) {
      return secure;
    }
    throw new IOException(path + ": this platform has no openat(2)");
  }
}
