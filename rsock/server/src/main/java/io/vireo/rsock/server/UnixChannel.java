package io.vireo.rsock.server;

import io.vireo.drivers.linux.UnixSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;

/// An AF_UNIX socket that can name its peer's process, as a channel for frames.
final class UnixChannel implements ByteChannel {
  private final UnixSocket socket;
  private volatile boolean open = true;

  UnixChannel(UnixSocket socket) {
    this.socket = socket;
  }

  @Override
  public int read(ByteBuffer data) throws IOException {
    return socket.read(data);
  }

  @Override
  public int write(ByteBuffer data) throws IOException {
    int length = data.remaining();
    socket.write(data);
    return length;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
    socket.close();
  }
}
