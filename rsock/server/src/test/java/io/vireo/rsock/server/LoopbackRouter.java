package io.vireo.rsock.server;

import io.vireo.rsock.server.access.Peer;
import io.vireo.wire.rsock.DatagramHeader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A router of one address, 10.0.0.1, whose sockets reach each other: enough to test the protocol
/// without a data plane. Queues are bounded as the socket layer's are.
final class LoopbackRouter implements RouterSockets {
  static final String ADDRESS = "10.0.0.1";
  static final int QUEUE_DATAGRAMS = 256;

  final Map<Integer, Socket> byPort = new ConcurrentHashMap<>();
  final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger ephemeral = new AtomicInteger(50_000);

  @Override
  public String name() {
    return "blue";
  }

  @Override
  public RouterSocket openUdp(Peer owner, boolean ipv6, Runnable onReadable) {
    open.incrementAndGet();
    return new Socket(onReadable);
  }

  Socket socketAt(int port) {
    return Objects.requireNonNull(byPort.get(port), "no socket at port " + port);
  }

  static InetSocketAddress at(int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(ADDRESS), port);
  }

  final class Socket implements RouterSocket {
    private final Runnable onReadable;
    private final ArrayDeque<byte[]> queue = new ArrayDeque<>();
    private int port;
    int dropped;
    private @Nullable SocketRefusal error;

    Socket(Runnable onReadable) {
      this.onReadable = onReadable;
    }

    @Override
    public InetSocketAddress bind(InetSocketAddress local) throws SocketRefusal {
      if (!local.getAddress().isAnyLocalAddress()
          && !local.getAddress().getHostAddress().equals(ADDRESS)) {
        throw new SocketRefusal(99, "bind to " + local);
      }
      int wanted = local.getPort() == 0 ? ephemeral.getAndIncrement() : local.getPort();
      if (byPort.putIfAbsent(wanted, this) != null) {
        throw new SocketRefusal(SocketRefusal.EADDRINUSE, "bind to " + local);
      }
      port = wanted;
      return new InetSocketAddress(local.getAddress(), port);
    }

    @Override
    public InetSocketAddress connect(InetSocketAddress remote) throws SocketRefusal {
      return port == 0 ? bind(at(0)) : at(port);
    }

    @Override
    public void send(InetSocketAddress destination, ByteBuffer data) throws SocketRefusal {
      if (port == 0) {
        bind(at(0));
      }
      Socket to = byPort.get(destination.getPort());
      if (to == null) {
        throw new SocketRefusal(111, "no socket at " + destination);
      }
      to.arrive(DatagramHeader.payload(at(port), data));
    }

    void arrive(byte[] payload) {
      synchronized (queue) {
        if (queue.size() == QUEUE_DATAGRAMS) {
          dropped++;
        } else {
          queue.add(payload);
        }
      }
      onReadable.run();
    }

    int queued() {
      synchronized (queue) {
        return queue.size();
      }
    }

    void fail(SocketRefusal refusal) {
      synchronized (queue) {
        error = refusal;
      }
      onReadable.run();
    }

    @Override
    public byte @Nullable [] poll() {
      synchronized (queue) {
        return queue.poll();
      }
    }

    @Override
    public @Nullable SocketRefusal takeError() {
      synchronized (queue) {
        SocketRefusal pending = error;
        error = null;
        return pending;
      }
    }

    @Override
    public void close() {
      open.decrementAndGet();
      byPort.remove(port, this);
    }
  }
}
