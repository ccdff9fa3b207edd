package io.vireo.wire.frame;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The sixteen bytes before each payload. The static accessors read a little-endian buffer in
/// place; the record is for everything that is not hot.
///
/// @param streamId the stream (socket, page stream) concerned, 0 for the connection
/// @param requestId pairs REPLY, ERROR and streamed output with their RPC, 0 for none; unsigned
public record FrameHeader(int payloadLength, int type, int flags, int streamId, int requestId) {
  public static final int LENGTH = 16;

  /// The longest payload: what a peer may make this side hold.
  public static final int MAX_PAYLOAD = 1 << 20;

  /// A receiver that does not know the type drops the frame.
  public static final int FLAG_SKIPPABLE = 0x01;

  static final int PAYLOAD_LENGTH_OFFSET = 0;
  static final int TYPE_OFFSET = 4;
  static final int FLAGS_OFFSET = 5;
  static final int RESERVED_OFFSET = 6;
  static final int STREAM_ID_OFFSET = 8;
  static final int REQUEST_ID_OFFSET = 12;
  private static final int OCTET_MAX = 0xff;

  public FrameHeader {
    if (payloadLength < 0 || payloadLength > MAX_PAYLOAD) {
      throw new IllegalArgumentException(
          "payload of " + payloadLength + " bytes: at most " + MAX_PAYLOAD + " fit a frame");
    }
    if (type < 0 || type > OCTET_MAX || flags < 0 || flags > OCTET_MAX) {
      throw new IllegalArgumentException("type " + type + " or flags " + flags + " beyond 8 bits");
    }
  }

  /// Unsigned; a peer's value may be beyond [#MAX_PAYLOAD].
  public static int payloadLength(ByteBuffer header, int at) {
    return header.getInt(at + PAYLOAD_LENGTH_OFFSET);
  }

  public static int type(ByteBuffer header, int at) {
    return header.get(at + TYPE_OFFSET) & OCTET_MAX;
  }

  public static int flags(ByteBuffer header, int at) {
    return header.get(at + FLAGS_OFFSET) & OCTET_MAX;
  }

  public static int streamId(ByteBuffer header, int at) {
    return header.getInt(at + STREAM_ID_OFFSET);
  }

  public static int requestId(ByteBuffer header, int at) {
    return header.getInt(at + REQUEST_ID_OFFSET);
  }

  /// Checks and reads the header at `at` of a little-endian buffer.
  public static FrameHeader parse(ByteBuffer header, int at) throws FrameException {
    int length = payloadLength(header, at);
    if (Integer.compareUnsigned(length, MAX_PAYLOAD) > 0) {
      throw new FrameException(
          FrameException.Reason.TOO_LONG,
          "payload of " + Integer.toUnsignedString(length) + " bytes, at most " + MAX_PAYLOAD);
    }
    int reserved = header.getShort(at + RESERVED_OFFSET);
    if (reserved != 0) {
      throw new FrameException(
          FrameException.Reason.RESERVED_NOT_ZERO, "reserved field is " + reserved);
    }
    return new FrameHeader(
        length, type(header, at), flags(header, at), streamId(header, at), requestId(header, at));
  }

  /// Writes this header at the position of `out`, whatever its byte order.
  public void emit(ByteBuffer out) {
    ByteOrder order = out.order();
    out.order(ByteOrder.LITTLE_ENDIAN)
        .putInt(payloadLength)
        .put((byte) type)
        .put((byte) flags)
        .putShort((short) 0)
        .putInt(streamId)
        .putInt(requestId)
        .order(order);
  }

  public boolean skippable() {
    return (flags & FLAG_SKIPPABLE) != 0;
  }
}
