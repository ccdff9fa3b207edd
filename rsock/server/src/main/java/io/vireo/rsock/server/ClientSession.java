package io.vireo.rsock.server;

import io.vireo.rsock.server.access.AccessControl;
import io.vireo.rsock.server.access.Peer;
import io.vireo.wire.frame.Frame;
import io.vireo.wire.frame.FrameException;
import io.vireo.wire.frame.FrameException.Reason;
import io.vireo.wire.frame.FrameType;
import io.vireo.wire.rsock.DatagramHeader;
import io.vireo.wire.rsock.RsockLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The protocol of one connection: frames in, frames and socket calls out. No thread, clock or
/// descriptor inside.
///
/// One thread hands in frames, another (or the same) calls [#deliver]. What breaks the protocol is
/// an IOException out of [#onFrame]; whoever gets it calls [#goAway] and ends the connection.
final class ClientSession {
  /// Datagrams of one socket before others get their turn.
  private static final int DELIVERY_BATCH = 64;

  private final Peer peer;
  private final AccessControl access;
  private final RouterSockets router;
  private final ServerLimits limits;
  private final FrameSink out;
  private final ReadyStreams ready;
  private final Map<Integer, SocketStream> streams = new ConcurrentHashMap<>();
  private int lastHandle;
  private volatile boolean greeted;

  ClientSession(
      Peer peer,
      AccessControl access,
      RouterSockets router,
      ServerLimits limits,
      FrameSink out,
      ReadyStreams ready) {
    this.peer = peer;
    this.access = access;
    this.router = router;
    this.limits = limits;
    this.out = out;
    this.ready = ready;
  }

  /// True once the peer has said hello and was welcome.
  boolean isGreeted() {
    return greeted;
  }

  /// The longest payload that a frame of `type` (null: an unknown one) may announce now.
  int maxPayloadBytes(@Nullable FrameType type) {
    return switch (type) {
      case DATAGRAM ->
          greeted ? DatagramHeader.LENGTH + DatagramHeader.MAX_DATA : RsockLimits.MAX_CONTROL_BYTES;
      case PING, PONG -> RsockLimits.MAX_PING_BYTES;
      case null, default -> RsockLimits.MAX_CONTROL_BYTES;
    };
  }

  /// Takes a frame of the peer, of a length that [#maxPayloadBytes] allows.
  ///
  /// @throws SocketRefusal when the peer may not be here at all
  void onFrame(Frame frame) throws IOException, SocketRefusal {
    if (frame.type() == FrameType.HELLO) {
      onHello(frame);
      return;
    }
    if (!greeted) {
      throw new FrameException(Reason.OUT_OF_ORDER, frame.type() + " before HELLO");
    }
    switch (frame.type()) {
      case RPC -> onRpc(frame);
      case DATAGRAM -> onDatagram(frame);
      case WINDOW -> onWindow(frame);
      case FIN, RESET -> closeStream(frame.streamId());
      case PING -> out.send(FrameType.PONG, 0, frame.requestId(), ByteBuffer.wrap(frame.payload()));
      case PONG -> {
        // Answers no question of ours, and asks none.
      }
      case GOAWAY -> close();
      case HELLO, REPLY, ERROR, NOTIFICATION, DATA ->
          throw new FrameException(Reason.OUT_OF_ORDER, frame.type() + " from a program");
    }
  }

  /// Sends what waits on `stream`, as far as its credit goes.
  void deliver(SocketStream stream) throws IOException {
    for (int i = 0; i < DELIVERY_BATCH; i++) {
      RouterSocket socket = stream.socket();
      SocketRefusal error = socket == null ? null : socket.takeError();
      if (error != null) {
        sendError(stream.handle(), 0, error);
      }
      byte[] payload = stream.nextDelivery();
      if (payload == null) {
        return;
      }
      out.send(FrameType.DATAGRAM, stream.handle(), 0, ByteBuffer.wrap(payload));
    }
    ready.add(stream);
  }

  /// Tells the peer why its connection ends.
  void goAway(SocketRefusal why) throws IOException {
    out.send(FrameType.GOAWAY, 0, 0, ServerMessages.failure(why));
  }

  /// Closes all sockets; returns how many there were.
  int close() {
    int closed = streams.size();
    for (Integer handle : streams.keySet()) {
      closeStream(handle);
    }
    return closed;
  }

  private void onHello(Frame frame) throws IOException, SocketRefusal {
    if (greeted) {
      throw new FrameException(Reason.OUT_OF_ORDER, "a second HELLO");
    }
    ServerMessages.requireHello(frame);
    access.requireConnect(peer);
    greeted = true;
    out.send(FrameType.HELLO, 0, 0, ServerMessages.hello(router.name()));
  }

  private void onRpc(Frame frame) throws IOException {
    if (frame.requestId() == 0) {
      throw new FrameException(Reason.OUT_OF_ORDER, "an RPC needs a request id");
    }
    SocketRequest request = ServerMessages.request(frame);
    try {
      ByteBuffer reply = perform(request);
      out.send(FrameType.REPLY, 0, frame.requestId(), reply);
    } catch (SocketRefusal refusal) {
      sendError(0, frame.requestId(), refusal);
    }
  }

  private ByteBuffer perform(SocketRequest request) throws SocketRefusal {
    return switch (request) {
      case SocketRequest.Open open -> {
        SocketStream stream = open(open);
        yield ServerMessages.opened(stream.handle(), limits.sendWindowBytes());
      }
      case SocketRequest.Bind bind -> {
        RouterSocket socket = require(bind.handle());
        access.requireBind(peer, bind.local().getPort());
        yield ServerMessages.bound(socket.bind(bind.local()));
      }
      case SocketRequest.Connect connect ->
          ServerMessages.connected(require(connect.handle()).connect(connect.remote()));
      case SocketRequest.Close close -> {
        require(close.handle());
        closeStream(close.handle());
        yield ByteBuffer.allocate(0);
      }
      case SocketRequest.Unknown unknown ->
          throw new SocketRefusal(
              SocketRefusal.EOPNOTSUPP, "rpc with SID " + unknown.sid() + " is not known here");
    };
  }

  private SocketStream open(SocketRequest.Open request) throws SocketRefusal {
    access.requireOpen(peer);
    if (!request.datagram()) {
      throw new SocketRefusal(
          SocketRefusal.EPROTONOSUPPORT, "stream sockets are not served yet; open a datagram one");
    }
    if (streams.size() >= limits.socketsPerConnection()) {
      throw new SocketRefusal(
          SocketRefusal.EMFILE,
          "this program has " + streams.size() + " sockets here, the limit; close some");
    }
    SocketStream stream = new SocketStream(++lastHandle, limits.sendWindowBytes());
    stream.open(router.openUdp(peer, request.ipv6(), () -> ready.add(stream)));
    streams.put(stream.handle(), stream);
    ready.add(stream); // what came before it was listed
    return stream;
  }

  private void onDatagram(Frame frame) throws IOException {
    SocketStream stream = streams.get(frame.streamId());
    RouterSocket socket = stream == null ? null : stream.socket();
    if (stream == null || socket == null) {
      throw new FrameException(
          Reason.OUT_OF_ORDER, "DATAGRAM on socket " + frame.streamId() + ", which is not open");
    }
    InetSocketAddress destination = DatagramHeader.parse(frame.payload());
    stream.takeSendCredit(frame.payload().length);
    int dataLength = frame.payload().length - DatagramHeader.LENGTH;
    try {
      socket.send(destination, ByteBuffer.wrap(frame.payload(), DatagramHeader.LENGTH, dataLength));
    } catch (SocketRefusal refusal) {
      sendError(stream.handle(), 0, refusal);
    }
    int creditBytes = stream.returnSendCredit();
    if (creditBytes > 0) {
      out.send(FrameType.WINDOW, stream.handle(), 0, RsockLimits.window(creditBytes));
    }
  }

  private void onWindow(Frame frame) throws FrameException {
    SocketStream stream = streams.get(frame.streamId());
    if (stream == null) {
      return; // crossed a RESET on its way
    }
    stream.addDeliveryCredit(frame.payload());
    ready.add(stream);
  }

  private RouterSocket require(int handle) throws SocketRefusal {
    SocketStream stream = streams.get(handle);
    RouterSocket socket = stream == null ? null : stream.socket();
    if (socket == null) {
      throw new SocketRefusal(
          SocketRefusal.EBADF, "handle " + Integer.toUnsignedString(handle) + " is not open");
    }
    return socket;
  }

  private void closeStream(int handle) {
    SocketStream stream = streams.remove(handle);
    if (stream != null) {
      stream.close();
    }
  }

  private void sendError(int streamId, int requestId, SocketRefusal refusal) throws IOException {
    out.send(FrameType.ERROR, streamId, requestId, ServerMessages.failure(refusal));
  }
}
