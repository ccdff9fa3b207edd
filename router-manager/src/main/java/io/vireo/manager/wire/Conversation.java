package io.vireo.manager.wire;

import io.vireo.drivers.linux.Errno;
import io.vireo.drivers.linux.LinuxException;
import io.vireo.drivers.linux.UnixSocket;
import io.vireo.wire.cbor.CborWriter;
import io.vireo.wire.frame.Envelope;
import io.vireo.wire.frame.Frame;
import io.vireo.wire.frame.FrameChannel;
import io.vireo.wire.frame.FrameType;
import io.vireo.wire.frame.Preface;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The asking side of a connection to the guard or to a virtual router.
public final class Conversation implements Closeable {
  private static final int CHUNK_BYTES = 256 * 1024;

  private final String peer;
  private final DescriptorChannel channel;
  private final FrameChannel frames;
  private final Listener listener;
  private final FrameSender sender;
  private final AtomicInteger requests = new AtomicInteger();
  private final Map<Integer, Pending> pending = new ConcurrentHashMap<>();
  private final CompletableFuture<Frame> hello = new CompletableFuture<>();
  private volatile boolean ended;

  /// Hears what nobody asked for, on the reading thread.
  public interface Listener {
    /// A NOTIFICATION frame.
    void onNotification(Envelope notification) throws IOException;

    /// The connection ended; once. Calls in flight have been failed.
    void onEnd(String why);
  }

  private static final class Pending {
    final CompletableFuture<Frame> reply = new CompletableFuture<>();
    final Consumer<Frame> data;
    final int wantedDescriptors;
    volatile List<Integer> descriptors = List.of();

    Pending(Consumer<Frame> data, int wantedDescriptors) {
      this.data = data;
      this.wantedDescriptors = wantedDescriptors;
    }
  }

  /// A reply and the descriptors that came with it, now the caller's to close.
  public record WithDescriptors(Frame frame, List<Integer> descriptors) {}

  private Conversation(
      String peer, DescriptorChannel channel, FrameChannel frames, Listener listener) {
    this.peer = peer;
    this.channel = channel;
    this.frames = frames;
    this.sender = new FrameSender(channel, frames);
    this.listener = listener;
  }

  /// Starts to talk over a connected socket.
  ///
  /// @param peer what messages call the other side
  public static Conversation open(
      UnixSocket socket, Preface.Protocol protocol, String peer, Listener listener)
      throws IOException {
    DescriptorChannel channel = new DescriptorChannel(socket);
    Conversation talk =
        new Conversation(peer, channel, FrameChannel.open(channel, protocol), listener);
    Thread.ofPlatform().daemon().name("from " + peer).start(talk::read);
    return talk;
  }

  /// Sends the HELLO frame; completes with the peer's.
  public CompletableFuture<Frame> hello(CborWriter payload) {
    try {
      sender.send(FrameType.HELLO, 0, payload.toByteBuffer());
    } catch (IOException failed) {
      end(unsent(failed));
    }
    return hello;
  }

  /// A call in flight.
  ///
  /// @param id its request id
  /// @param reply completes with the REPLY frame; fails with [PeerError] or an IOException
  public record Call(int id, CompletableFuture<Frame> reply) {}

  /// Calls an RPC.
  ///
  /// @param data receives the DATA frames that come before the reply, on the reading thread
  public Call call(long sid, Envelope.Body input, Consumer<Frame> data, int... descriptors) {
    Pending asked = new Pending(data, 0);
    return new Call(start(sid, input, asked, null, descriptors), asked.reply);
  }

  /// Calls an RPC of one answer.
  public CompletableFuture<Frame> call(long sid, Envelope.Body input, int... descriptors) {
    return call(sid, input, frame -> {}, descriptors).reply();
  }

  /// Calls an RPC whose reply brings `count` descriptors.
  public CompletableFuture<WithDescriptors> callForDescriptors(
      long sid, Envelope.Body input, int count) {
    Pending asked = new Pending(frame -> {}, count);
    start(sid, input, asked, null);
    return asked.reply.thenApply(frame -> new WithDescriptors(frame, asked.descriptors));
  }

  /// Calls an RPC and sends `upload` in DATA frames of its stream, then FIN.
  public CompletableFuture<Frame> upload(long sid, Envelope.Body input, byte[] upload) {
    Pending asked = new Pending(frame -> {}, 0);
    start(sid, input, asked, upload);
    return asked.reply;
  }

  /// Tells the peer that a call's answers are no longer wanted.
  public void cancel(int request) {
    if (pending.containsKey(request)) {
      try {
        sender.send(FrameType.RESET, request, ByteBuffer.allocate(0));
      } catch (IOException failed) {
        end(unsent(failed));
      }
    }
  }

  private int start(
      long sid, Envelope.Body input, Pending asked, byte @Nullable [] upload, int... descriptors) {
    int id = requests.incrementAndGet();
    pending.put(id, asked);
    asked.reply.whenComplete((frame, failure) -> pending.remove(id));
    try {
      sender.send(FrameType.RPC, id, Envelope.emit(sid, input).toByteBuffer(), descriptors);
      if (upload != null) {
        for (int at = 0; at < upload.length; at += CHUNK_BYTES) {
          int length = Math.min(CHUNK_BYTES, upload.length - at);
          sender.send(FrameType.DATA, id, ByteBuffer.wrap(upload, at, length));
        }
        sender.send(FrameType.FIN, id, ByteBuffer.allocate(0));
      }
    } catch (IOException failed) {
      // Part of a frame may have gone: nothing can follow it.
      end(unsent(failed));
    }
    if (ended) {
      asked.reply.completeExceptionally(
          new IOException("the connection to " + peer + " has ended"));
    }
    return id;
  }

  private String unsent(IOException failed) {
    return failed instanceof LinuxException refused && refused.errno() == Errno.EAGAIN
        ? peer + " takes no data: a write to it timed out"
        : peer + ": " + failed.getMessage();
  }

  private void read() {
    String why = peer + " closed the connection";
    try {
      for (Frame frame; (frame = frames.receive()) != null; ) {
        onFrame(frame);
      }
    } catch (IOException failed) {
      why = peer + ": " + failed.getMessage();
    } catch (RuntimeException | Error mistake) {
      why = peer + " sent what this side stumbled over: " + mistake;
    }
    end(why);
  }

  private void onFrame(Frame frame) throws IOException {
    switch (frame.type()) {
      case HELLO -> hello.complete(frame);
      case REPLY, ERROR -> {
        Pending asked = pending.get(frame.requestId());
        if (asked == null) {
          return; // its deadline has passed
        }
        if (frame.type() == FrameType.REPLY) {
          asked.descriptors = channel.claim(asked.wantedDescriptors); // in the order of frames
          asked.reply.complete(frame);
        } else {
          asked.reply.completeExceptionally(Failures.read(frame));
        }
      }
      case DATA -> {
        Pending asked = pending.get(frame.requestId());
        if (asked != null) {
          onData(asked, frame);
        }
      }
      case NOTIFICATION -> listener.onNotification(Envelope.open(frame.reader()));
      case PING -> sender.send(FrameType.PONG, frame.requestId(), ByteBuffer.wrap(frame.payload()));
      case GOAWAY -> throw new IOException("it is ending");
      case RPC, DATAGRAM, WINDOW, FIN, RESET, PONG -> {
        return; // nothing that this side asks for
      }
    }
  }

  /// A caller that can't use what came fails its own call and no other.
  private void onData(Pending asked, Frame frame) {
    try {
      asked.data.accept(frame);
    } catch (RuntimeException mistake) {
      cancel(frame.requestId());
      asked.reply.completeExceptionally(mistake);
    }
  }

  private void end(String why) {
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
    }
    channel.close();
    IOException failure = new IOException(why);
    hello.completeExceptionally(failure);
    pending.values().forEach(each -> each.reply.completeExceptionally(failure));
    listener.onEnd(why);
  }

  @Override
  public void close() {
    end("the connection to " + peer + " was closed");
  }
}
