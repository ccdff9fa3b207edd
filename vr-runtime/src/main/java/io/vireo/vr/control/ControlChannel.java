package io.vireo.vr.control;

import io.vireo.drivers.linux.DescriptorPassing;
import io.vireo.drivers.linux.Descriptors;
import io.vireo.drivers.linux.Errno;
import io.vireo.drivers.linux.LinuxException;
import io.vireo.drivers.linux.UnixChannel;
import io.vireo.drivers.linux.UnixSocket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/// The manager's connection as a byte channel; descriptors it sends wait for the request they came
/// with. Read by one thread, which also claims.
final class ControlChannel extends UnixChannel {
  private static final int MAX_UNCLAIMED = 16;

  private final Deque<Integer> unclaimed = new ArrayDeque<>();

  ControlChannel(UnixSocket socket) {
    super(socket);
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
    DescriptorPassing.Received received = receive(to, MAX_UNCLAIMED - unclaimed.size());
    for (int descriptor : received.descriptors()) {
      unclaimed.add(descriptor);
    }
    return received.lengthBytes();
  }

  /// By the reader, at its end: closes what nobody claimed.
  void discardUnclaimed() {
    unclaimed.forEach(Descriptors::close);
    unclaimed.clear();
  }
}
