package io.vireo.manager.guard;

import io.vireo.manager.FirstUser;
import io.vireo.manager.StateFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Files from the guard to the manager. Their folder is root's: the manager reads and cannot put a
/// link where root is about to write or to change an owner.
final class Handover {
  private final StateFolder state;
  private final int managerGid;

  Handover(StateFolder state, int managerGid) {
    this.state = state;
    this.managerGid = managerGid;
  }

  /// Credentials that an earlier guard handed over and never told; null: there are none.
  @Nullable FirstUser untoldUser() throws IOException {
    try {
      return FirstUser.read(state.firstUser());
    } catch (IllegalArgumentException halfWritten) {
      return null;
    }
  }

  void giveFirstUser(byte[] content) throws IOException {
    give(state.firstUser(), content);
  }

  void giveBootConfig(byte[] content) throws IOException {
    give(state.bootConfig(), content);
  }

  /// Takes everything back.
  void clear() throws IOException {
    clearConfig();
    Files.deleteIfExists(state.firstUser());
  }

  void clearConfig() throws IOException {
    Files.deleteIfExists(state.bootConfig());
  }

  private void give(Path file, byte[] content) throws IOException {
    Files.deleteIfExists(file);
    try (WritableByteChannel out =
        Files.newByteChannel(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        out.write(rest);
      }
    }
    // By path, which only root can change: see StateFolders.prepare.
    Files.setAttribute(file, "unix:gid", managerGid);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
  }
}
