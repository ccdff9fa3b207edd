package io.vireo.rsock.client;

import io.vireo.rsock.client.rules.SocketRules;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A UDP socket that moves between routers.
///
/// Its *key* is the first address it is given: bound to, connected to, or sent to. The choice for
/// that key says where it lives. When a changed rule says otherwise, the socket is opened on the
/// other side, bound and connected as the program had asked, and the old one is closed; a thread in
/// [#receive] goes on waiting at the new place. Datagrams that waited at the old one are lost.
///
/// When the new side refuses (its router is away, the address is not its own), the socket is
/// nowhere: each call tries again and fails with the reason until one succeeds. The same holds
/// after its router went away: one call fails with ECONNRESET, later ones open it anew.
public final class RebindingDatagramSocket implements RsockDatagramSocket {
  private static final System.Logger LOG =
      System.getLogger(RebindingDatagramSocket.class.getName());

  private final VireoSockets sockets;
  private final Function<InetSocketAddress, Router> choice;
  private final ProtocolFamily family;
  private final Consumer<SocketRules> rulesListener = rules -> onRules();

  // Guarded by this.
  private @Nullable InetSocketAddress key;
  private @Nullable InetSocketAddress bindTo;
  private @Nullable InetSocketAddress connectTo;
  private @Nullable RsockDatagramSocket current;
  private Router router = Router.KERNEL;
  private BiConsumer<Router, Router> moveListener = (from, to) -> {};
  private boolean closed;

  RebindingDatagramSocket(
      VireoSockets sockets, Function<InetSocketAddress, Router> choice, ProtocolFamily family) {
    this.sockets = sockets;
    this.choice = choice;
    this.family = family;
    sockets.onRulesChange(rulesListener);
  }

  /// Calls `listener` with old and new router after each move, on the thread that moved it.
  public synchronized void onMove(BiConsumer<Router, Router> listener) {
    moveListener = listener;
  }

  /// Where the socket lives, or is to live; the kernel before its first address.
  @Override
  public synchronized Router router() {
    return router;
  }

  @Override
  public synchronized void bind(InetSocketAddress local) throws IOException {
    if (bindTo != null) {
      throw new SocketException("bind: the socket is bound to " + bindTo);
    }
    key = key == null ? local : key;
    if (current == null) {
      bindTo = local;
      try {
        open();
      } catch (IOException e) {
        bindTo = null;
        key = null;
        throw e;
      }
    } else {
      current.bind(local);
      bindTo = local;
    }
  }

  @Override
  public synchronized void connect(InetSocketAddress remote) throws IOException {
    key = key == null ? remote : key;
    open().connect(remote);
    connectTo = remote;
  }

  @Override
  public synchronized @Nullable InetSocketAddress localAddress() {
    return current == null ? null : current.localAddress();
  }

  @Override
  public synchronized @Nullable InetSocketAddress remoteAddress() {
    return connectTo;
  }

  @Override
  public void send(ByteBuffer data, InetSocketAddress destination) throws IOException {
    while (true) {
      RsockDatagramSocket used = present(destination);
      try {
        used.send(data.duplicate(), destination);
        data.position(data.limit());
        return;
      } catch (IOException e) {
        if (!hasMovedFrom(used)) {
          throw e;
        }
      }
    }
  }

  @Override
  public @Nullable Datagram receive(Duration timeout) throws IOException {
    long deadlineNs = System.nanoTime() + timeout.toNanos();
    while (true) {
      RsockDatagramSocket used = present(null);
      try {
        return used.receive(Duration.ofNanos(Math.max(0, deadlineNs - System.nanoTime())));
      } catch (IOException e) {
        if (!hasMovedFrom(used)) {
          throw e;
        }
      }
    }
  }

  @Override
  public synchronized boolean isOpen() {
    return !closed;
  }

  @Override
  public void close() throws IOException {
    sockets.forget(rulesListener);
    RsockDatagramSocket last;
    synchronized (this) {
      closed = true;
      last = current;
      current = null;
    }
    if (last != null) {
      last.close();
    }
  }

  private void onRules() {
    Router from;
    Router to;
    BiConsumer<Router, Router> listener;
    synchronized (this) {
      InetSocketAddress endpoint = key;
      RsockDatagramSocket old = current;
      if (closed || endpoint == null || old == null) {
        return; // whoever opens it next asks the rules
      }
      from = old.router();
      to = choice.apply(endpoint);
      if (to.equals(from)) {
        return;
      }
      listener = moveListener;
      current = null;
      try {
        open();
      } catch (IOException e) {
        LOG.log(System.Logger.Level.WARNING, "socket left {0}: {1}", from, e.getMessage());
      }
      closeOld(old);
    }
    listener.accept(from, to);
  }

  private static void closeOld(RsockDatagramSocket old) {
    try {
      old.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "closing a socket that has moved", e);
    }
  }

  private synchronized RsockDatagramSocket present(@Nullable InetSocketAddress destination)
      throws IOException {
    key = key == null ? destination : key;
    if (key == null) {
      throw new SocketException("receive: bind, connect or send first");
    }
    return open();
  }

  /// True when `used`, which just failed, is no longer the socket in use; drops it if it is dead.
  private synchronized boolean hasMovedFrom(RsockDatagramSocket used) {
    if (closed) {
      return false;
    }
    if (!used.equals(current)) {
      return true;
    }
    if (!used.isOpen()) {
      current = null;
    }
    return false;
  }

  /// The socket in use, opened where the choice says when there is none.
  private RsockDatagramSocket open() throws IOException {
    InetSocketAddress endpoint = key;
    if (closed || endpoint == null) {
      throw new SocketException("the socket is closed");
    }
    RsockDatagramSocket present = current;
    if (present != null) {
      return present;
    }
    Router chosen = choice.apply(endpoint);
    router = chosen;
    RsockDatagramSocket opened = sockets.open(chosen, family);
    try {
      if (bindTo != null) {
        opened.bind(bindTo);
      }
      if (connectTo != null) {
        opened.connect(connectTo);
      }
    } catch (IOException e) {
      closeOld(opened);
      throw e;
    }
    current = opened;
    return opened;
  }
}
