package io.vireo.manager.fleet;

import io.vireo.drivers.linux.Descriptors;
import io.vireo.drivers.linux.LinuxException;
import io.vireo.drivers.linux.UnixSocket;
import io.vireo.manager.life.Loop;
import io.vireo.manager.wire.PeerError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// All ports: takes them from routers that no longer have them, opens devices, hands them over.
/// Owned by the manager's loop.
final class Ports {
  private static final long RETRY_MS = 5_000;

  /// After which two ends that are there and have no link are joined again.
  private static final long REJOIN_MS = 10_000;

  private static final long TAKE_DEADLINE_MS = 2_000;
  private static final String ABSENT_TAG = "data-missing";

  private final Loop loop;
  private final GuardControl guard;
  private final Function<String, @Nullable RouterControl> links;
  private final Consumer<String> log;
  private final SortedMap<String, ManagedPort> ports = new TreeMap<>();
  private Map<String, String> found = Map.of();

  Ports(
      Loop loop,
      GuardControl guard,
      Function<String, @Nullable RouterControl> links,
      Consumer<String> log) {
    this.loop = loop;
    this.guard = guard;
    this.links = links;
    this.log = log;
  }

  /// Devices that are open already, with their routers.
  void found(Map<String, String> open) {
    found = new TreeMap<>(open);
  }

  /// Takes away what is no longer wanted as it is; then only what is wanted is left or missing.
  CompletableFuture<Void> retireBut(DesiredFleet wanted) {
    List<CompletableFuture<?>> retiring = new ArrayList<>();
    for (ManagedPort port : List.copyOf(ports.values())) {
      if (!port.desired.equals(wanted.ports().get(port.desired.name()))) {
        ports.remove(port.desired.name());
        retiring.add(retire(port));
      }
    }
    for (Map.Entry<String, String> open : found.entrySet()) {
      boolean stays =
          wanted.ports().values().stream()
              .anyMatch(port ->
                  port.device().equals(open.getKey()) && port.router().equals(open.getValue()));
      if (!stays) {
        retiring.add(tolerate(guard.releasePort(open.getKey())));
      }
    }
    found = Map.of();
    for (DesiredPort each : wanted.ports().values()) {
      ports.computeIfAbsent(each.name(), name -> new ManagedPort(each));
    }
    return CompletableFuture.allOf(retiring.toArray(CompletableFuture<?>[]::new));
  }

  private CompletableFuture<Void> retire(ManagedPort port) {
    RouterControl link = links.apply(port.desired.router());
    CompletableFuture<Void> taken =
        link != null && port.state() != ManagedPort.State.WAITING
            ? tolerate(
                link.takePort(port.desired.name())
                    .orTimeout(TAKE_DEADLINE_MS, TimeUnit.MILLISECONDS))
            : CompletableFuture.completedFuture(null);
    return taken.thenComposeAsync(
        done ->
            port.desired.memif() == null
                ? tolerate(guard.releasePort(port.desired.device()))
                : CompletableFuture.completedFuture(null),
        loop);
  }

  /// A router was connected: it keeps of its ports what it should have, loses the rest, and gets
  /// what is missing.
  CompletableFuture<Void> onConnected(String router, RouterControl link) {
    List<CompletableFuture<?>> all = new ArrayList<>();
    link.greeted()
        .ports()
        .forEach((held, token) -> {
          ManagedPort port = ports.get(held);
          if (port != null
              && port.desired.router().equals(router)
              && port.desired.token().equals(token)) {
            all.add(open(port, link, true));
          } else {
            all.add(tolerate(link.takePort(held))); // before another of that name is given
          }
        });
    all.add(bring(router, link));
    return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new));
  }

  /// Gives a connected router what it should have and has not.
  CompletableFuture<Void> bring(String router, RouterControl link) {
    List<CompletableFuture<?>> all = new ArrayList<>();
    for (ManagedPort port : ports.values()) {
      if (port.desired.router().equals(router) && port.state() == ManagedPort.State.WAITING) {
        all.add(open(port, link, false));
      }
    }
    return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new));
  }

  private CompletableFuture<@Nullable Void> open(
      ManagedPort port, RouterControl link, boolean kept) {
    port.onOpening(kept);
    String peer = port.desired.peer();
    if (peer != null && !kept) {
      return join(port, link, ports.get(peer));
    }
    DesiredMemif memif = port.desired.memif();
    CompletableFuture<GrantedPort> opening =
        memif == null
            ? guard.openPort(port.desired)
            : CompletableFuture.completedFuture(GrantedPort.of(memif));
    return opening
        .handleAsync(
            (granted, failure) -> {
              if (failure != null) {
                onRefused(port, failure);
                return CompletableFuture.<@Nullable Void>completedFuture(null);
              }
              return give(port, link, granted, kept);
            },
            loop)
        .thenCompose(given -> given);
  }

  // Both ends of a link get a new conversation; one whose router is not there gets it when it is.
  private CompletableFuture<@Nullable Void> join(
      ManagedPort port, RouterControl link, @Nullable ManagedPort other) {
    UnixSocket[] ends;
    try {
      ends = UnixSocket.pair(UnixSocket.Type.SEQPACKET);
    } catch (LinuxException failed) {
      onRefused(port, failed);
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<@Nullable Void> given = give(port, link, end(port, ends[0]), false);
    RouterControl there = other == null ? null : links.apply(other.desired.router());
    if (other == null || there == null || other.state() == ManagedPort.State.WAITING) {
      ends[1].close();
      return given;
    }
    other.onOpening(false);
    return given.thenCombine(give(other, there, end(other, ends[1]), false), (one, two) -> null);
  }

  private static GrantedPort end(ManagedPort port, UnixSocket conversation) {
    return GrantedPort.of(Objects.requireNonNull(port.desired.memif()), conversation.fd());
  }

  // Two routers that are both there and lost each other try again.
  private void rejoin(ManagedPort port) {
    String peer = port.desired.peer();
    ManagedPort other = peer == null ? null : ports.get(peer);
    RouterControl link = links.apply(port.desired.router());
    if (port.equals(ports.get(port.desired.name()))
        && port.state() == ManagedPort.State.HELD
        && !port.up()
        && other != null
        && other.state() == ManagedPort.State.HELD
        && !other.up() // else the link stands, and this end is down by its router's configuration
        && link != null) {
      open(port, link, false);
    }
  }

  private CompletableFuture<@Nullable Void> give(
      ManagedPort port, RouterControl link, GrantedPort granted, boolean kept) {
    if (!port.equals(ports.get(port.desired.name()))
        || !link.equals(links.apply(port.desired.router()))) {
      close(granted); // things have changed meanwhile
      port.onRouterLost();
      return CompletableFuture.completedFuture(null);
    }
    // A router that has kept its port only wants to know of the link; the guard's answer told.
    CompletableFuture<Void> giving =
        !kept
            ? link.givePort(port.desired, granted)
            : port.desired.memif() != null
                ? CompletableFuture.completedFuture(null)
                : link.portLink(port.desired.name(), granted.up(), granted.up() ? "" : "no link");
    close(granted); // the router has a copy
    return giving.handleAsync(
        (done, failure) -> {
          if (failure == null
              && port.state() != ManagedPort.State.OPENING
              && port.state() != ManagedPort.State.HELD) { // a link's end is given again
            tolerate(link.takePort(port.desired.name())); // its device went meanwhile
          } else if (failure == null) {
            port.onHeld(granted);
            if (port.desired.peer() != null) {
              loop.postAfter(REJOIN_MS, () -> rejoin(port));
            }
            if (port.up() != granted.up() && port.desired.memif() == null) {
              tellLink(port, link, port.up());
            }
          } else if (link.equals(links.apply(port.desired.router()))) {
            onRefused(port, failure);
          }
          return null;
        },
        loop);
  }

  private static void close(GrantedPort granted) {
    granted.descriptors().forEach(Descriptors::close);
  }

  /// A router tells of a link that only it knows of.
  void onRouterLink(String router, String name, boolean up, @Nullable String reason) {
    ManagedPort port = ports.get(name);
    if (port != null && port.desired.router().equals(router) && port.desired.memif() != null) {
      port.onLink(up, reason);
      if (!up && port.desired.peer() != null) {
        loop.postAfter(REJOIN_MS, () -> rejoin(port));
      }
    }
  }

  private void onRefused(ManagedPort port, Throwable failure) {
    String why = Failure.text(failure);
    boolean absent =
        Failure.cause(failure) instanceof PeerError error && error.tag().equals(ABSENT_TAG);
    if (port.state() != ManagedPort.State.REFUSED && !why.equals(port.reason())) {
      log.accept("port " + port.desired.name() + ": " + why);
    }
    port.onRefused(why, absent);
    loop.postAfter(RETRY_MS, () -> retry(port));
  }

  private void retry(ManagedPort port) {
    RouterControl link = links.apply(port.desired.router());
    if (port.equals(ports.get(port.desired.name()))
        && port.state() == ManagedPort.State.REFUSED
        && link != null) {
      open(port, link, false);
    }
  }

  void onDeviceChanged(String device, boolean present, boolean up) {
    for (ManagedPort port : ports.values()) {
      if (!port.desired.device().equals(device) || port.desired.memif() != null) {
        continue;
      }
      RouterControl link = links.apply(port.desired.router());
      if (!present) {
        port.onRefused("device " + device + " is gone; it is taken when it comes back", true);
        if (link != null) {
          tolerate(link.takePort(port.desired.name()));
        }
      } else if (port.state() == ManagedPort.State.REFUSED) {
        retry(port);
      } else {
        port.onLink(up);
        if (port.state() == ManagedPort.State.HELD && link != null) {
          tellLink(port, link, up);
        }
      }
    }
  }

  private void tellLink(ManagedPort port, RouterControl link, boolean up) {
    tolerate(link.portLink(port.desired.name(), up, up ? "" : "no link"));
  }

  /// A router's process or connection is gone.
  void onRouterLost(String router) {
    for (ManagedPort port : ports.values()) {
      if (port.desired.router().equals(router)) {
        port.onRouterLost();
      }
    }
  }

  List<FleetStatus.PortStatus> status() {
    return ports.values().stream()
        .map(port ->
            new FleetStatus.PortStatus(
                port.desired.name(),
                port.desired.device(),
                port.granted(),
                port.present(),
                port.up(),
                port.reason()))
        .toList();
  }

  /// What a peer refuses here is worth a line, not a stop.
  private CompletableFuture<Void> tolerate(CompletableFuture<Void> asked) {
    return asked.exceptionally(failure -> {
      log.accept(Failure.text(failure));
      return null;
    });
  }
}
