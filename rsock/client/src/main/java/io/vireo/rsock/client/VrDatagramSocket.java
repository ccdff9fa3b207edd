package io.vireo.rsock.client;

import io.vireo.wire.frame.FrameException;
import io.vireo.wire.frame.FrameType;
import io.vireo.wire.rsock.DatagramHeader;
import io.vireo.wire.rsock.RsockLimits;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A UDP socket inside a virtual router.
///
/// What arrives waits here, at most [#WINDOW_BYTES] of it: that much credit the router has. The
/// rest waits in the router's own bounded queue, or is dropped and counted there.
final class VrDatagramSocket implements RsockDatagramSocket {
  static final int WINDOW_BYTES = 256 * 1024;

  private final VrConnection connection;
  private final ProtocolFamily family;
  private final int handle;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<byte[]> arrived = new ArrayDeque<>();
  private int routerCreditBytes = WINDOW_BYTES;
  private int consumedBytes;
  private int sendCreditBytes;
  private @Nullable IOException pendingError;
  private @Nullable IOException end;
  private @Nullable InetSocketAddress local;
  private @Nullable InetSocketAddress remote;

  private VrDatagramSocket(
      VrConnection connection, ProtocolFamily family, int handle, int sendCreditBytes) {
    this.connection = connection;
    this.family = family;
    this.handle = handle;
    this.sendCreditBytes = sendCreditBytes;
  }

  static VrDatagramSocket open(VrConnection connection, ProtocolFamily family) throws IOException {
    Messages.Opened opened = Messages.readOpen(connection.call("open", Messages.open(family)));
    VrDatagramSocket socket =
        new VrDatagramSocket(connection, family, opened.handle(), opened.receiveWindowBytes());
    connection.attach(opened.handle(), socket);
    connection.send(FrameType.WINDOW, socket.handle, 0, RsockLimits.window(WINDOW_BYTES));
    return socket;
  }

  @Override
  public Router router() {
    return connection.router();
  }

  @Override
  public void bind(InetSocketAddress address) throws IOException {
    requireOpen();
    InetSocketAddress bound =
        Messages.readBind(connection.call("bind", Messages.bind(handle, address)));
    set(bound, remote);
  }

  @Override
  public void connect(InetSocketAddress address) throws IOException {
    requireOpen();
    InetSocketAddress bound =
        Messages.readConnect(connection.call("connect", Messages.connect(handle, address)));
    set(bound, address);
  }

  @Override
  public @Nullable InetSocketAddress localAddress() {
    lock.lock();
    try {
      return local;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public @Nullable InetSocketAddress remoteAddress() {
    lock.lock();
    try {
      return remote;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void send(ByteBuffer data, InetSocketAddress destination) throws IOException {
    if (data.remaining() > DatagramHeader.MAX_DATA) {
      throw SocketErrors.exception(
          SocketErrors.EMSGSIZE, "send", router(), data.remaining() + " bytes do not fit UDP");
    }
    if (destination.isUnresolved()) {
      throw new SocketException("send in " + router() + ": " + destination + " is not resolved");
    }
    if (localAddress() == null) {
      bind(new InetSocketAddress(wildcard(), 0));
    }
    byte[] payload = DatagramHeader.payload(destination, data);
    takeCredit(payload.length);
    connection.send(FrameType.DATAGRAM, handle, 0, ByteBuffer.wrap(payload));
  }

  @Override
  public @Nullable Datagram receive(Duration timeout) throws IOException {
    byte[] payload;
    int creditBytes;
    lock.lock();
    try {
      payload = awaitDatagram(timeout.toNanos());
      if (payload == null) {
        return null;
      }
      consumedBytes += payload.length;
      creditBytes = consumedBytes >= WINDOW_BYTES / 2 ? consumedBytes : 0;
      consumedBytes -= creditBytes;
      routerCreditBytes += creditBytes;
    } finally {
      lock.unlock();
    }
    if (creditBytes > 0) {
      connection.send(FrameType.WINDOW, handle, 0, RsockLimits.window(creditBytes));
    }
    InetSocketAddress from = DatagramHeader.parse(payload);
    int length = payload.length - DatagramHeader.LENGTH;
    ByteBuffer data = ByteBuffer.wrap(payload, DatagramHeader.LENGTH, length).slice();
    return new Datagram(data, from, router());
  }

  @Override
  public boolean isOpen() {
    lock.lock();
    try {
      return end == null;
    } finally {
      lock.unlock();
    }
  }

  /// Returns when the router has closed the socket, so that its port is free again.
  @Override
  public void close() {
    if (!onEnd(new ClosedChannelException())) {
      return;
    }
    connection.detach(handle);
    try {
      connection.call("close", Messages.close(handle));
    } catch (IOException e) {
      // The connection has ended, and with it the socket in the router.
    }
  }

  /// Reader thread: a datagram has come.
  void onDatagram(byte[] payload) throws FrameException {
    DatagramHeader.parse(payload);
    lock.lock();
    try {
      if (payload.length > routerCreditBytes) {
        throw new FrameException(
            FrameException.Reason.BEYOND_WINDOW,
            payload.length + " bytes with " + routerCreditBytes + " bytes of credit");
      }
      routerCreditBytes -= payload.length;
      arrived.add(payload);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Reader thread: the router takes more.
  void onWindow(byte[] payload) throws FrameException {
    lock.lock();
    try {
      sendCreditBytes = RsockLimits.addWindow(sendCreditBytes, payload);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Reader thread: something sent earlier failed.
  void onPendingError(IOException error) {
    lock.lock();
    try {
      pendingError = error;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// The socket is no more; false when it was so before.
  boolean onEnd(IOException why) {
    lock.lock();
    try {
      if (end != null) {
        return false;
      }
      end = why;
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void set(InetSocketAddress bound, @Nullable InetSocketAddress peer) {
    lock.lock();
    try {
      local = bound;
      remote = peer;
    } finally {
      lock.unlock();
    }
  }

  private void requireOpen() throws IOException {
    lock.lock();
    try {
      throwIfFailed();
    } finally {
      lock.unlock();
    }
  }

  private void takeCredit(int bytes) throws IOException {
    lock.lock();
    try {
      throwIfFailed();
      while (sendCreditBytes < bytes) {
        await(Long.MAX_VALUE);
        throwIfFailed();
      }
      sendCreditBytes -= bytes;
    } finally {
      lock.unlock();
    }
  }

  private byte @Nullable [] awaitDatagram(long timeoutNs) throws IOException {
    long leftNs = timeoutNs;
    while (true) {
      byte[] payload = arrived.poll();
      if (payload != null) {
        return payload;
      }
      throwIfFailed();
      if (leftNs <= 0) {
        return null;
      }
      leftNs = await(leftNs);
    }
  }

  private long await(long timeoutNs) throws IOException {
    try {
      return changed.awaitNanos(timeoutNs);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("socket in " + router() + ": interrupted while waiting");
    }
  }

  private void throwIfFailed() throws IOException {
    IOException ended = end;
    if (ended != null) {
      // A new one: stack traces of several callers do not belong into one exception.
      if (ended instanceof ClosedChannelException) {
        throw new SocketException("socket in " + router() + " is closed");
      }
      SocketException failure = new SocketException(ended.getMessage());
      failure.initCause(ended);
      throw failure;
    }
    IOException error = pendingError;
    if (error != null) {
      pendingError = null;
      throw error;
    }
  }

  private InetAddress wildcard() {
    return InetAddress.ofLiteral(family == StandardProtocolFamily.INET6 ? "::" : "0.0.0.0");
  }
}
