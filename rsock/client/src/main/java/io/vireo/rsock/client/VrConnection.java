package io.vireo.rsock.client;

import io.vireo.wire.cbor.CborWriter;
import io.vireo.wire.frame.Frame;
import io.vireo.wire.frame.FrameChannel;
import io.vireo.wire.frame.FrameException;
import io.vireo.wire.frame.FrameType;
import io.vireo.wire.frame.Preface;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The connection of this program to one virtual router; all its sockets there share it.
///
/// A daemon thread reads and hands frames to calls and sockets. When the connection ends, for
/// whatever reason, every socket on it fails with ECONNRESET and the reason.
final class VrConnection implements Closeable {
  private static final long CALL_TIMEOUT_MS = 10_000;

  private final Router.Named router;
  private final FrameChannel frames;
  private final AtomicInteger requests = new AtomicInteger();
  private final Map<Integer, CompletableFuture<Frame>> calls = new ConcurrentHashMap<>();
  private final Map<Integer, VrDatagramSocket> sockets = new ConcurrentHashMap<>();
  private final CompletableFuture<Frame> hello = new CompletableFuture<>();
  private final AtomicReference<@Nullable IOException> ended = new AtomicReference<>();

  private VrConnection(Router.Named router, FrameChannel frames) {
    this.router = router;
    this.frames = frames;
  }

  /// Connects and says hello.
  ///
  /// @param socket the unix socket of the virtual router
  static VrConnection open(Router.Named router, Path socket) throws IOException {
    UninterruptibleChannel channel;
    try {
      channel = UninterruptibleChannel.connect(socket);
    } catch (IOException e) {
      SocketException away =
          new SocketException(
              router
                  + " cannot be reached at "
                  + socket
                  + ": "
                  + e.getMessage()
                  + "; is it running?");
      away.initCause(e);
      throw away;
    }
    VrConnection connection =
        new VrConnection(router, FrameChannel.open(channel, Preface.Protocol.RSOCK));
    Thread.ofPlatform().daemon().name("rsock-" + router.name()).start(connection::read);
    try {
      connection.frames.send(FrameType.HELLO, 0, 0, Messages.hello());
      String name = Messages.readHello(connection.await(connection.hello, "hello"));
      if (!name.equals(router.name())) {
        throw new SocketException(socket + " belongs to " + name + ", not to " + router.name());
      }
      return connection;
    } catch (IOException e) {
      connection.close();
      throw e;
    }
  }

  Router.Named router() {
    return router;
  }

  boolean isOpen() {
    return ended.get() == null;
  }

  /// Calls an RPC and waits for its reply; a refusal becomes the exception of its errno.
  Frame call(String name, CborWriter payload) throws IOException {
    requireOpen();
    int id = requests.incrementAndGet();
    CompletableFuture<Frame> reply = new CompletableFuture<>();
    calls.put(id, reply);
    try {
      requireOpen(); // the end may have come before the call was listed
      send(FrameType.RPC, 0, id, payload.toByteBuffer());
      Frame frame = await(reply, name);
      if (frame.type() == FrameType.ERROR) {
        throw Messages.readFailure(frame).toException(name, router);
      }
      return frame;
    } finally {
      calls.remove(id);
    }
  }

  /// Sends a frame; a failure ends the connection.
  void send(FrameType type, int streamId, int requestId, ByteBuffer payload) throws IOException {
    try {
      frames.send(type, streamId, requestId, payload);
    } catch (IOException e) {
      end(e.toString());
      throw reset();
    }
  }

  /// Frames of stream `handle` go to `socket` from now on.
  void attach(int handle, VrDatagramSocket socket) throws IOException {
    sockets.put(handle, socket);
    requireOpen();
  }

  void detach(int handle) {
    sockets.remove(handle);
  }

  /// Ends the connection: the router closes all its sockets.
  @Override
  public void close() {
    end("it was closed");
  }

  private void requireOpen() throws IOException {
    if (!isOpen()) {
      throw reset();
    }
  }

  private IOException reset() {
    IOException why = ended.get();
    String reason = why == null ? "it is ending" : String.valueOf(why.getMessage());
    return SocketErrors.exception(SocketErrors.ECONNRESET, "socket", router, reason);
  }

  private Frame await(CompletableFuture<Frame> answer, String call) throws IOException {
    try {
      return answer.get(CALL_TIMEOUT_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(call + " in " + router + " was interrupted");
    } catch (TimeoutException e) {
      throw SocketErrors.exception(
          SocketErrors.ETIMEDOUT, call, router, "no answer in " + CALL_TIMEOUT_MS + " ms");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RefusedException refused ? refused.toIoException() : reset();
    }
  }

  private void read() {
    try {
      Frame frame;
      while ((frame = frames.receive()) != null) {
        onFrame(frame);
      }
      end("the router closed the connection");
    } catch (RefusedException e) {
      hello.completeExceptionally(e);
      end(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      end(String.valueOf(e.getMessage()));
    }
  }

  private void onFrame(Frame frame) throws IOException {
    switch (frame.type()) {
      case HELLO -> hello.complete(frame);
      case REPLY, ERROR -> onAnswer(frame);
      case DATAGRAM -> {
        VrDatagramSocket socket = sockets.get(frame.streamId());
        if (socket != null) { // else: closed on this side, the router does not know yet
          socket.onDatagram(frame.payload());
        }
      }
      case WINDOW -> {
        VrDatagramSocket socket = sockets.get(frame.streamId());
        if (socket != null) {
          socket.onWindow(frame.payload());
        }
      }
      case FIN, RESET -> {
        VrDatagramSocket socket = sockets.remove(frame.streamId());
        if (socket != null) {
          socket.onEnd(
              SocketErrors.exception(
                  SocketErrors.ECONNRESET, "socket", router, "the router closed it"));
        }
      }
      case PING -> send(FrameType.PONG, 0, frame.requestId(), ByteBuffer.wrap(frame.payload()));
      case PONG, NOTIFICATION -> {
        // Nothing this side has asked for.
      }
      case GOAWAY -> throw new RefusedException(Messages.readFailure(frame), router);
      case RPC, DATA ->
          throw new FrameException(
              FrameException.Reason.OUT_OF_ORDER, frame.type() + " from a router");
    }
  }

  /// The answer to a call; an ERROR with request id 0 is a socket's pending error.
  private void onAnswer(Frame frame) throws IOException {
    if (frame.requestId() == 0 && frame.type() == FrameType.ERROR) {
      VrDatagramSocket socket = sockets.get(frame.streamId());
      if (socket != null) {
        socket.onPendingError(Messages.readFailure(frame).toException("send", router));
      }
      return;
    }
    CompletableFuture<Frame> call = calls.get(frame.requestId());
    if (call != null) { // else: its caller gave up
      call.complete(frame);
    }
  }

  private void end(String why) {
    if (!ended.compareAndSet(null, new IOException(why))) {
      return;
    }
    try {
      frames.close();
    } catch (IOException e) {
      // The descriptor is gone either way.
    }
    IOException reset = reset();
    hello.completeExceptionally(reset);
    calls.values().forEach(call -> call.completeExceptionally(reset));
    sockets.values().forEach(socket -> socket.onEnd(reset));
    sockets.clear();
  }

  /// The router said GOAWAY.
  private static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient RemoteFailure failure;
    private final transient Router.Named router;

    RefusedException(RemoteFailure failure, Router.Named router) {
      super(failure.message());
      this.failure = failure;
      this.router = router;
    }

    IOException toIoException() {
      return failure.toException("open", router);
    }
  }
}
