package io.vireo.vr.worker;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.drivers.Port;
import io.vireo.drivers.PortStatistics;
import io.vireo.drivers.linux.LinuxException;

/// One queue of a [SharedPort]: its owner drives it.
final class SharedQueue {
  private final SharedPort port;
  private final Port queue;
  private final ForwardingWorker owner;
  private final FrameRing leftovers;
  private final FrameRing[] toSend;
  private volatile boolean refreshWanted;
  // Of the owner.
  private final PortStatistics lost = new PortStatistics();
  private final PortStatistics unsent = new PortStatistics();

  /// @param senders how many rings there are to take frames to send from
  SharedQueue(SharedPort port, Port queue, ForwardingWorker owner, int senders)
      throws LinuxException {
    this.port = port;
    this.queue = queue;
    this.owner = owner;
    this.toSend = new FrameRing[senders];
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
      throw refused;
    }
  }

  SharedPort port() {
    return port;
  }

  /// The queue itself, the owner's.
  Port real() {
    return queue;
  }

  ForwardingWorker owner() {
    return owner;
  }

  /// Of the owner: leaves frames to the data plane.
  void leave(PacketVector frames, PacketPool pool) {
    lost.receiveDrops += leftovers.put(frames, pool);
  }

  /// Of the data plane's worker: takes what was left to it.
  ///
  /// @param statistics counts frames for which the pool has no buffer
  int takeLeft(PacketVector vector, PacketPool pool, PortStatistics statistics) {
    return leftovers.take(vector, pool, port.interfaceIndex(), statistics);
  }

  boolean hasLeft() {
    return !leftovers.isEmpty();
  }

  /// Of the owner: sends what others want sent.
  boolean sendForOthers(PacketVector vector, PacketPool pool) {
    boolean any = false;
    for (FrameRing each : toSend) {
      any |= each.take(vector, pool, port.interfaceIndex(), unsent) > 0;
      if (!vector.isEmpty()) {
        queue.transmit(vector, pool);
      }
    }
    return any;
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

  /// Whether the owner is wanted.
  boolean hasWork() {
    for (FrameRing each : toSend) {
      if (!each.isEmpty()) {
        return true;
      }
    }
    return refreshWanted;
  }

  void wantRefresh() {
    refreshWanted = true;
    owner.wake();
  }

  /// Of the owner: what was asked for.
  ///
  /// @return whether there was anything
  boolean refreshReal() {
    if (!refreshWanted) {
      return false;
    }
    refreshWanted = false;
    return queue.refresh();
  }

  /// Adds what got lost between workers.
  void addLosses(PortStatistics to) {
    to.receiveDrops += lost.receiveDrops;
    to.transmitDrops += unsent.receiveDrops;
  }

  /// The owner has let go of it.
  void close() {
    leftovers.close();
    for (FrameRing each : toSend) {
      each.close();
    }
  }
}
