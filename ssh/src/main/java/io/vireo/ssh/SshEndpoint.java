package io.vireo.ssh;

import io.vireo.datastore.api.UserDirectory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The SSH endpoint of the router manager: listens until it is closed. See the package's page.
public final class SshEndpoint implements AutoCloseable {
  private static final int HASHING_THREADS = 2;
  private static final int HASHING_QUEUE = 256;

  private final ThreadPoolExecutor hashing;
  private final ScheduledExecutorService clock;
  private final UserDirectory users;
  private final KeyPair hostKey;
  private final SessionRegister register;
  private final LoginThrottle throttle;
  private final List<ListenerServer> servers = new ArrayList<>();
  private final List<ListenerServer> retired = new ArrayList<>();
  private SshSettings settings;
  private @Nullable ScheduledFuture<?> watch;

  private SshEndpoint(SshSettings settings, UserDirectory users) throws IOException {
    this.settings = settings;
    this.users = users;
    hostKey = HostKey.loadOrCreate(settings.hostKeyFile());
    register = new SessionRegister(settings.limits());
    throttle = new LoginThrottle(settings.throttle());
    hashing =
        new ThreadPoolExecutor(
            HASHING_THREADS,
            HASHING_THREADS,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(HASHING_QUEUE),
            Thread.ofPlatform().daemon().name("ssh-login-", 0).factory());
    hashing.allowCoreThreadTimeOut(true);
    clock =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("ssh-keepalive").factory());
  }

  /// Opens all listeners, or none: the error names what can't be opened and the fix.
  public static SshEndpoint open(
      SshSettings settings, UserDirectory users, List<SshListener> listeners) throws IOException {
    SshEndpoint endpoint = new SshEndpoint(settings, users);
    try {
      endpoint.prepare(settings, listeners).apply();
      return endpoint;
    } catch (IOException | RuntimeException e) {
      endpoint.close();
      throw e;
    }
  }

  /// A change that can be made: it is applied or aborted, exactly once.
  public interface Change {
    /// Makes it. Sessions stay as they are, also those of listeners that go.
    void apply();

    /// Forgets it.
    void abort();
  }

  /// Prepares other settings and listeners: what is new is bound, and nothing else happens. The
  /// error names what can't be and the fix. One change at a time.
  ///
  /// @param wanted a listener whose address is known takes the place of the one that is there
  public synchronized Change prepare(SshSettings newSettings, List<SshListener> wanted)
      throws IOException {
    for (SshListener listener : wanted) {
      try {
        AlgorithmPolicy.of(listener.transport(), listener.transport().keysOr(hostKey));
      } catch (IOException wrong) {
        throw new IOException(listener.name() + ": " + wrong.getMessage(), wrong);
      }
    }
    Preparation change = new Preparation(newSettings);
    List<ListenerServer> leaving = new ArrayList<>(servers);
    List<SshListener> added = new ArrayList<>();
    for (SshListener listener : wanted) {
      ListenerServer known = take(leaving, listener);
      if (known == null) {
        added.add(listener);
      } else {
        change.kept.put(known, listener);
      }
    }
    change.leaving.addAll(leaving);
    try {
      for (SshListener listener : added) {
        change.bind(listener);
      }
    } catch (IOException | RuntimeException e) {
      change.abort();
      throw e;
    }
    return change;
  }

  private static @Nullable ListenerServer take(List<ListenerServer> from, SshListener listener) {
    for (Iterator<ListenerServer> servers = from.iterator(); servers.hasNext(); ) {
      ListenerServer each = servers.next();
      if (each.listener().address().equals(listener.address())
          && (listener.address().getPort() != 0 || each.name().equals(listener.name()))) {
        servers.remove();
        return each;
      }
    }
    return null;
  }

  private final class Preparation implements Change {
    private final SshSettings newSettings;
    private final Map<ListenerServer, SshListener> kept = new LinkedHashMap<>();
    private final List<ListenerServer> leaving = new ArrayList<>();
    private final List<ListenerServer> bound = new ArrayList<>();
    // They had the port in another way: all addresses for one, or one for all.
    private final List<ListenerServer> displaced = new ArrayList<>();

    Preparation(SshSettings newSettings) {
      this.newSettings = newSettings;
    }

    void bind(SshListener listener) throws IOException {
      for (ListenerServer each : leaving) {
        if (each.listener().address().getPort() == listener.address().getPort()
            && listener.address().getPort() != 0
            && !displaced.contains(each)) {
          each.unbind();
          displaced.add(each);
        }
      }
      ListenerServer server =
          new ListenerServer(
              listener,
              new ListenerServer.Shared(newSettings, hostKey, users, throttle, register, hashing));
      bound.add(server);
      server.start();
    }

    @Override
    public void apply() {
      synchronized (SshEndpoint.this) {
        settings = newSettings;
        register.limit(settings.limits());
        throttle.limit(settings.throttle());
        kept.forEach((server, listener) -> {
          try {
            server.be(listener, settings, hostKey);
          } catch (IOException mistake) {
            throw new IllegalStateException(mistake); // it was checked
          }
        });
        servers.removeAll(leaving);
        servers.addAll(bound);
        servers.forEach(ListenerServer::serve);
        retired.removeIf(ListenerServer::endIfEmpty);
        retired.addAll(leaving);
        leaving.forEach(ListenerServer::retire);
        watchAsNeeded();
      }
    }

    @Override
    public void abort() {
      synchronized (SshEndpoint.this) {
        for (ListenerServer server : bound) {
          try {
            server.stop();
          } catch (IOException unbound) {
            continue; // it served nobody
          }
        }
        for (ListenerServer server : displaced) {
          try {
            if (servers.contains(server)) {
              server.start();
            }
          } catch (IOException taken) {
            Audit.failure(server.name(), "-", "-", taken); // somebody was quicker
          }
        }
      }
    }
  }

  /// Nothing wakes up where nobody is to be asked.
  private void watchAsNeeded() {
    boolean needed =
        Stream.concat(servers.stream(), retired.stream())
            .anyMatch(each -> each.listener().transport().keepalive() != null);
    ScheduledFuture<?> watching = watch;
    if (needed && watching == null) {
      watch = clock.scheduleWithFixedDelay(this::watchAll, 1, 1, TimeUnit.SECONDS);
    } else if (!needed && watching != null) {
      watching.cancel(false);
      watch = null;
    }
  }

  private void watchAll() {
    List<ListenerServer> all;
    synchronized (this) {
      all = new ArrayList<>(servers);
      all.addAll(retired);
    }
    for (ListenerServer server : all) {
      try {
        server.watch();
      } catch (RuntimeException mistake) {
        Audit.failure(server.name(), "-", "-", mistake); // or nobody would be watched any more
      }
    }
  }

  /// Where the first listener of that name listens: tells the port that the kernel chose.
  public synchronized InetSocketAddress address(String listener) {
    Optional<ListenerServer> found =
        servers.stream().filter(each -> each.name().equals(listener)).findFirst();
    return found
        .orElseThrow(() ->
            new IllegalArgumentException(
                "no SSH listener is called "
                    + listener
                    + ": there are "
                    + servers.stream().map(ListenerServer::name).toList()))
        .address();
  }

  /// Open connections, logged in or not.
  public int connections() {
    return register.openConnections();
  }

  /// Stops listening and ends every connection. Doors see the end of their input.
  @Override
  public synchronized void close() throws IOException {
    List<IOException> failures = new ArrayList<>();
    servers.addAll(retired);
    for (ListenerServer server : servers) {
      try {
        server.stop();
      } catch (IOException e) {
        failures.add(e);
      }
    }
    servers.clear();
    retired.clear();
    clock.shutdownNow();
    hashing.shutdown();
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }
}
