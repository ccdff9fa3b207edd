package io.vireo.wire.frame;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Cuts a stream of bytes into frames, however it is split.
///
/// ```java
/// for (Frame f; (f = decoder.decode(received)) != null; ) { ... }
/// ```
///
/// It holds at most one frame, and of that no more than twice what has arrived.
public final class FrameDecoder {
  private static final int FIRST_ALLOCATION = 16 * 1024;

  private final ByteBuffer preface = ByteBuffer.allocate(Preface.LENGTH);
  private final ByteBuffer headerBytes =
      ByteBuffer.allocate(FrameHeader.LENGTH).order(ByteOrder.LITTLE_ENDIAN);
  private final Preface.@Nullable Protocol protocol;
  private final PayloadLimit limit;

  private @Nullable FrameHeader header;
  private byte[] payload = new byte[0];
  private int received;
  private long skippedFrames;

  private FrameDecoder(Preface.@Nullable Protocol protocol, PayloadLimit limit) {
    this.protocol = protocol;
    this.limit = limit;
  }

  /// A decoder for a connection from its first byte on: it demands the preface of `protocol`.
  public static FrameDecoder withPreface(Preface.Protocol protocol) {
    return new FrameDecoder(protocol, PayloadLimit.ANY);
  }

  /// The same, for a peer that may not send frames of every length.
  public static FrameDecoder withPreface(Preface.Protocol protocol, PayloadLimit limit) {
    return new FrameDecoder(protocol, limit);
  }

  /// A decoder that starts at a frame.
  public static FrameDecoder withoutPreface() {
    return new FrameDecoder(null, PayloadLimit.ANY);
  }

  /// Consumes bytes of `in` until a frame is complete, and returns it; null when `in` is used up.
  public @Nullable Frame decode(ByteBuffer in) throws FrameException {
    if (protocol != null && preface.hasRemaining()) {
      transfer(in, preface);
      if (preface.hasRemaining()) {
        return null;
      }
      Preface.require(protocol, preface.duplicate().flip());
    }
    while (true) {
      FrameHeader current = header;
      if (current == null) {
        transfer(in, headerBytes);
        if (headerBytes.hasRemaining()) {
          return null;
        }
        current = startFrame();
      }
      int wanted = Math.min(in.remaining(), current.payloadLength() - received);
      take(in, wanted, current.payloadLength());
      if (received < current.payloadLength()) {
        return null;
      }
      Frame frame = finishFrame(current);
      if (frame != null) {
        return frame;
      }
    }
  }

  /// To be called when the peer has closed: fails when that was inside a preface or frame.
  public void onEnd() throws FrameException {
    boolean insidePreface = preface.position() > 0 && preface.hasRemaining();
    if (insidePreface || header != null || headerBytes.position() > 0) {
      throw new FrameException(
          FrameException.Reason.TRUNCATED, "the peer closed the connection inside a frame");
    }
  }

  /// Frames of unknown type that were dropped since they were flagged so.
  public long skippedFrames() {
    return skippedFrames;
  }

  private FrameHeader startFrame() throws FrameException {
    FrameHeader parsed = FrameHeader.parse(headerBytes, 0);
    FrameType type = FrameType.lookup(parsed.type());
    if (type == null && !parsed.skippable()) {
      throw new FrameException(
          FrameException.Reason.UNKNOWN_TYPE, "frame type " + parsed.type() + " is not known");
    }
    int most = limit.maxPayloadBytes(type);
    if (parsed.payloadLength() > most) {
      throw new FrameException(
          FrameException.Reason.TOO_LONG,
          (type == null ? "frame of type " + parsed.type() : type)
              + " of "
              + parsed.payloadLength()
              + " bytes, at most "
              + most);
    }
    header = parsed;
    payload = new byte[Math.min(parsed.payloadLength(), FIRST_ALLOCATION)];
    received = 0;
    return parsed;
  }

  private void take(ByteBuffer in, int wanted, int payloadLength) {
    if (received + wanted > payload.length) {
      int doubled = Math.max(received + wanted, 2 * payload.length);
      payload = Arrays.copyOf(payload, Math.min(payloadLength, doubled));
    }
    in.get(payload, received, wanted);
    received += wanted;
  }

  private @Nullable Frame finishFrame(FrameHeader done) {
    FrameType type = FrameType.lookup(done.type());
    byte[] whole = payload;
    header = null;
    headerBytes.clear();
    payload = new byte[0];
    if (type == null) {
      skippedFrames++;
      return null;
    }
    return new Frame(type, done.flags(), done.streamId(), done.requestId(), whole);
  }

  private static void transfer(ByteBuffer from, ByteBuffer to) {
    int count = Math.min(from.remaining(), to.remaining());
    to.put(to.position(), from, from.position(), count);
    to.position(to.position() + count);
    from.position(from.position() + count);
  }
}
