package io.vireo.ssh;

import io.vireo.datastore.api.UserDirectory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The SSH endpoint of the router manager: listens until it is closed. See the package's page.
public final class SshEndpoint implements AutoCloseable {
  private static final int HASHING_THREADS = 2;
  private static final int HASHING_QUEUE = 256;

  private final ThreadPoolExecutor hashing;
  private final SessionRegister register;
  private final Map<String, ListenerServer> servers = new LinkedHashMap<>();

  private SshEndpoint(SshSettings settings) {
    register = new SessionRegister(settings.limits());
    hashing =
        new ThreadPoolExecutor(
            HASHING_THREADS,
            HASHING_THREADS,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(HASHING_QUEUE),
            Thread.ofPlatform().daemon().name("ssh-login-", 0).factory());
    hashing.allowCoreThreadTimeOut(true);
  }

  /// Opens all listeners, or none: the error names what can't be opened and the fix.
  ///
  /// @param listeners each with a name of its own
  public static SshEndpoint open(
      SshSettings settings, UserDirectory users, List<SshListener> listeners) throws IOException {
    KeyPair hostKey = HostKey.loadOrCreate(settings.hostKeyFile());
    SshEndpoint endpoint = new SshEndpoint(settings);
    try {
      LoginThrottle throttle = new LoginThrottle(settings.throttle());
      for (SshListener listener : listeners) {
        ListenerServer server =
            new ListenerServer(
                listener,
                settings,
                hostKey,
                new Authenticator(listener.name(), users, throttle, endpoint.hashing),
                new ConnectionGuard(listener.name(), endpoint.register, throttle));
        if (endpoint.servers.putIfAbsent(listener.name(), server) != null) {
          throw new IOException("two SSH listeners are called " + listener.name());
        }
        server.start();
      }
      return endpoint;
    } catch (IOException | RuntimeException e) {
      endpoint.close();
      throw e;
    }
  }

  /// Where a listener listens: tells the port that the kernel chose.
  public InetSocketAddress address(String listener) {
    ListenerServer server = servers.get(listener);
    if (server == null) {
      throw new IllegalArgumentException(
          "no SSH listener is called " + listener + ": there are " + servers.keySet());
    }
    return server.address();
  }

  /// Open connections, logged in or not.
  public int connections() {
    return register.openConnections();
  }

  /// Stops listening and ends every connection. Doors see the end of their input.
  @Override
  public void close() throws IOException {
    List<IOException> failures = new ArrayList<>();
    for (ListenerServer server : servers.values()) {
      try {
        server.stop();
      } catch (IOException e) {
        failures.add(e);
      }
    }
    servers.clear();
    hashing.shutdown();
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }
}
