package io.vireo.manager.guard;

import io.vireo.manager.StateFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes the folders of [StateFolder] with their owners and modes, and keeps a second guard out.
final class StateFolders {
  private static final int ROOT = 0;

  /// No router's name begins so.
  private static final String ASIDE = ".";

  private static final String GROUP_ID_AND_MODE = "unix:mode";
  private static final int SETGID_2711 = 02711;

  private final StateFolder state;
  private final SystemAccount manager;
  private final SystemAccount router;
  private final Consumer<String> say;

  /// Kept here since a lock nobody refers to is closed by the collector.
  private @Nullable FileLock lock;

  StateFolders(
      StateFolder state, SystemAccount manager, SystemAccount router, Consumer<String> say) {
    this.state = state;
    this.manager = manager;
    this.router = router;
    this.say = say;
  }

  /// Makes what is missing and puts modes right.
  void prepare() throws StartupException {
    try {
      folder(state.root(), ROOT, ROOT, "rwx--x--x");
      folder(state.data(), manager.uid(), manager.gid(), "rwx------");
      folder(state.guard(), ROOT, ROOT, "rwx------");
      folder(state.log(), ROOT, ROOT, "rwx--x--x");
      folder(managerLog(), manager.uid(), manager.gid(), "rwx------");
      folder(state.run(), ROOT, ROOT, "rwx--x--x");
      folder(state.handover(), ROOT, manager.gid(), "rwxr-x---");
      folder(state.routers(), ROOT, ROOT, "rwx--x--x");
    } catch (IOException failed) {
      throw new StartupException(
          "--state " + state.root() + ": can't make " + failed.getMessage(), failed);
    }
    Path closed = closedAncestor();
    if (closed != null) {
      throw new StartupException(
          "--state "
              + state.root()
              + ": the processes' own users can't enter "
              + closed
              + "; choose another folder or chmod o+x "
              + closed);
    }
  }

  /// The folder of a router's sockets, emptied; owned so that only the manager reaches
  /// control.sock.
  Path prepareRouter(String name) throws IOException {
    Path folder = state.router(name);
    removeRouter(name);
    Files.createDirectory(folder);
    Files.setAttribute(folder, "unix:uid", router.uid());
    Files.setAttribute(folder, "unix:gid", manager.gid());
    Files.setAttribute(folder, GROUP_ID_AND_MODE, SETGID_2711);
    folder(routerLog(name), router.uid(), router.gid(), "rwx------");
    return folder;
  }

  /// Clears a router's folder away. Its processes' user owns it and may hinder its removal, so it
  /// first gets another name, which only root can give: the old one is free in any case.
  void removeRouter(String name) throws IOException {
    Path folder = state.router(name);
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Path aside = state.routers().resolve(ASIDE + name + "." + System.nanoTime());
    Files.move(folder, aside, StandardCopyOption.ATOMIC_MOVE);
    removeOrSay(aside);
  }

  /// Removes sockets and folders of routers that an earlier run left.
  void removeLeftovers() throws IOException {
    Files.deleteIfExists(state.guardSocket());
    try (DirectoryStream<Path> routers = Files.newDirectoryStream(state.routers())) {
      routers.forEach(this::removeOrSay);
    }
  }

  private void removeOrSay(Path folder) {
    try {
      FolderRemoval.remove(state.routers(), folder.getFileName().toString());
    } catch (IOException | DirectoryIteratorException failed) {
      say.accept(folder + " is left behind: " + failed.getMessage());
    }
  }

  /// Keeps what the processes print within bounds.
  void rotateLogs() throws IOException {
    LogFile.rotate(state.log(), LogFile.MAX_BYTES);
  }

  Path managerLog() {
    return state.log().resolve("manager");
  }

  Path routerLog(String name) {
    return state.log().resolve("vr-" + name);
  }

  /// Whether no manager ever served here: until then the first user's credentials may be unknown to
  /// everybody, though the datastore has the user.
  boolean firstStart() {
    return !Files.exists(servedMarker());
  }

  /// Remembers that a manager served.
  void markServed() throws IOException {
    if (firstStart()) {
      Files.createFile(servedMarker());
    }
  }

  private Path servedMarker() {
    return state.guard().resolve("served");
  }

  /// Keeps a second guard off this state; the lock goes with the process.
  void lock() throws StartupException {
    Path file = state.guard().resolve("lock");
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      lock = channel.tryLock();
      if (lock != null) {
        return;
      }
    } catch (IOException failed) {
      throw new StartupException("lock " + file + ": " + failed.getMessage(), failed);
    }
    throw new StartupException(
        "--state " + state.root() + " is in use by another vireo: end it, or give another folder");
  }

  private @Nullable Path closedAncestor() throws StartupException {
    try {
      Path real = state.root().toRealPath();
      for (Path each = real.getParent(); each != null; each = each.getParent()) {
        if (!Files.getPosixFilePermissions(each).contains(PosixFilePermission.OTHERS_EXECUTE)) {
          return each;
        }
      }
      return null;
    } catch (IOException failed) {
      throw new StartupException("--state " + state.root() + ": " + failed.getMessage(), failed);
    }
  }

  private static void folder(Path path, int uid, int gid, String mode) throws IOException {
    Files.createDirectories(path);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    Files.setAttribute(path, "unix:uid", uid);
    Files.setAttribute(path, "unix:gid", gid);
  }
}
