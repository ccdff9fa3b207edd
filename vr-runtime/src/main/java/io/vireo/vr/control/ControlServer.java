package io.vireo.vr.control;

import io.vireo.drivers.linux.LinuxException;
import io.vireo.drivers.linux.PeerCredentials;
import io.vireo.drivers.linux.UnixSocket;
import io.vireo.vr.VirtualRouter;
import io.vireo.vr.state.StatePublisher;
import io.vireo.wire.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Listens for the manager. Connections of other users are closed without a word.
public final class ControlServer implements AutoCloseable {
  private static final int BACKLOG = 4;
  private static final int ROOT = 0;
  private static final long ACCEPT_PAUSE_NS = 100_000_000L;

  /// As many wait for a slow manager; then the oldest are lost, and `get` still tells the state.
  private static final int NOTIFICATIONS = 1024;

  private final Map<String, String> portTokens = new ConcurrentHashMap<>();
  private final VirtualRouter router;
  private final RouterControlState state;
  private final StatePublisher publisher;
  private final int managerUid;
  private final Bytes sidHash;
  private final RouterProcess process;
  private final UnixSocket listener;
  private final Set<ControlSession> sessions = ConcurrentHashMap.newKeySet();
  private final Set<Bytes> foreignSids = ConcurrentHashMap.newKeySet();
  private final ThreadPoolExecutor notifier =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(NOTIFICATIONS),
          Thread.ofPlatform().daemon().name("control-notify").factory(),
          new ThreadPoolExecutor.DiscardOldestPolicy());

  private volatile boolean closed;

  private ControlServer(
      VirtualRouter router,
      UnixSocket listener,
      int managerUid,
      Bytes sidHash,
      RouterProcess process) {
    this.router = router;
    this.state = new RouterControlState(router, process::onApplied);
    this.publisher = new StatePublisher(router, process::socketAccess);
    this.listener = listener;
    this.managerUid = managerUid;
    this.sidHash = sidHash;
    this.process = process;
  }

  /// Starts to listen.
  ///
  /// @param path must not exist; its folder decides who gets as far as SO_PEERCRED
  /// @param managerUid the user that may connect, besides root
  /// @param sidHash hash of the SID files this build was made with
  /// @param process what the router runs in
  public static ControlServer start(
      VirtualRouter router, Path path, int managerUid, Bytes sidHash, RouterProcess process)
      throws LinuxException {
    UnixSocket listener = UnixSocket.listen(path, UnixSocket.Type.STREAM, BACKLOG);
    ControlServer server = new ControlServer(router, listener, managerUid, sidHash, process);
    router.watchLinks(server::onLinkChange);
    Thread.ofPlatform().daemon().name("control-accept").start(server::accept);
    return server;
  }

  /// What managers said with the ports that they gave, by port.
  Map<String, String> portTokens() {
    return portTokens;
  }

  VirtualRouter router() {
    return router;
  }

  RouterControlState state() {
    return state;
  }

  RouterProcess process() {
    return process;
  }

  StatePublisher publisher() {
    return publisher;
  }

  Bytes sidHash() {
    return sidHash;
  }

  void requestShutDown() {
    process.shutDown();
  }

  /// The manager was built with other SID files: what one side does not know it skips.
  void onForeignSids(@Nullable String product, Bytes theirs) {
    if (foreignSids.add(theirs)) {
      process.log(
          (product == null ? "the manager" : product)
              + " was built with other SID files than this router ("
              + theirs
              + "); nodes that only one of them knows are skipped");
    }
  }

  /// On the worker, which must not wait for a manager to read.
  private void onLinkChange(String name, boolean up, @Nullable String reason) {
    notifier.execute(() -> sessions.forEach(session -> session.notifyLinkChange(name, up, reason)));
  }

  private void accept() {
    while (true) {
      UnixSocket connection;
      try {
        connection = listener.accept();
      } catch (LinuxException failed) {
        if (closed) {
          return;
        }
        // Out of descriptors or memory: the manager waits in the backlog until there are some.
        LockSupport.parkNanos(ACCEPT_PAUSE_NS);
        continue;
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
    closed = true;
    router.watchLinks((name, up, reason) -> {});
    listener.close();
    sessions.forEach(ControlSession::close);
    notifier.shutdownNow();
  }
}
