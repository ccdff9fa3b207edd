package io.vireo.manager.wire;

import io.vireo.drivers.linux.DescriptorPassing;
import io.vireo.drivers.linux.Descriptors;
import io.vireo.drivers.linux.Errno;
import io.vireo.drivers.linux.LinuxException;
import io.vireo.drivers.linux.UnixChannel;
import io.vireo.drivers.linux.UnixSocket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// An AF_UNIX stream socket as a channel. Descriptors to be sent go with the next write; those that
/// arrived wait, in order, to be claimed by whoever reads the frame that they came with.
///
/// The kernel ends a read at a message that carries descriptors, so that their order is that of the
/// frames.
public final class DescriptorChannel extends UnixChannel {
  private static final int MAX_PER_MESSAGE = 16;
  private static final int MAX_UNCLAIMED = 32;

  private final Deque<Integer> arrived = new ArrayDeque<>();
  private int[] departing = {};

  public DescriptorChannel(UnixSocket socket) {
    super(socket);
  }

  /// Attaches descriptors to the first byte of the next write. The caller keeps them and keeps
  /// others from writing meanwhile.
  void attach(int... descriptors) {
    departing = descriptors.clone();
  }

  /// Takes over the oldest descriptors that arrived: so many, or none.
  public List<Integer> claim(int count) throws LinuxException {
    synchronized (arrived) {
      if (arrived.size() < count) {
        throw new LinuxException(
            "the peer sent " + arrived.size() + " descriptors with its message, not " + count,
            Errno.EPROTO);
      }
      List<Integer> oldest = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        oldest.add(arrived.remove());
      }
      return oldest;
    }
  }

  @Override
  public int read(ByteBuffer into) throws LinuxException {
    DescriptorPassing.Received received = receive(into, MAX_PER_MESSAGE);
    synchronized (arrived) {
      for (int descriptor : received.descriptors()) {
        arrived.add(descriptor);
      }
      if (arrived.size() > MAX_UNCLAIMED) {
        throw new LinuxException(
            "the peer sent " + arrived.size() + " descriptors that belong to no message",
            Errno.EPROTO);
      }
    }
    return received.lengthBytes();
  }

  @Override
  public int write(ByteBuffer from) throws LinuxException {
    int[] descriptors = departing;
    departing = new int[0];
    return send(from, descriptors);
  }

  /// Ends the connection; unclaimed descriptors are closed.
  @Override
  public void close() {
    super.close();
    synchronized (arrived) {
      arrived.forEach(Descriptors::close);
      arrived.clear();
    }
  }
}
