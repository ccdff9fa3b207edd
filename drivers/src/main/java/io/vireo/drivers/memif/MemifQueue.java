package io.vireo.drivers.memif;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.drivers.Port;
import io.vireo.drivers.PortStatistics;
import io.vireo.drivers.linux.EventDescriptor;
import io.vireo.drivers.linux.LinuxException;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// One queue of a port, its worker's: a ring each way of the connection that there is.
final class MemifQueue implements Port {
  private final MemifPort port;
  private final int number;
  private final PortStatistics statistics = new PortStatistics();
  private final EventDescriptor change;
  private final ConcurrentLinkedQueue<MemifConnection> ended = new ConcurrentLinkedQueue<>();
  private @Nullable MemifConnection active;
  private @Nullable MemifLink link;

  MemifQueue(MemifPort port, int number) throws LinuxException {
    this.port = port;
    this.number = number;
    this.change = EventDescriptor.open();
  }

  /// There is another connection, or none any more.
  void onChange() {
    change.signal();
  }

  /// A connection is over: this queue lets go of it as soon as its worker looks.
  void onEnd(MemifConnection over) {
    ended.add(over);
    change.signal();
  }

  /// The link to use now; a connection that has ended is let go of.
  @SuppressWarnings("ReferenceEquality") // which connection it is
  private @Nullable MemifLink current() {
    MemifConnection now = port.connection();
    if (now != active) {
      active = now;
      link = now == null ? null : now.link(number);
      change.drain();
      letGo(now);
    }
    return link;
  }

  /// @param but one that has ended this moment: the next look finds it
  @SuppressWarnings("ReferenceEquality")
  private void letGo(@Nullable MemifConnection but) {
    for (int left = ended.size(); left > 0; left--) {
      MemifConnection over = ended.remove();
      if (over == but) {
        ended.add(over);
      } else {
        over.letGo();
      }
    }
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
    MemifLink at = current();
    if (at == null) {
      return 0;
    }
    int count = at.receive(vector, pool, receivingInterface);
    check(at);
    return count;
  }

  @Override
  public void transmit(PacketVector vector, PacketPool pool) {
    MemifLink at = current();
    if (at == null) {
      statistics.transmitDrops += vector.size();
      pool.freeAll(vector);
      return;
    }
    at.transmit(vector, pool);
    check(at);
  }

  private void check(MemifLink at) {
    String fault = at.fault();
    if (fault != null) {
      port.drop(fault);
    }
  }

  @Override
  public int pollDescriptor() {
    MemifLink at = current();
    return at == null ? change.fd() : at.signalDescriptor();
  }

  @Override
  public boolean hasPending() {
    MemifLink at = current();
    return at != null && at.hasPending();
  }

  @Override
  public boolean refresh() {
    current();
    return true;
  }

  /// Of links too.
  @Override
  public PortStatistics statistics() {
    return statistics;
  }

  /// With the port; its worker is gone.
  @Override
  public void close() {
    letGo(null);
    change.close();
  }
}
