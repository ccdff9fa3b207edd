package io.vireo.drivers.memif;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.drivers.Port;
import io.vireo.drivers.PortStatistics;
import io.vireo.drivers.linux.EventDescriptor;
import io.vireo.drivers.linux.UnixSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// A port over memory shared with another process. See the package.
public final class MemifPort implements Port, MemifControl.Listener {
  private final MemifConfig config;
  private final PortStatistics statistics = new PortStatistics();
  private final MemifControl control;
  private final EventDescriptor change;
  private final ConcurrentLinkedQueue<MemifLink> ended = new ConcurrentLinkedQueue<>();
  private volatile @Nullable MemifLink published;
  private @Nullable MemifLink active;
  private boolean closed;

  private MemifPort(MemifConfig config, @Nullable UnixSocket given) throws IOException {
    this.config = config;
    this.change = EventDescriptor.open();
    try {
      this.control = new MemifControl(config, given, statistics, this);
    } catch (IOException | RuntimeException refused) {
      change.close();
      throw refused;
    }
  }

  /// Opens the port: a server's socket is there on return, a link comes when it comes.
  public static MemifPort open(MemifConfig config) throws IOException {
    if (config.socket() == null) {
      throw new IllegalArgumentException("port " + config.name() + " has no control socket");
    }
    return start(config, null);
  }

  /// Opens the port over a conversation with the other end, which it takes over: the link lasts as
  /// long as that.
  public static MemifPort open(MemifConfig config, UnixSocket conversation) throws IOException {
    if (config.socket() != null) {
      throw new IllegalArgumentException("port " + config.name() + " has a control socket");
    }
    return start(config, conversation);
  }

  private static MemifPort start(MemifConfig config, @Nullable UnixSocket given)
      throws IOException {
    MemifPort port = new MemifPort(config, given);
    port.control.start();
    return port;
  }

  @Override
  public void onLink(MemifLink link) {
    synchronized (ended) {
      if (!closed) {
        published = link;
      }
    }
    change.signal();
  }

  @Override
  public void onEnd(MemifLink link) {
    synchronized (ended) {
      published = null;
      if (closed) {
        link.close(); // no worker uses it
      } else {
        ended.add(link);
      }
    }
    change.signal();
  }

  /// The link to use now; one that has ended is given back.
  @SuppressWarnings("ReferenceEquality") // which link it is
  private @Nullable MemifLink current() {
    MemifLink now = published;
    if (now != active) {
      active = now;
      change.drain();
      for (MemifLink over = ended.poll(); over != null; over = ended.poll()) {
        over.close();
      }
    }
    return now;
  }

  @Override
  public String name() {
    return config.name();
  }

  @Override
  public long mac() {
    return config.mac();
  }

  @Override
  public int mtuBytes() {
    return config.mtuBytes();
  }

  @Override
  public boolean linkUp() {
    return published != null;
  }

  /// Why there is no link, or null.
  public @Nullable String reason() {
    return control.reason();
  }

  @Override
  public int receive(PacketVector vector, PacketPool pool, int receivingInterface) {
    MemifLink link = current();
    if (link == null) {
      return 0;
    }
    int count = link.receive(vector, pool, receivingInterface);
    check(link);
    return count;
  }

  @Override
  public void transmit(PacketVector vector, PacketPool pool) {
    MemifLink link = current();
    if (link == null) {
      statistics.transmitDrops += vector.size();
      pool.freeAll(vector);
      return;
    }
    link.transmit(vector, pool);
    check(link);
  }

  private void check(MemifLink link) {
    String fault = link.fault();
    if (fault != null) {
      published = null;
      control.drop("the peer broke the rules: " + fault);
    }
  }

  @Override
  public int pollDescriptor() {
    MemifLink link = current();
    return link == null ? change.fd() : link.signalDescriptor();
  }

  @Override
  public boolean hasPending() {
    MemifLink link = current();
    return link != null && link.hasPending();
  }

  @Override
  public boolean refresh() {
    current();
    return true;
  }

  @Override
  public PortStatistics statistics() {
    return statistics;
  }

  @Override
  public void close() {
    try {
      control.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } finally {
      synchronized (ended) {
        closed = true; // the link there is, if any, is closed when its conversation ends
        published = null;
        for (MemifLink over = ended.poll(); over != null; over = ended.poll()) {
          over.close();
        }
      }
      change.close();
    }
  }
}
