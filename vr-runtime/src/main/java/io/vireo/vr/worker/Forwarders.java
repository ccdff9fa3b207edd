package io.vireo.vr.worker;

import io.vireo.drivers.Port;
import io.vireo.drivers.linux.LinuxException;
import io.vireo.vr.forward.DataPlane;
import io.vireo.vr.forward.InterfaceCounters;
import io.vireo.vr.forward.RouterInterface;
import io.vireo.vr.forward.VlanTags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The forwarding workers of a router and the ports that are spread over them. Owned by the data
/// plane's worker.
public final class Forwarders implements AutoCloseable {
  private final String name;
  private final DataPlane plane;
  private final Worker dataPlane;
  private final Consumer<Throwable> onFailure;
  private final List<ForwardingWorker> workers = new ArrayList<>();
  private final Map<SharedPort, List<InterfaceCounters>> shared = new HashMap<>();
  private final Map<SharedTags, List<InterfaceCounters>> tagged = new HashMap<>();
  // As their owners saw them last.
  private final Map<SharedPort, Boolean> links = new HashMap<>();
  private WorkerSettings settings = WorkerSettings.NONE;

  /// A sub-interface whose port the workers drive.
  private record SharedTags(RouterInterface on, SharedPort port, VlanTags tags) {}

  public Forwarders(String name, DataPlane plane, Worker dataPlane, Consumer<Throwable> onFailure) {
    this.name = name;
    this.plane = plane;
    this.dataPlane = dataPlane;
    this.onFailure = onFailure;
  }

  /// Puts other settings into force; ports go over to the new workers.
  ///
  /// @throws LinuxException when there is no memory for them; the router has none then
  public void configure(WorkerSettings wanted) throws LinuxException {
    if (wanted.equals(settings)) {
      return;
    }
    unshareAll();
    close();
    try {
      dataPlane.pin(wanted.cpuOf(0));
      for (int number = 1; number <= wanted.count(); number++) {
        ForwardingWorker made =
            new ForwardingWorker(
                name, number, wanted.cpuOf(number), plane, dataPlane, this, onFailure);
        workers.add(made);
        plane.addStatistics(made.statistics());
      }
      for (RouterInterface on : plane.interfaces().all()) {
        Port port = on.port();
        if (port != null) {
          replace(on, share(port, on));
        }
      }
    } catch (LinuxException refused) {
      unshareAll();
      close();
      throw refused;
    }
    settings = wanted;
    settleSubInterfaces();
  }

  private void unshareAll() {
    for (RouterInterface each : plane.interfaces().all()) {
      if (each.port() instanceof SharedPort port) {
        release(port);
        replace(each, port.real());
      }
    }
  }

  // The same port in another guise: what the host has said of its link stays.
  private static void replace(RouterInterface on, Port port) {
    String fault = on.linkFault();
    on.setPort(port);
    on.setLinkFault(fault);
  }

  /// A port's owner has looked at its link.
  void onLinkLookedAt(SharedPort port) {
    RouterInterface on = plane.interfaces().lookup(port.interfaceIndex());
    if (on != null && port.equals(on.port())) {
      boolean before = on.operUp();
      on.onLinkLookedAt();
      boolean up = on.operUp();
      Boolean last = links.put(port, up);
      if (before != up || last == null || last != up) {
        dataPlane.lookAtLinks();
      }
    }
  }

  /// What the data plane is to have for a port: where there are forwarding workers they drive its
  /// queues.
  public Port share(Port port, RouterInterface on) throws LinuxException {
    if (workers.isEmpty()) {
      return port;
    }
    SharedPort made = new SharedPort(port, on.index(), owners(port), workers.size(), this);
    List<InterfaceCounters> counters = new ArrayList<>();
    for (ForwardingWorker each : workers) {
      InterfaceCounters of = new InterfaceCounters();
      counters.add(of);
      on.addCounters(of);
      each.add(made, of);
    }
    shared.put(made, counters);
    return made;
  }

  /// Interfaces have become sub-interfaces of a port, or are none any more: the workers get to
  /// know.
  public void settleSubInterfaces() {
    Map<Integer, SharedTags> wanted = new HashMap<>();
    for (RouterInterface each : plane.interfaces().all()) {
      RouterInterface parent = each.parent();
      VlanTags tags = each.tags();
      if (parent != null && tags != null && parent.port() instanceof SharedPort port) {
        wanted.put(each.index(), new SharedTags(each, port, tags));
      }
    }
    for (SharedTags each : List.copyOf(tagged.keySet())) {
      if (!each.equals(wanted.get(each.on().index()))) {
        release(each);
      }
    }
    wanted.values().forEach(this::share);
  }

  private void share(SharedTags wanted) {
    if (tagged.containsKey(wanted)) {
      return;
    }
    List<InterfaceCounters> counters = new ArrayList<>();
    for (ForwardingWorker each : workers) {
      InterfaceCounters of = new InterfaceCounters();
      counters.add(of);
      wanted.on().addCounters(of);
      each.add(wanted.port(), wanted.on().index(), wanted.tags(), of);
    }
    tagged.put(wanted, counters);
  }

  private void release(SharedTags gone) {
    List<InterfaceCounters> counters = tagged.remove(gone);
    if (counters != null) {
      workers.forEach(worker -> worker.remove(gone.on().index()));
      counters.forEach(gone.on()::settleCounters);
    }
  }

  // Each queue goes to who has the fewest.
  private ForwardingWorker[] owners(Port port) {
    int[] owned = new int[workers.size()];
    for (int worker = 0; worker < owned.length; worker++) {
      for (SharedPort each : shared.keySet()) {
        owned[worker] += each.ownedBy(workers.get(worker)).size();
      }
    }
    ForwardingWorker[] owners = new ForwardingWorker[port.queueCount()];
    for (int queue = 0; queue < owners.length; queue++) {
      int least = 0;
      for (int worker = 1; worker < owned.length; worker++) {
        least = owned[worker] < owned[least] ? worker : least;
      }
      owned[least]++;
      owners[queue] = workers.get(least);
    }
    return owners;
  }

  /// A port is nobody's but the caller's again.
  void release(SharedPort port) {
    List<InterfaceCounters> counters = shared.remove(port);
    if (counters == null) {
      return;
    }
    for (SharedTags each : List.copyOf(tagged.keySet())) {
      if (each.port().equals(port)) {
        release(each);
      }
    }
    for (ForwardingWorker each : workers) {
      each.remove(port);
    }
    RouterInterface on = plane.interfaces().lookup(port.interfaceIndex());
    if (on != null) {
      counters.forEach(on::settleCounters);
      on.settleLosses(port.losses());
    }
    links.remove(port);
    port.unshare();
  }

  /// Ends the workers, which have no ports any more.
  @Override
  public void close() {
    for (ForwardingWorker each : workers) {
      each.close();
      plane.settleStatistics(each.statistics());
    }
    workers.clear();
    settings = WorkerSettings.NONE;
  }
}
