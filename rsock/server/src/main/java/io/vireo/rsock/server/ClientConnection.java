package io.vireo.rsock.server;

import io.vireo.drivers.linux.Errno;
import io.vireo.drivers.linux.UnixChannel;
import io.vireo.drivers.linux.UnixSocket;
import io.vireo.rsock.server.access.AccessControl;
import io.vireo.rsock.server.access.Peer;
import io.vireo.wire.frame.Frame;
import io.vireo.wire.frame.FrameChannel;
import io.vireo.wire.frame.FrameType;
import io.vireo.wire.frame.Preface;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The threads of one connection: one reads and answers, one delivers what came for its sockets.
/// Both wait for the program when it reads nothing, and for nobody else.
final class ClientConnection {
  /// How long a connection that broke the protocol is given to take the reason.
  private static final long FAREWELL_MS = 1_000;

  private final UnixSocket socket;
  private final FrameChannel frames;
  private final Peer peer;
  private final ReadyStreams ready = new ReadyStreams();
  private final ClientSession session;
  private final CountDownLatch greeted = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile boolean open = true;
  private volatile @Nullable String closeReason;

  ClientConnection(
      UnixSocket socket, Peer peer, AccessControl access, RouterSockets router, ServerLimits limits)
      throws IOException {
    this.socket = socket;
    this.peer = peer;
    this.session = new ClientSession(peer, access, router, limits, this::send, ready);
    this.frames =
        FrameChannel.open(
            new UnixChannel(socket), Preface.Protocol.RSOCK, session::maxPayloadBytes);
  }

  Peer peer() {
    return peer;
  }

  /// Serves until the connection ends; called on the connection's own thread.
  RsockEvent.Ended serve(ServerLimits limits, Runnable onGreeted) {
    Thread.ofPlatform()
        .daemon()
        .name("rsock-watch-" + peer.pid())
        .start(() -> closeUnlessGreeted(limits.helloTimeoutMs()));
    Thread delivering =
        Thread.ofPlatform().daemon().name("rsock-deliver-" + peer.pid()).start(this::deliver);
    String failure = null;
    int closedSockets = 0;
    try {
      failure = read(onGreeted);
    } finally {
      open = false;
      try {
        closedSockets = session.close();
      } finally {
        socket.close();
        greeted.countDown();
        over.countDown();
        ready.wake();
        join(delivering);
      }
    }
    return new RsockEvent.Ended(peer, closeReason == null ? failure : closeReason, closedSockets);
  }

  /// Ends the connection from outside.
  void close() {
    // The reading thread finds it closed.
    open = false;
    socket.close();
    ready.wake();
  }

  private @Nullable String read(Runnable onGreeted) {
    try {
      Frame frame;
      while ((frame = frames.receive()) != null) {
        session.onFrame(frame);
        if (session.isGreeted() && greeted.getCount() > 0) {
          greeted.countDown();
          onGreeted.run();
        }
      }
      return null;
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage());
      farewell(new SocketRefusal(SocketRefusal.EINVAL, why));
      return why;
    } catch (SocketRefusal refusal) {
      farewell(refusal);
      return refusal.why();
    } catch (RuntimeException ours) {
      // A mistake of ours costs this program its connection, and nobody else anything.
      farewell(new SocketRefusal(Errno.EIO.number(), "internal error"));
      return "internal error: " + ours;
    }
  }

  private void deliver() {
    while (open) {
      SocketStream stream = ready.takeAll();
      if (stream == null) {
        ready.await();
        continue;
      }
      try {
        while (stream != null) {
          SocketStream next = ReadyStreams.following(stream);
          session.deliver(stream);
          stream = next;
        }
      } catch (IOException e) {
        close(); // the reading thread finds it closed and says why
      } catch (RuntimeException ours) {
        closeReason = "internal error: " + ours;
        close();
      }
    }
  }

  private void send(FrameType type, int streamId, int requestId, ByteBuffer payload)
      throws IOException {
    frames.send(type, streamId, requestId, payload);
  }

  /// Tells the reason to a program that still listens; one that does not is cut off.
  private void farewell(SocketRefusal why) {
    if (!open) {
      return;
    }
    Thread.ofPlatform()
        .daemon()
        .name("rsock-farewell-" + peer.pid())
        .start(this::closeAfterFarewell);
    try {
      session.goAway(why);
    } catch (IOException gone) {
      // It does not listen any more.
    }
  }

  private void closeUnlessGreeted(long timeoutMs) {
    if (!awaits(greeted, timeoutMs) && open) {
      closeReason = "no HELLO within " + timeoutMs + " ms";
      close();
    }
  }

  private void closeAfterFarewell() {
    if (!awaits(over, FAREWELL_MS)) {
      close();
    }
  }

  private static boolean awaits(CountDownLatch latch, long timeoutMs) {
    try {
      return latch.await(timeoutMs, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
