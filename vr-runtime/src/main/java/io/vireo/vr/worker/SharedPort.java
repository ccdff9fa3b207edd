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

  /// @param workers how many forwarding workers there are
  SharedPort(
      Port port, int interfaceIndex, ForwardingWorker owner, int workers, Forwarders forwarders)
      throws LinuxException {
    this.forwarders = forwarders;
    this.port = port;
    this.interfaceIndex = interfaceIndex;
    this.owner = owner;
    this.leftovers = new FrameRing();
    this.toSend = new FrameRing[workers + 1];
    for (int i = 0; i < toSend.length; i++) {
      toSend[i] = new FrameRing();
    }
    this.silent = EventDescriptor.open();
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
      any |= each.take(vector, pool, interfaceIndex, lost) > 0;
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

  /// The owner does it, soon, and says when the link is another.
  @Override
  public void refresh() {
    refreshWanted = true;
    owner.wake();
  }

  /// Of the owner: what the data plane's worker has asked for.
  ///
  /// @return whether the link went up or down
  boolean refreshReal() {
    if (!refreshWanted) {
      return false;
    }
    refreshWanted = false;
    boolean before = port.linkUp();
    port.refresh();
    return port.linkUp() != before;
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
    all.receiveDrops = real.receiveDrops + own.receiveDrops + lost.receiveDrops;
    all.receiveErrors = real.receiveErrors;
    all.sentFrames = real.sentFrames;
    all.sentBytes = real.sentBytes;
    all.transmitDrops = real.transmitDrops + own.transmitDrops + lost.transmitDrops;
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
