package io.vireo.vr.worker;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.drivers.Port;
import io.vireo.drivers.PortStatistics;
import io.vireo.drivers.linux.EventDescriptor;
import io.vireo.drivers.linux.LinuxException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A port whose queues forwarding workers drive, and what the others see of it: the data plane's
/// worker a port that receives what is left for it, all of them one that takes frames to send.
///
/// ```text
///            forwarding worker, a queue's owner
///   queue --------> fast path ------------------> its other ports, or theirs
///        |            | what is left
///        |            v
///        |         leftover ring --> receive of this port --> data plane
///        <-- rings, one of each other worker <-- transmit of this port: to the first queue
/// ```
final class SharedPort implements Port {
  /// The number of the data plane's worker among those that send.
  static final int DATA_PLANE = 0;

  private final Port port;
  private final int interfaceIndex;
  private final Forwarders forwarders;
  private final SharedQueue[] queues;
  private final EventDescriptor silent;
  // Of the data plane's worker.
  private final PortStatistics own = new PortStatistics();
  private int next;

  /// @param owners of the port's queues
  /// @param workers how many forwarding workers there are
  SharedPort(
      Port port, int interfaceIndex, ForwardingWorker[] owners, int workers, Forwarders forwarders)
      throws LinuxException {
    this.forwarders = forwarders;
    this.port = port;
    this.interfaceIndex = interfaceIndex;
    this.silent = EventDescriptor.open();
    this.queues = new SharedQueue[owners.length];
    int made = 0;
    try {
      while (made < queues.length) {
        int senders = made == 0 ? workers + 1 : 0;
        queues[made] = new SharedQueue(this, port.queue(made), owners[made], senders);
        made++;
      }
    } catch (LinuxException refused) {
      for (int i = 0; i < made; i++) {
        queues[i].close();
      }
      silent.close();
      throw refused;
    }
  }

  /// The port itself.
  Port real() {
    return port;
  }

  int interfaceIndex() {
    return interfaceIndex;
  }

  /// The queues that a worker drives.
  List<SharedQueue> ownedBy(ForwardingWorker worker) {
    return Arrays.stream(queues).filter(queue -> queue.owner().equals(worker)).toList();
  }

  /// Takes over frames to send, of a worker that drives none of the queues.
  ///
  /// @param from its number
  /// @return how many were lost
  int send(PacketVector frames, PacketPool pool, int from) {
    return queues[0].send(frames, pool, from);
  }

  @Override
  public String name() {
    return port.name();
  }

  @Override
  public long mac() {
    return port.mac();
  }

  @Override
  public int mtuBytes() {
    return port.mtuBytes();
  }

  @Override
  public boolean linkUp() {
    return port.linkUp();
  }

  @Override
  public @Nullable String linkReason() {
    return port.linkReason();
  }

  @Override
  public int receive(PacketVector vector, PacketPool pool, int receivingInterface) {
    int taken = 0;
    for (int i = 0; i < queues.length && vector.remaining() > 0; i++) {
      taken += queues[next].takeLeft(vector, pool, own);
      next = next + 1 < queues.length ? next + 1 : 0;
    }
    return taken;
  }

  @Override
  public void transmit(PacketVector vector, PacketPool pool) {
    own.transmitDrops += send(vector, pool, DATA_PLANE);
  }

  /// The data plane's worker is woken by the owners.
  @Override
  public int pollDescriptor() {
    return silent.fd();
  }

  @Override
  public boolean hasPending() {
    for (SharedQueue each : queues) {
      if (each.hasLeft()) {
        return true;
      }
    }
    return false;
  }

  /// The owners do it.
  @Override
  public boolean refresh() {
    for (SharedQueue each : queues) {
      each.wantRefresh();
    }
    return false;
  }

  /// What got lost between workers.
  PortStatistics losses() {
    PortStatistics all = new PortStatistics();
    all.receiveDrops = own.receiveDrops;
    all.transmitDrops = own.transmitDrops;
    for (SharedQueue each : queues) {
      each.addLosses(all);
    }
    return all;
  }

  @Override
  public boolean isLinkAnnounced() {
    return port.isLinkAnnounced();
  }

  /// All frames once: the real port's, and what got lost between workers.
  @Override
  public PortStatistics statistics() {
    PortStatistics all = losses();
    all.add(port.statistics());
    return all;
  }

  /// Gives back what the real port was shared by; the owners have let go of it.
  void unshare() {
    for (SharedQueue each : queues) {
      each.close();
    }
    silent.close();
  }

  /// Ends the real port too.
  @Override
  public void close() {
    forwarders.release(this);
    port.close();
  }
}
