package io.vireo.drivers;

/// A port that may have several queues, as one worker uses it: it takes from all of them in turn,
/// and sends by the first, so that frames stay in order.
public abstract class QueuedPort implements Port {
  private int next;

  @Override
  public abstract int queueCount();

  @Override
  public abstract Port queue(int number);

  @Override
  public final int receive(PacketVector vector, PacketPool pool, int receivingInterface) {
    int count = queueCount();
    int taken = 0;
    for (int i = 0; i < count && vector.remaining() > 0; i++) {
      taken += queue(next).receive(vector, pool, receivingInterface);
      next = next + 1 < count ? next + 1 : 0;
    }
    return taken;
  }

  @Override
  public final void transmit(PacketVector vector, PacketPool pool) {
    queue(0).transmit(vector, pool);
  }

  /// Of several queues each has its own.
  @Override
  public final int pollDescriptor() {
    return queueCount() == 1 ? queue(0).pollDescriptor() : -1;
  }

  @Override
  public final boolean hasPending() {
    boolean pending = false;
    for (int i = 0; i < queueCount(); i++) {
      pending |= queue(i).hasPending(); // all are asked: it is how they are told to signal
    }
    return pending;
  }

  @Override
  public final boolean refresh() {
    boolean looked = true;
    for (int i = 0; i < queueCount(); i++) {
      looked &= queue(i).refresh();
    }
    return looked;
  }

  @Override
  public final PortStatistics statistics() {
    PortStatistics all = new PortStatistics();
    for (int i = 0; i < queueCount(); i++) {
      all.add(queue(i).statistics());
    }
    return all;
  }
}
