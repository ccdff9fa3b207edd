package io.vireo.vr.control;

import io.vireo.drivers.linux.LinuxException;
import io.vireo.drivers.linux.PeerCredentials;
import io.vireo.drivers.linux.UnixSocket;
import io.vireo.records.router.RouterRoot;
import io.vireo.vr.VirtualRouter;
import io.vireo.vr.state.StatePublisher;
import io.vireo.wire.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Listens for the manager. Connections of other users are closed without a word.
public final class ControlServer implements AutoCloseable {
  private static final int BACKLOG = 4;
  private static final int ROOT = 0;

  private final VirtualRouter router;
  private final RouterControlState state;
  private final StatePublisher publisher;
  private final int managerUid;
  private final Bytes sidHash;
  private final Runnable onShutDown;
  private final UnixSocket listener;
  private final Set<ControlSession> sessions = ConcurrentHashMap.newKeySet();

  private ControlServer(
      VirtualRouter router,
      UnixSocket listener,
      int managerUid,
      Bytes sidHash,
      Consumer<RouterRoot> onApplied,
      Runnable onShutDown) {
    this.router = router;
    this.state = new RouterControlState(router, onApplied);
    this.publisher = new StatePublisher(router);
    this.listener = listener;
    this.managerUid = managerUid;
    this.sidHash = sidHash;
    this.onShutDown = onShutDown;
  }

  /// Starts to listen.
  ///
  /// @param path must not exist; its folder decides who gets as far as SO_PEERCRED
  /// @param managerUid the user that may connect, besides root
  /// @param sidHash hash of the SID files this build was made with
  /// @param onApplied told of each configuration that came into force, for those beside the data
  ///   plane that read it too; must not throw
  /// @param onShutDown called when the manager asks the process to end
  public static ControlServer start(
      VirtualRouter router,
      Path path,
      int managerUid,
      Bytes sidHash,
      Consumer<RouterRoot> onApplied,
      Runnable onShutDown)
      throws LinuxException {
    UnixSocket listener = UnixSocket.listen(path, UnixSocket.Type.STREAM, BACKLOG);
    ControlServer server =
        new ControlServer(router, listener, managerUid, sidHash, onApplied, onShutDown);
    Thread.ofPlatform().daemon().name("control-accept").start(server::accept);
    return server;
  }

  VirtualRouter router() {
    return router;
  }

  RouterControlState state() {
    return state;
  }

  StatePublisher publisher() {
    return publisher;
  }

  Bytes sidHash() {
    return sidHash;
  }

  void requestShutDown() {
    onShutDown.run();
  }

  private void accept() {
    while (true) {
      UnixSocket connection;
      try {
        connection = listener.accept();
      } catch (LinuxException closed) {
        return;
      }
      Thread.ofPlatform().daemon().name("control").start(() -> serve(connection));
    }
  }

  private void serve(UnixSocket connection) {
    try {
      PeerCredentials peer = connection.peerCredentials();
      if (peer.uid() != managerUid && peer.uid() != ROOT) {
        return;
      }
      ControlSession session = new ControlSession(this, new ControlChannel(connection));
      sessions.add(session);
      try {
        session.run();
      } finally {
        sessions.remove(session);
      }
    } catch (IOException ended) {
      // A manager that dies or breaks the protocol ends its session; the router goes on.
    } finally {
      connection.close();
    }
  }

  /// Stops listening and ends the sessions; the router goes on.
  @Override
  public void close() {
    listener.close();
    sessions.forEach(ControlSession::close);
  }
}
