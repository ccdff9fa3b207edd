package io.vireo.wire.frame;

import java.nio.ByteBuffer;

/// Turns frames into bytes. Stateless.
public final class FrameEncoder {
  private FrameEncoder() {}

  /// The header of a frame, ready to be written before `payloadLength` bytes of payload.
  public static ByteBuffer header(
      FrameType type, int flags, int streamId, int requestId, int payloadLength) {
    ByteBuffer out = ByteBuffer.allocate(FrameHeader.LENGTH);
    new FrameHeader(payloadLength, type.code(), flags, streamId, requestId).emit(out);
    return out.flip();
  }

  /// Appends a whole frame to `out`, which must have room.
  public static void encode(Frame frame, ByteBuffer out) {
    new FrameHeader(
            frame.payload().length,
            frame.type().code(),
            frame.flags(),
            frame.streamId(),
            frame.requestId())
        .emit(out);
    out.put(frame.payload());
  }
}
