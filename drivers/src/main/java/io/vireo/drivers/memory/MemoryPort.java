package io.vireo.drivers.memory;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.drivers.Port;
import io.vireo.drivers.PortStatistics;
import java.lang.foreign.MemorySegment;

/// One end of a wire inside a process. See the package.
public final class MemoryPort implements Port {
  private static final int QUEUE_PACKETS = 1024;

  private final String name;
  private final long mac;
  private final int mtuBytes;
  private final PortStatistics statistics = new PortStatistics();
  private final long[] offset = new long[QUEUE_PACKETS];
  private final int[] length = new int[QUEUE_PACKETS];
  private final PacketPool[] owner = new PacketPool[QUEUE_PACKETS];
  private MemoryPort peer = this;
  private long head;
  private long tail;
  private boolean linkUp = true;

  private MemoryPort(String name, long mac, int mtuBytes) {
    this.name = name;
    this.mac = mac;
    this.mtuBytes = mtuBytes;
  }

  /// Two ports joined to each other.
  public static MemoryPort[] wire(
      String leftName, long leftMac, String rightName, long rightMac, int mtuBytes) {
    MemoryPort left = new MemoryPort(leftName, leftMac, mtuBytes);
    MemoryPort right = new MemoryPort(rightName, rightMac, mtuBytes);
    left.peer = right;
    right.peer = left;
    return new MemoryPort[] {left, right};
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long mac() {
    return mac;
  }

  @Override
  public int mtuBytes() {
    return mtuBytes;
  }

  @Override
  public boolean linkUp() {
    return linkUp;
  }

  /// Pulls or plugs the wire, at both ends.
  public void setLinkUp(boolean up) {
    linkUp = up;
    peer.linkUp = up;
  }

  @Override
  public int receive(PacketVector vector, PacketPool pool, int receivingInterface) {
    int count = 0;
    while (head != tail && vector.remaining() > 0) {
      int slot = (int) (head & (QUEUE_PACKETS - 1));
      long arrived = offset[slot];
      if (owner[slot] != pool) {
        arrived = adopt(pool, owner[slot], arrived, length[slot]);
      }
      head++;
      if (arrived < 0) {
        statistics.receiveDrops++;
        continue;
      }
      statistics.receivedFrames++;
      statistics.receivedBytes += length[slot];
      vector.add(arrived, length[slot], receivingInterface);
      count++;
    }
    return count;
  }

  private static long adopt(PacketPool pool, PacketPool from, long offset, int length) {
    long copy = pool.allocate();
    if (copy >= 0) {
      MemorySegment.copy(from.memory(), offset, pool.memory(), copy, length);
    }
    from.free(offset);
    return copy;
  }

  @Override
  public void transmit(PacketVector vector, PacketPool pool) {
    for (int i = 0; i < vector.size(); i++) {
      if (!linkUp || peer.tail - peer.head == QUEUE_PACKETS) {
        statistics.transmitDrops++;
        pool.free(vector.offset(i));
        continue;
      }
      peer.enqueue(vector.offset(i), vector.length(i), pool);
      statistics.sentFrames++;
      statistics.sentBytes += vector.length(i);
    }
    vector.clear();
  }

  private void enqueue(long frame, int lengthBytes, PacketPool pool) {
    int slot = (int) (tail++ & (QUEUE_PACKETS - 1));
    offset[slot] = frame;
    length[slot] = lengthBytes;
    owner[slot] = pool;
  }

  @Override
  public int pollDescriptor() {
    return -1;
  }

  @Override
  public boolean hasPending() {
    return head != tail;
  }

  @Override
  public boolean refresh() {
    // setLinkUp is the only thing that changes the link
    return true;
  }

  @Override
  public PortStatistics statistics() {
    return statistics;
  }

  /// Gives back what waits on this end.
  @Override
  public void close() {
    for (; head != tail; head++) {
      int slot = (int) (head & (QUEUE_PACKETS - 1));
      owner[slot].free(offset[slot]);
    }
  }
}
