package io.vireo.vr.control;

import io.vireo.drivers.linux.DescriptorPassing;
import io.vireo.drivers.linux.Descriptors;
import io.vireo.drivers.linux.Errno;
import io.vireo.drivers.linux.LinuxException;
import io.vireo.drivers.linux.UnixSocket;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/// The manager's connection as a byte channel; descriptors it sends wait for the request they came
/// with. Read by one thread, which also claims.
final class ControlChannel implements ByteChannel {
  private static final int MAX_UNCLAIMED = 16;

  private final UnixSocket socket;
  private final Deque<Integer> unclaimed = new ArrayDeque<>();
  private volatile boolean open = true;

  ControlChannel(UnixSocket socket) {
    this.socket = socket;
  }

  /// The oldest descriptor received, now the caller's.
  int claimDescriptor() throws LinuxException {
    Integer oldest = unclaimed.poll();
    if (oldest == null) {
      throw new LinuxException("the request came without a descriptor", Errno.EPROTO);
    }
    return oldest;
  }

  @Override
  public int read(ByteBuffer to) throws LinuxException {
    DescriptorPassing.Received received = socket.receive(to, MAX_UNCLAIMED - unclaimed.size());
    for (int descriptor : received.descriptors()) {
      unclaimed.add(descriptor);
    }
    return received.lengthBytes();
  }

  @Override
  public int write(ByteBuffer from) throws LinuxException {
    int length = from.remaining();
    socket.write(from);
    return length;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  /// Wakes the reader, which then ends.
  @Override
  public void close() {
    open = false;
    socket.close();
  }

  /// By the reader, at its end: closes what nobody claimed.
  void discardUnclaimed() {
    unclaimed.forEach(Descriptors::close);
    unclaimed.clear();
  }
}
