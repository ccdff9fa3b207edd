package io.vireo.rsock.server;

import io.vireo.wire.frame.FrameException;
import io.vireo.wire.rsock.RsockLimits;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// One socket of a connection, with its credit both ways.
///
/// The reading thread controls it and sends; the delivering thread takes what has come. The credit
/// for delivery is written by both, under the stream's lock.
final class SocketStream {
  private final int handle;
  private final int sendWindowBytes;
  private int sendCreditBytes;

  private int deliveryCreditBytes;
  private byte @Nullable [] stalled;
  private volatile @Nullable RouterSocket socket;

  /// Owned by [ReadyStreams].
  final AtomicBoolean ready = new AtomicBoolean();

  /// Owned by [ReadyStreams].
  @Nullable SocketStream nextReady;

  SocketStream(int handle, int sendWindowBytes) {
    this.handle = handle;
    this.sendWindowBytes = sendWindowBytes;
    this.sendCreditBytes = sendWindowBytes;
  }

  int handle() {
    return handle;
  }

  /// Null before the socket is open and after it was closed.
  @Nullable RouterSocket socket() {
    return socket;
  }

  void open(RouterSocket opened) {
    socket = opened;
  }

  void close() {
    RouterSocket open = socket;
    socket = null;
    if (open != null) {
      open.close();
    }
  }

  /// Takes the cost of a datagram that the program sent.
  void takeSendCredit(int bytes) throws FrameException {
    if (bytes > sendCreditBytes) {
      throw new FrameException(
          FrameException.Reason.BEYOND_WINDOW,
          bytes + " bytes on socket " + handle + " with " + sendCreditBytes + " bytes of credit");
    }
    sendCreditBytes -= bytes;
  }

  /// The credit to give back now: all that was used, once that is half the window.
  int returnSendCredit() {
    int used = sendWindowBytes - sendCreditBytes;
    if (used < sendWindowBytes / 2) {
      return 0;
    }
    sendCreditBytes = sendWindowBytes;
    return used;
  }

  synchronized void addDeliveryCredit(byte[] window) throws FrameException {
    deliveryCreditBytes = RsockLimits.addWindow(deliveryCreditBytes, window);
  }

  /// The next datagram that the program has given credit for, null when there is none. One that
  /// lacks credit waits here, those behind it in the router's bounded queue.
  byte @Nullable [] nextDelivery() {
    RouterSocket open = socket;
    if (open == null) {
      return null;
    }
    byte[] payload = stalled;
    stalled = null;
    if (payload == null) {
      payload = open.poll();
    }
    if (payload == null || takeDeliveryCredit(payload.length)) {
      return payload;
    }
    stalled = payload;
    return null;
  }

  private synchronized boolean takeDeliveryCredit(int bytes) {
    if (bytes > deliveryCreditBytes) {
      return false;
    }
    deliveryCreditBytes -= bytes;
    return true;
  }
}
