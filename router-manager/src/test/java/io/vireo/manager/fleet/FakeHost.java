package io.vireo.manager.fleet;

import io.vireo.drivers.linux.EventDescriptor;
import io.vireo.drivers.linux.LinuxException;
import io.vireo.manager.launch.RunProfile;
import io.vireo.manager.wire.PeerError;
import io.vireo.wire.Bytes;
import io.vireo.wire.cbor.CborReader;
import io.vireo.wire.frame.Envelope;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A guard and routers' processes in memory, with real descriptors. What is asked of them is
/// written down in order.
final class FakeHost implements GuardControl, RouterConnector {
  final LinkedBlockingQueue<String> asked = new LinkedBlockingQueue<>();
  final Map<String, FakeRouter> running = new TreeMap<>();
  final Set<String> absent = new HashSet<>();

  /// Routers that answer no apply.
  final Set<String> hanging = ConcurrentHashMap.newKeySet();

  /// Routers that refuse their next apply.
  final Set<String> refusing = ConcurrentHashMap.newKeySet();

  /// Routers whose next connection has ended when it is heard of.
  private final Map<String, Events> listening = new ConcurrentHashMap<>();

  final Set<String> endingAtOnce = ConcurrentHashMap.newKeySet();

  private long nextPid = 100;

  final class FakeRouter implements RouterControl {
    final String name;
    final long pid;
    Bytes id = Bytes.of();
    final Map<String, String> ports = new TreeMap<>();
    RouterTree prepared = RouterTree.EMPTY;

    FakeRouter(String name, long pid) {
      this.name = name;
      this.pid = pid;
    }

    private CompletableFuture<Void> note(String what) {
      asked.add(name + " " + what);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public Greeted greeted() {
      return new Greeted(pid, 0, id, Map.copyOf(ports));
    }

    @Override
    public CompletableFuture<List<String>> prepare(
        long transaction, RouterTree config, Bytes inForce) {
      prepared = config;
      note("prepare " + transaction);
      return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public CompletableFuture<Void> apply(long transaction) {
      note("apply " + transaction);
      if (hanging.contains(name)) {
        return new CompletableFuture<>();
      }
      if (refusing.remove(name)) {
        return CompletableFuture.failedFuture(new IOException(name + " is unwell"));
      }
      id = prepared.id();
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> abort(long transaction) {
      return note("abort " + transaction);
    }

    @Override
    public CompletableFuture<Void> get(List<String> subtrees, Consumer<byte[]> pages) {
      return note("get");
    }

    @Override
    public CompletableFuture<Void> givePort(DesiredPort port, GrantedPort granted) {
      ports.put(port.name(), port.token());
      return note("give " + port.name());
    }

    @Override
    public CompletableFuture<Void> takePort(String port) {
      ports.remove(port);
      return note("take " + port);
    }

    @Override
    public CompletableFuture<Void> portLink(String port, boolean up, String reason) {
      return note("link " + port + " " + up);
    }

    @Override
    public CompletableFuture<Void> setWorkers(DesiredWorkers workers) {
      return note("workers " + workers.count() + " " + workers.cpus());
    }

    @Override
    public Invoked invoke(long sid, Envelope.Body input, Consumer<CborReader> outputs) {
      return new Invoked(note("invoke"), () -> {});
    }

    @Override
    public void close() {
      note("close");
    }
  }

  @Override
  public CompletableFuture<Long> startRouter(String name, RunProfile profile) {
    asked.add("start " + name + " " + profile.yangName());
    running.put(name, new FakeRouter(name, nextPid++));
    return CompletableFuture.completedFuture(nextPid - 1);
  }

  @Override
  public CompletableFuture<Void> stopRouter(String name) {
    asked.add("stop " + name);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<GrantedPort> openPort(DesiredPort port) {
    asked.add("open " + port.device());
    if (absent.contains(port.device())) {
      return CompletableFuture.failedFuture(
          new PeerError("data-missing", "device " + port.device() + " does not exist", null));
    }
    try {
      return CompletableFuture.completedFuture(
          new GrantedPort(
              List.of(EventDescriptor.open().fd()), "02:00:00:00:00:01", 1500, 7, true));
    } catch (LinuxException failed) {
      return CompletableFuture.failedFuture(failed);
    }
  }

  @Override
  public CompletableFuture<Void> releasePort(String device) {
    asked.add("release " + device);
    return CompletableFuture.completedFuture(null);
  }

  /// What a router says of a link.
  void tellLink(String router, String interfaceName, boolean up) {
    tellLink(router, interfaceName, up, null);
  }

  /// And why it is down.
  void tellLink(String router, String interfaceName, boolean up, @Nullable String reason) {
    Objects.requireNonNull(listening.get(router)).onLink(interfaceName, up, reason);
  }

  @Override
  public CompletableFuture<RouterControl> connect(String router, Events events) {
    FakeRouter found = running.get(router);
    asked.add("connect " + router);
    listening.put(router, events);
    if (endingAtOnce.remove(router)) {
      events.onEnd("it ended");
    }
    return found == null
        ? CompletableFuture.failedFuture(new IOException(router + " does not run"))
        : CompletableFuture.completedFuture(found);
  }
}
