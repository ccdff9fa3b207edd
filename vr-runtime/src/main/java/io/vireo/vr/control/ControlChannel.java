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
  private static final int MAX_UNCLAIMED = 32;

  private final Deque<Integer> unclaimed = new ArrayDeque<>();

  ControlChannel(UnixSocket socket) {
    super(socket);
  }

  /// The oldest descriptors received, now the caller's: so many, or none.
  int[] claimDescriptors(int count) throws LinuxException {
    if (unclaimed.size() < count) {
      throw new LinuxException(
          "the request came with " + unclaimed.size() + " descriptors, not " + count, Errno.EPROTO);
    }
    int[] oldest = new int[count];
    for (int i = 0; i < count; i++) {
      oldest[i] = unclaimed.remove();
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
