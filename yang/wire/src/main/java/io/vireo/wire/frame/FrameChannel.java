package io.vireo.wire.frame;

import io.vireo.wire.cbor.CborWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.GatheringByteChannel;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Frames over a blocking channel: any thread may [#send], one thread may [#receive].
///
/// The preface goes out in [#open] and the peer's is awaited by the first [#receive], so that
/// neither side has to speak first.
public final class FrameChannel implements Closeable {
  private static final int RECEIVE_BUFFER_BYTES = 64 * 1024;

  private final ByteChannel channel;
  private final FrameDecoder decoder;
  private final ByteBuffer received = ByteBuffer.allocate(RECEIVE_BUFFER_BYTES).limit(0);
  private final ReentrantLock sending = new ReentrantLock();

  private FrameChannel(ByteChannel channel, Preface.Protocol protocol, PayloadLimit limit) {
    this.channel = channel;
    this.decoder = FrameDecoder.withPreface(protocol, limit);
  }

  /// Starts the conversation on a connected channel in blocking mode.
  public static FrameChannel open(ByteChannel channel, Preface.Protocol protocol)
      throws IOException {
    return open(channel, protocol, PayloadLimit.ANY);
  }

  /// The same, for a peer that may not send frames of every length.
  public static FrameChannel open(
      ByteChannel channel, Preface.Protocol protocol, PayloadLimit limit) throws IOException {
    FrameChannel frames = new FrameChannel(channel, protocol, limit);
    ByteBuffer preface = ByteBuffer.allocate(Preface.LENGTH);
    Preface.emit(protocol, preface);
    frames.writeFully(preface.flip());
    return frames;
  }

  /// Sends one frame whole, or fails; after a failure the channel is of no more use.
  public void send(FrameType type, int streamId, int requestId, ByteBuffer payload)
      throws IOException {
    send(type, 0, streamId, requestId, payload);
  }

  /// Sends a frame whose payload is what was written to `payload`.
  public void send(FrameType type, int streamId, int requestId, CborWriter payload)
      throws IOException {
    send(type, 0, streamId, requestId, payload.toByteBuffer());
  }

  /// Sends a frame without payload.
  public void send(FrameType type, int streamId, int requestId) throws IOException {
    send(type, 0, streamId, requestId, ByteBuffer.allocate(0));
  }

  /// Sends a frame with flags.
  public void send(FrameType type, int flags, int streamId, int requestId, ByteBuffer payload)
      throws IOException {
    ByteBuffer header = FrameEncoder.header(type, flags, streamId, requestId, payload.remaining());
    sending.lock();
    try {
      if (channel instanceof GatheringByteChannel gathering) {
        ByteBuffer[] both = {header, payload};
        while (header.hasRemaining() || payload.hasRemaining()) {
          gathering.write(both);
        }
      } else {
        writeFully(header);
        writeFully(payload);
      }
    } finally {
      sending.unlock();
    }
  }

  /// Waits for the next frame; null when the peer has closed between frames.
  public @Nullable Frame receive() throws IOException {
    while (true) {
      Frame frame = decoder.decode(received);
      if (frame != null) {
        return frame;
      }
      received.clear();
      int count = channel.read(received);
      received.flip();
      if (count < 0) {
        decoder.onEnd();
        return null;
      }
    }
  }

  /// Frames of unknown type that were dropped since their sender flagged them skippable.
  public long skippedFrames() {
    return decoder.skippedFrames();
  }

  public boolean isOpen() {
    return channel.isOpen();
  }

  /// Closes the channel; a thread in [#receive] fails with an IOException.
  @Override
  public void close() throws IOException {
    channel.close();
  }

  private void writeFully(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
