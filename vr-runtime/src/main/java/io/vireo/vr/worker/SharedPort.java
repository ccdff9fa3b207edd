package io.vireo.vr.worker;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.drivers.Port;
import io.vireo.drivers.PortStatistics;
import io.vireo.drivers.linux.EventDescriptor;
import io.vireo.drivers.linux.LinuxException;

/// A port that a forwarding worker drives, and what the others see of it: the data plane's worker a
/// port that receives what is left for it, all of them one that takes frames to send.
///
/// ```text
///                 forwarding worker
///   port --------> fast path ------------------> its other ports, or theirs
///        |            | what is left
///        |            v
///        |         leftover ring --> receive of this port --> data plane
///        <-- rings, one of each other worker <-- transmit of this port
/// ```
final class SharedPort implements Port {
  /// The number of the data plane's worker among those that send.
  static final int DATA_PLANE = 0;

  private final Port port;
  private final int interfaceIndex;
  private final ForwardingWorker owner;
  private final Forwarders forwarders;
  private final FrameRing leftovers;
  private final FrameRing[] toSend;
  private final EventDescriptor silent;
  private volatile boolean refreshWanted;
  // Of the data plane's worker.
  private final PortStatistics own = new PortStatistics();
  // Of the owner.
  private final PortStatistics lost = new PortStatistics();
  private final PortStatistics unsent = new PortStatistics();

  /// @param workers how many forwarding workers there are
  SharedPort(
      Port port, int interfaceIndex, ForwardingWorker owner, int workers, Forwarders forwarders)
      throws LinuxException {
    this.forwarders = forwarders;
    this.port = port;
    this.interfaceIndex = interfaceIndex;
    this.owner = owner;
    this.silent = EventDescriptor.open();
    this.toSend = new FrameRing[workers + 1];
    int made = 0;
    try {
      while (made < toSend.length) {
        toSend[made] = new FrameRing();
        made++;
      }
      this.leftovers = new FrameRing();
    } catch (LinuxException refused) {
      for (int i = 0; i < made; i++) {
        toSend[i].close();
      }
      silent.close();
      throw refused;
    }
  }

  /// The port itself, the owner's.
  Port real() {
    return port;
  }

  int interfaceIndex() {
    return interfaceIndex;
  }

  ForwardingWorker owner() {
    return owner;
  }

  /// Takes a vector of the real port.
  int receiveReal(PacketVector vector, PacketPool pool) {
    return port.receive(vector, pool, interfaceIndex);
  }

  /// Of the owner: leaves frames to the data plane.
  void leave(PacketVector frames, PacketPool pool) {
    lost.receiveDrops += leftovers.put(frames, pool);
  }

  /// Of the owner: takes what another worker wants sent.
  boolean takeToSend(PacketVector vector, PacketPool pool) {
    boolean any = false;
    for (FrameRing each : toSend) {
      any |= each.take(vector, pool, interfaceIndex, unsent) > 0;
      if (!vector.isEmpty()) {
        port.transmit(vector, pool);
      }
    }
    return any;
  }

  /// Whether the owner is wanted.
  boolean hasWork() {
    for (FrameRing each : toSend) {
      if (!each.isEmpty()) {
        return true;
      }
    }
    return refreshWanted;
  }

  /// Takes over frames to send, of a worker other than the owner.
  ///
  /// @param from its number
  /// @return how many were lost
  int send(PacketVector frames, PacketPool pool, int from) {
    int lostNow = toSend[from].put(frames, pool);
    owner.wake();
    return lostNow;
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
  public int receive(PacketVector vector, PacketPool pool, int receivingInterface) {
    return leftovers.take(vector, pool, receivingInterface, own);
  }

  @Override
  public void transmit(PacketVector vector, PacketPool pool) {
    own.transmitDrops += send(vector, pool, DATA_PLANE);
  }

  /// The data plane's worker is woken by the owner.
  @Override
  public int pollDescriptor() {
    return silent.fd();
  }

  @Override
  public boolean hasPending() {
    return !leftovers.isEmpty();
  }

  /// The owner does it.
  @Override
  public boolean refresh() {
    wantRefresh();
    owner.wake();
    return false;
  }

  void wantRefresh() {
    refreshWanted = true;
  }

  /// Of the owner: what was asked for.
  ///
  /// @return whether there was anything
  boolean refreshReal() {
    if (!refreshWanted) {
      return false;
    }
    refreshWanted = false;
    return port.refresh();
  }

  /// What got lost between workers.
  PortStatistics losses() {
    PortStatistics all = new PortStatistics();
    all.receiveDrops = own.receiveDrops + lost.receiveDrops;
    all.transmitDrops = own.transmitDrops + lost.transmitDrops + unsent.receiveDrops;
    return all;
  }

  @Override
  public boolean isLinkAnnounced() {
    return port.isLinkAnnounced();
  }

  /// All frames once: the real port's, and what got lost between workers.
  @Override
  public PortStatistics statistics() {
    PortStatistics all = new PortStatistics();
    PortStatistics real = port.statistics();
    all.receivedFrames = real.receivedFrames;
    all.receivedBytes = real.receivedBytes;
    PortStatistics between = losses();
    all.receiveDrops = real.receiveDrops + between.receiveDrops;
    all.receiveErrors = real.receiveErrors;
    all.sentFrames = real.sentFrames;
    all.sentBytes = real.sentBytes;
    all.transmitDrops = real.transmitDrops + between.transmitDrops;
    all.transmitErrors = real.transmitErrors;
    return all;
  }

  /// Gives back what the real port was shared by; the owner has let go of it.
  void unshare() {
    leftovers.close();
    for (FrameRing each : toSend) {
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
