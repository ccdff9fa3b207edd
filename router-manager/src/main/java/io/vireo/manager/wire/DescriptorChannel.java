package io.vireo.manager.wire;

import io.vireo.drivers.linux.DescriptorPassing;
import io.vireo.drivers.linux.Descriptors;
import io.vireo.drivers.linux.Errno;
import io.vireo.drivers.linux.LinuxException;
import io.vireo.drivers.linux.UnixSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/// An AF_UNIX stream socket as a channel. Descriptors to be sent go with the next write; those that
/// arrived wait, in order, to be claimed by whoever reads the frame that they came with.
///
/// The kernel ends a read at a message that carries descriptors, so that their order is that of the
/// frames.
public final class DescriptorChannel implements ByteChannel {
  private static final int MAX_PER_MESSAGE = 4;
  private static final int MAX_UNCLAIMED = 16;

  private final UnixSocket socket;
  private final Deque<Integer> arrived = new ArrayDeque<>();
  private int[] departing = {};
  private volatile boolean open = true;

  public DescriptorChannel(UnixSocket socket) {
    this.socket = socket;
  }

  /// Attaches descriptors to the first byte of the next write. The caller keeps them and keeps
  /// others from writing meanwhile.
  void attach(int... descriptors) {
    departing = descriptors.clone();
  }

  /// Takes over the oldest descriptor that arrived.
  public int claim() throws LinuxException {
    synchronized (arrived) {
      Integer oldest = arrived.poll();
      if (oldest == null) {
        throw new LinuxException("the peer sent no descriptor with its message", Errno.EPROTO);
      }
      return oldest;
    }
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    DescriptorPassing.Received received = socket.receive(into, MAX_PER_MESSAGE);
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
  public int write(ByteBuffer from) throws IOException {
    int length = from.remaining();
    int[] descriptors = departing;
    departing = new int[0];
    socket.write(from, descriptors);
    return length;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  /// Ends the connection; unclaimed descriptors are closed.
  @Override
  public void close() {
    open = false;
    socket.close();
    synchronized (arrived) {
      arrived.forEach(Descriptors::close);
      arrived.clear();
    }
  }
}
