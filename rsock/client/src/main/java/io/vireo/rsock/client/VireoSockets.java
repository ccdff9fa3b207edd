package io.vireo.rsock.client;

import io.vireo.rsock.client.rules.RulesFile;
import io.vireo.rsock.client.rules.SocketRules;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Opens sockets, each in the router that it shall live in. The entry to this package.
///
/// ```java
/// try (VireoSockets sockets = VireoSockets.system();
///     RsockDatagramSocket inside = sockets.open(Router.named("blue"));
///     RsockDatagramSocket outside = sockets.open(Router.KERNEL);
///     RsockDatagramSocket moving = sockets.openByRules()) {
/// ```
///
/// Thread-safe. One connection per virtual router is made at the first socket there, and made again
/// after the router was away.
public final class VireoSockets implements Closeable {
  private final RsockSettings settings;
  private final @Nullable RulesFile rulesFile;
  private final SocketRules noRules;
  private final Map<Router.Named, VrConnection> connections = new HashMap<>();
  private boolean closed;

  private VireoSockets(RsockSettings settings, @Nullable RulesFile rulesFile) {
    this.settings = settings;
    this.rulesFile = rulesFile;
    this.noRules = new SocketRules(List.of(), settings.otherwise());
  }

  /// As the environment says; see [RsockSettings#of].
  public static VireoSockets system() throws IOException {
    return open(RsockSettings.of(System.getenv()));
  }

  /// Reads the rules file, if there is one, and watches it.
  public static VireoSockets open(RsockSettings settings) throws IOException {
    Path file = settings.rulesFile();
    return new VireoSockets(
        settings, file == null ? null : RulesFile.open(file, settings.otherwise()));
  }

  /// An IPv4 UDP socket in `router`; it stays there, and dies with it.
  public RsockDatagramSocket open(Router router) throws IOException {
    return open(router, StandardProtocolFamily.INET);
  }

  /// A UDP socket in `router`; it stays there, and dies with it.
  public RsockDatagramSocket open(Router router, ProtocolFamily family) throws IOException {
    return switch (router) {
      case Router.Kernel kernel -> KernelDatagramSocket.open(family);
      case Router.Named named -> VrDatagramSocket.open(connection(named), family);
    };
  }

  /// An IPv4 UDP socket that lives where the rules say, and moves when they change.
  public RebindingDatagramSocket openByRules() {
    return openByRules(StandardProtocolFamily.INET);
  }

  /// A UDP socket that lives where the rules say, and moves when they change.
  public RebindingDatagramSocket openByRules(ProtocolFamily family) {
    return new RebindingDatagramSocket(this, this::choose, family);
  }

  /// A UDP socket in `router` that is opened again, on the same address, when the router comes back
  /// after it was away.
  public RebindingDatagramSocket openLasting(Router router) {
    return new RebindingDatagramSocket(this, endpoint -> router, StandardProtocolFamily.INET);
  }

  /// Where the rules now put a socket to, or bound to, `endpoint`.
  public Router choose(InetSocketAddress endpoint) {
    RulesFile file = rulesFile;
    SocketRules rules = file == null ? noRules : file.rules();
    return rules.choose(settings.program(), endpoint);
  }

  void onRulesChange(Consumer<SocketRules> listener) {
    if (rulesFile != null) {
      rulesFile.onChange(listener);
    }
  }

  void forget(Consumer<SocketRules> listener) {
    if (rulesFile != null) {
      rulesFile.forget(listener);
    }
  }

  private synchronized VrConnection connection(Router.Named router) throws IOException {
    if (closed) {
      throw new IOException("these sockets are closed");
    }
    VrConnection connection = connections.get(router);
    if (connection == null || !connection.isOpen()) {
      connection = VrConnection.open(router, settings.socketOf(router));
      connections.put(router, connection);
    }
    return connection;
  }

  /// Closes all sockets in virtual routers; those in the kernel are their owner's.
  @Override
  public void close() throws IOException {
    if (rulesFile != null) {
      rulesFile.close();
    }
    synchronized (this) {
      closed = true;
      connections.values().forEach(VrConnection::close);
      connections.clear();
    }
  }
}
