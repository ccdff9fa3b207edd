package io.vireo.manager.wire;

import io.vireo.wire.cbor.CborWriter;
import io.vireo.wire.frame.FrameChannel;
import io.vireo.wire.frame.FrameType;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Sends frames, each with its descriptors, from any thread.
public final class FrameSender {
  private final DescriptorChannel channel;
  private final FrameChannel frames;

  public FrameSender(DescriptorChannel channel, FrameChannel frames) {
    this.channel = channel;
    this.frames = frames;
  }

  /// Sends a frame of a request's stream, which has the request's number.
  public synchronized void send(FrameType type, int request, ByteBuffer payload, int... descriptors)
      throws IOException {
    channel.attach(descriptors);
    frames.send(type, request, request, payload);
  }

  public void send(FrameType type, int request, CborWriter payload, int... descriptors)
      throws IOException {
    send(type, request, payload.toByteBuffer(), descriptors);
  }
}
