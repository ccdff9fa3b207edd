package io.vireo.rsock.server;

import io.vireo.drivers.linux.Errno;
import io.vireo.drivers.linux.LinuxException;
import io.vireo.drivers.linux.PeerCredentials;
import io.vireo.drivers.linux.UnixSocket;
import io.vireo.rsock.server.access.AccessControl;
import io.vireo.rsock.server.access.AccessRules;
import io.vireo.rsock.server.access.HostAccounts;
import io.vireo.rsock.server.access.Peer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Serves the virtual router's sockets to programs on one unix socket.
///
/// Everybody may connect to it; [AccessControl] decides who stays.
public final class RsockServer implements Closeable {
  private static final int BACKLOG = 128;

  private final Path path;
  private final UnixSocket listening;
  private final RouterSockets router;
  private final AccessControl access;
  private final Consumer<RsockEvent> events;
  private final ServerLimits limits;
  private final Set<ClientConnection> connections = ConcurrentHashMap.newKeySet();
  private volatile boolean open = true;

  private RsockServer(
      Path path,
      UnixSocket listening,
      RouterSockets router,
      Supplier<AccessRules> rules,
      Consumer<RsockEvent> events,
      ServerLimits limits) {
    this.path = path;
    this.listening = listening;
    this.router = router;
    this.access = new AccessControl(rules, events);
    this.events = events;
    this.limits = limits;
  }

  /// Listens at `path` and serves until [#close].
  ///
  /// @param rules the rules in force, asked for at each decision
  /// @param events told on the connections' threads
  public static RsockServer start(
      Path path,
      RouterSockets router,
      Supplier<AccessRules> rules,
      Consumer<RsockEvent> events,
      ServerLimits limits)
      throws IOException {
    removeStale(path);
    UnixSocket listening = UnixSocket.listen(path, UnixSocket.Type.STREAM, BACKLOG);
    try {
      // Who may do what is decided by rules; a file mode cannot name users.
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
    } catch (IOException e) {
      listening.close();
      throw e;
    }
    RsockServer server = new RsockServer(path, listening, router, rules, events, limits);
    Thread.ofPlatform().daemon().name("rsock-accept").start(server::accept);
    return server;
  }

  /// Counters of the access rules.
  public AccessControl access() {
    return access;
  }

  /// Programs that are connected now.
  public int connections() {
    return connections.size();
  }

  /// Ends all connections and removes the socket.
  @Override
  public void close() throws IOException {
    open = false;
    listening.close();
    connections.forEach(ClientConnection::close);
    Files.deleteIfExists(path);
  }

  private void accept() {
    while (open) {
      try {
        UnixSocket socket = listening.accept();
        Thread.ofPlatform().daemon().name("rsock-client").start(() -> serve(socket));
      } catch (LinuxException e) {
        if (!open) {
          return;
        }
        // Out of descriptors or memory: programs wait in the backlog until there are some.
        pause();
      }
    }
  }

  private void serve(UnixSocket socket) {
    try {
      PeerCredentials credentials = socket.peerCredentials();
      Peer peer = identify(credentials);
      if (isFull(peer)) {
        events.accept(new RsockEvent.Refused(peer, null, "connect: too many connections"));
        return;
      }
      ClientConnection connection = new ClientConnection(socket, peer, access, router, limits);
      connections.add(connection);
      if (!open) {
        connection.close();
      }
      try {
        events.accept(
            connection.serve(limits, () -> events.accept(new RsockEvent.Connected(peer))));
      } finally {
        connections.remove(connection);
      }
    } catch (IOException e) {
      // It went before it could be served, or nobody can say who it is.
    } finally {
      socket.close();
    }
  }

  /// Who cannot be named cannot be judged by rules that name users and groups: it is refused.
  private Peer identify(PeerCredentials who) throws IOException {
    try {
      return HostAccounts.lookup(who.pid(), who.uid(), who.gid());
    } catch (IOException e) {
      Peer unnamed = new Peer(Integer.toUnsignedString(who.uid()), who.uid(), Set.of(), who.pid());
      events.accept(new RsockEvent.Refused(unnamed, null, "connect: " + e.getMessage()));
      throw e;
    }
  }

  private boolean isFull(Peer peer) {
    long ofUser = connections.stream().filter(c -> c.peer().uid() == peer.uid()).count();
    return connections.size() >= limits.connections() || ofUser >= limits.connectionsPerUser();
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Removes a socket that a dead process left; refuses to take one that somebody serves.
  private static void removeStale(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try {
      UnixSocket.connect(path, UnixSocket.Type.STREAM).close();
    } catch (LinuxException e) {
      if (e.errno() != Errno.ECONNREFUSED) {
        throw e;
      }
      Files.delete(path);
      return;
    }
    throw new IOException(path + " is served by another process; end it, or choose another path");
  }
}
