package io.vireo.vr;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.Port;
import io.vireo.drivers.linux.CpuAffinity;
import io.vireo.drivers.linux.Errno;
import io.vireo.drivers.linux.LinuxException;
import io.vireo.vr.config.ConfigApplier;
import io.vireo.vr.config.RouterConfig;
import io.vireo.vr.forward.DataPlane;
import io.vireo.vr.forward.RouterInterface;
import io.vireo.vr.rib.Rib;
import io.vireo.vr.socket.SocketLayer;
import io.vireo.vr.wire.Ipv4Prefix;
import io.vireo.vr.wire.Ipv6Prefix;
import io.vireo.vr.worker.Forwarders;
import io.vireo.vr.worker.Worker;
import io.vireo.vr.worker.WorkerSettings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A router, assembled: pool, data plane, RIB, sockets and the worker that owns them. Its methods
/// may be called by any thread.
public final class VirtualRouter implements AutoCloseable {
  /// Buffers of 2 KB: 16 MB, touched as they are used.
  public static final int DEFAULT_BUFFERS = 8192;

  // A million routes take some seconds, more where the processor is shared.
  private static final long APPLY_SECONDS = 60;

  // Some 0.2 ms of work between two vectors.
  private static final int ROUTES_PER_TURN = 128;

  /// Hears of interfaces whose oper-status, or the reason why it is down, changed. Called on the
  /// worker: returns at once.
  public interface LinkWatcher {
    /// @param reason why it is down, where that is known
    void onLinkChange(String interfaceName, boolean up, @Nullable String reason);
  }

  private final String name;
  private final PacketPool pool;
  private final SocketLayer sockets = new SocketLayer();
  private final DataPlane dataPlane;
  private final Rib<Ipv4Prefix> rib;
  private final Rib<Ipv6Prefix> ipv6Rib;
  private final ConfigApplier applier;
  private final Worker worker;
  private final Forwarders forwarders;
  private volatile LinkWatcher linkWatcher = (interfaceName, up, reason) -> {};

  private VirtualRouter(String name, int buffers, Consumer<Throwable> onFailure)
      throws LinuxException {
    this.name = name;
    this.pool = PacketPool.create(buffers);
    this.dataPlane = new DataPlane(pool, sockets);
    this.rib = Rib.ipv4(dataPlane.interfaces(), dataPlane.fib(), dataPlane.groups());
    this.ipv6Rib = Rib.ipv6(dataPlane.interfaces(), dataPlane.ipv6Fib(), dataPlane.groups());
    this.applier = new ConfigApplier(dataPlane, rib, ipv6Rib, (changed, up) -> tell(changed, up));
    this.worker = new Worker("worker-" + name, dataPlane, new Work(), this::checkLinks, onFailure);
    this.forwarders = new Forwarders("forward-" + name, dataPlane, worker, onFailure);
    sockets.attach(dataPlane, worker);
  }

  private void checkLinks(long nowNs) {
    applier.checkLinks(nowNs);
    for (RouterInterface each : dataPlane.interfaces().all()) {
      if (each.takeReasonChanged()) {
        tell(each, false);
      }
    }
  }

  private void tell(RouterInterface changed, boolean up) {
    linkWatcher.onLinkChange(changed.name(), up, up ? null : changed.linkReason());
  }

  /// What the worker does every turn besides forwarding.
  private final class Work implements Worker.Source {
    @Override
    public boolean poll(long nowNs) {
      boolean sent = sockets.poll(nowNs);
      if (dataPlane.takeAddressesChanged()) {
        ipv6Rib.recompute();
      }
      boolean settled = rib.settleSome(ROUTES_PER_TURN);
      return ipv6Rib.settleSome(ROUTES_PER_TURN) || settled || sent;
    }

    @Override
    public boolean hasPending() {
      return sockets.hasPending() || rib.isUnsettled() || ipv6Rib.isUnsettled();
    }
  }

  /// Makes a router without interfaces and starts its worker.
  ///
  /// @param onFailure told, on the worker, of a mistake of ours: the process should end
  public static VirtualRouter start(String name, int buffers, Consumer<Throwable> onFailure)
      throws LinuxException {
    VirtualRouter router = new VirtualRouter(name, buffers, onFailure);
    router.worker.start();
    return router;
  }

  public String name() {
    return name;
  }

  /// The one API to send and receive as this router.
  public SocketLayer sockets() {
    return sockets;
  }

  public Worker worker() {
    return worker;
  }

  /// For use on the worker only.
  public DataPlane dataPlane() {
    return dataPlane;
  }

  /// For use on the worker only.
  public Rib<Ipv4Prefix> rib() {
    return rib;
  }

  /// For use on the worker only.
  public Rib<Ipv6Prefix> ipv6Rib() {
    return ipv6Rib;
  }

  /// Brings a checked configuration into force.
  public void apply(RouterConfig config) {
    worker.call(
        () -> {
          applier.apply(config, Worker.nowNs());
          forwarders.settleSubInterfaces();
          return true;
        },
        APPLY_SECONDS);
  }

  /// Binds the interface named as `port` to it; a port bound before is closed.
  public void attachPort(Port port) {
    worker.call(() -> {
      detach(port.name());
      RouterInterface on = dataPlane.interfaces().require(port.name(), false);
      on.setPort(forwarders.share(port, on));
      forwarders.settleSubInterfaces();
      applier.checkLinks(Worker.nowNs());
      return true;
    });
  }

  /// Spreads the ports over so many forwarding workers.
  ///
  /// @throws LinuxException when a processor does not exist or there is no memory
  public void setWorkers(WorkerSettings wanted) throws LinuxException {
    for (int cpu : wanted.cpus()) {
      if (!CpuAffinity.exists(cpu)) {
        throw new LinuxException("processor " + cpu, Errno.EINVAL);
      }
    }
    try {
      worker.call(() -> {
        forwarders.configure(wanted);
        applier.checkLinks(Worker.nowNs());
        return true;
      });
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof LinuxException refused) {
        throw refused;
      }
      throw failed;
    }
  }

  /// Closes the port of that name, if there is one.
  public void detachPort(String portName) {
    worker.call(() -> {
      detach(portName);
      applier.checkLinks(Worker.nowNs());
      return true;
    });
  }

  /// Tells `watcher` of link changes from now on, in place of the one before.
  public void watchLinks(LinkWatcher watcher) {
    linkWatcher = watcher;
  }

  /// The host says that a port's link is gone, or back.
  ///
  /// @param fault why the port can't be used; null: it can
  /// @return false when no such port is held
  public boolean portLink(String portName, @Nullable String fault) {
    return worker.call(() -> {
      RouterInterface bound = dataPlane.interfaces().lookup(portName);
      if (bound == null || bound.port() == null) {
        return false;
      }
      if (fault == null) {
        bound.refreshLink();
      }
      bound.setLinkFault(fault);
      applier.checkLinks(Worker.nowNs());
      return true;
    });
  }

  /// The names of the ports held.
  public List<String> ports() {
    return worker.call(() ->
        dataPlane.interfaces().all().stream()
            .filter(i -> i.port() != null)
            .map(RouterInterface::name)
            .toList());
  }

  /// Whether each port held is up.
  public Map<String, Boolean> links() {
    return worker.call(() ->
        dataPlane.interfaces().all().stream()
            .filter(i -> i.port() != null)
            .collect(Collectors.toMap(RouterInterface::name, RouterInterface::operUp)));
  }

  /// Why the link of an interface is down, or null.
  public @Nullable String linkReason(String interfaceName) {
    return worker.call(() -> {
      RouterInterface named = dataPlane.interfaces().lookup(interfaceName);
      return named == null || named.operUp() ? null : named.linkReason();
    });
  }

  private void detach(String portName) {
    RouterInterface bound = dataPlane.interfaces().lookup(portName);
    Port port = bound == null ? null : bound.port();
    if (bound != null && port != null) {
      bound.setPort(null);
      port.close();
    }
  }

  /// Stops the worker, then closes ports and pool.
  @Override
  public void close() {
    worker.close();
    // From here on this thread owns what the worker did.
    for (RouterInterface each : dataPlane.interfaces().all()) {
      detach(each.name());
    }
    forwarders.close();
    dataPlane.close();
    pool.close();
  }
}
