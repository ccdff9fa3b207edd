package io.vireo.drivers.memif;

import io.vireo.drivers.Port;
import io.vireo.drivers.QueuedPort;
import io.vireo.drivers.linux.UnixSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// A port over memory shared with another process. See the package.
public final class MemifPort extends QueuedPort implements MemifControl.Listener {
  private final MemifConfig config;
  private final MemifQueue[] queues;
  private final MemifControl control;
  private final Object ending = new Object();
  private volatile @Nullable MemifConnection published;
  private boolean closed;

  private MemifPort(MemifConfig config, @Nullable UnixSocket given) throws IOException {
    this.config = config;
    this.queues = new MemifQueue[config.queues()];
    int made = 0;
    try {
      while (made < queues.length) {
        queues[made] = new MemifQueue(this, made);
        made++;
      }
      this.control = new MemifControl(config, given, this);
    } catch (IOException | RuntimeException refused) {
      for (int i = 0; i < made; i++) {
        queues[i].close();
      }
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
  public void onConnection(MemifConnection connection) {
    synchronized (ending) {
      if (closed) {
        return;
      }
      published = connection;
      for (MemifQueue each : queues) {
        each.onChange();
      }
    }
  }

  @Override
  public void onEnd(MemifConnection connection) {
    synchronized (ending) {
      published = null;
      if (closed) {
        connection.close(); // no worker uses it
        return;
      }
      for (MemifQueue each : queues) {
        each.onEnd(connection);
      }
    }
  }

  /// What the queues are to use now.
  @Nullable MemifConnection connection() {
    return published;
  }

  /// A queue's worker saw what cannot be.
  void drop(String fault) {
    published = null;
    control.drop("the peer broke the rules: " + fault);
  }

  @Override
  public int queueCount() {
    return queues.length;
  }

  @Override
  public Port queue(int number) {
    return queues[number];
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

  @Override
  public @Nullable String linkReason() {
    return control.reason();
  }

  @Override
  public void close() {
    try {
      control.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } finally {
      synchronized (ending) {
        closed = true; // the connection there is, if any, is closed when its conversation ends
        published = null;
        for (MemifQueue each : queues) {
          each.close();
        }
      }
    }
  }
}
