package io.vireo.rsock.client;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/// A unix stream socket that blocks, but that an interrupt does not close.
///
/// A blocking [SocketChannel] closes when a thread is interrupted inside it; here that would take
/// all other sockets of the program down with it. So the channel does not block, and a selector per
/// direction does the waiting. The interrupt stays pending for the caller.
final class UninterruptibleChannel implements ByteChannel {
  private final SocketChannel socket;
  private final Selector readable;
  private final Selector writable;

  private UninterruptibleChannel(SocketChannel socket, Selector readable, Selector writable) {
    this.socket = socket;
    this.readable = readable;
    this.writable = writable;
  }

  /// Connects to the listening socket at `path`; on Linux that is done at once or not at all.
  static UninterruptibleChannel connect(Path path) throws IOException {
    SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(path));
    try {
      socket.configureBlocking(false);
      Selector readable = Selector.open();
      Selector writable = Selector.open();
      socket.register(readable, SelectionKey.OP_READ);
      socket.register(writable, SelectionKey.OP_WRITE);
      return new UninterruptibleChannel(socket, readable, writable);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  @Override
  public int read(ByteBuffer data) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        int count = socket.read(data);
        if (count != 0 || !data.hasRemaining()) {
          return count;
        }
        interrupted |= await(readable);
      }
    } finally {
      restore(interrupted);
    }
  }

  @Override
  public int write(ByteBuffer data) throws IOException {
    boolean interrupted = false;
    int length = data.remaining();
    try {
      while (data.hasRemaining()) {
        if (socket.write(data) == 0) {
          interrupted |= await(writable);
        }
      }
      return length;
    } finally {
      restore(interrupted);
    }
  }

  private static boolean await(Selector ready) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      ready.select();
      ready.selectedKeys().clear();
    } catch (ClosedSelectorException e) {
      ClosedChannelException closed = new ClosedChannelException();
      closed.initCause(e);
      throw closed;
    }
    return interrupted;
  }

  private static void restore(boolean interrupted) {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isOpen() {
    return socket.isOpen();
  }

  /// Closes; a thread that waits in [#read] or [#write] fails with a ClosedChannelException.
  @Override
  public void close() throws IOException {
    socket.close();
    readable.wakeup();
    writable.wakeup();
    // Closing the selectors frees their descriptors; whoever waits has been woken and finds the
    // channel closed, or the selector closed, which is told as the same.
    readable.close();
    writable.close();
  }
}
