package io.vireo.drivers.linux;

import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;

/// A connected AF_UNIX stream socket as a channel, for code that takes the Java library's channels.
/// Descriptors that arrive are refused; a subclass may take them over.
///
/// Threads: as of [UnixSocket].
public class UnixChannel implements ByteChannel {
  private final UnixSocket socket;
  private volatile boolean open = true;

  public UnixChannel(UnixSocket socket) {
    this.socket = socket;
  }

  @Override
  public int read(ByteBuffer into) throws LinuxException {
    return socket.read(into);
  }

  /// Reads as [#read] does and takes over at most `maxDescriptors` descriptors.
  protected final DescriptorPassing.Received receive(ByteBuffer into, int maxDescriptors)
      throws LinuxException {
    return socket.receive(into, maxDescriptors);
  }

  /// Writes all that `from` holds.
  @Override
  public int write(ByteBuffer from) throws LinuxException {
    return send(from);
  }

  /// Writes all that `from` holds, with `descriptors` attached to its first byte.
  protected final int send(ByteBuffer from, int... descriptors) throws LinuxException {
    int length = from.remaining();
    socket.write(from, descriptors);
    return length;
  }

  @Override
  public final boolean isOpen() {
    return open;
  }

  /// Ends the connection and wakes whoever reads or writes.
  @Override
  public void close() {
    open = false;
    socket.close();
  }
}
