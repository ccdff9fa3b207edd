package io.vireo.manager.guard;

import io.vireo.drivers.linux.PeerCredentials;
import io.vireo.drivers.linux.UnixSocket;
import io.vireo.manager.life.Loop;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;

/// Where the guard listens for the manager, and for nobody else: the socket's mode keeps others
/// out, and the kernel's word for who connected (SO_PEERCRED) decides.
final class GuardSocket implements Closeable {
  private static final int BACKLOG = 4;
  private static final long SEND_TIMEOUT_MS = 2_000;

  private final UnixSocket listener;
  private final int managerUid;
  private final Consumer<String> log;
  private volatile boolean closed;

  private GuardSocket(UnixSocket listener, int managerUid, Consumer<String> log) {
    this.listener = listener;
    this.managerUid = managerUid;
    this.log = log;
  }

  static GuardSocket open(Path path, SystemAccount manager, Consumer<String> log)
      throws IOException {
    UnixSocket listener = UnixSocket.listen(path, UnixSocket.Type.STREAM, BACKLOG);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
    Files.setAttribute(path, "unix:gid", manager.gid());
    return new GuardSocket(listener, manager.uid(), log);
  }

  /// Accepts sessions on a thread of its own.
  void serve(GuardRequests requests, Loop loop, Guard guard) {
    Thread.ofPlatform()
        .daemon()
        .name("guard-accept")
        .start(() -> {
          while (!closed) {
            accept(requests, loop, guard);
          }
        });
  }

  private void accept(GuardRequests requests, Loop loop, Guard guard) {
    try {
      UnixSocket connection = listener.accept();
      PeerCredentials peer = connection.peerCredentials();
      if (peer.uid() != managerUid) {
        log.accept(
            "refused user " + peer.uid() + " (process " + peer.pid() + ") at the guard's socket");
        connection.close();
        return;
      }
      // The guard's loop writes: a peer that does not read must not stop it.
      connection.setSendTimeoutMs(SEND_TIMEOUT_MS);
      new GuardSession(connection, requests, loop, guard, log).start();
    } catch (IOException failed) {
      if (!closed) {
        log.accept("guard socket: " + failed.getMessage());
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    listener.close();
  }
}
