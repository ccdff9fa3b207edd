package io.vireo.wire.rsock;

import io.vireo.wire.frame.FrameException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Bounds of the rsock protocol, the same at both ends, and the WINDOW frame's payload: one u32,
/// little-endian, the bytes of DATAGRAM payload that its receiver may send in addition.
public final class RsockLimits {
  /// The longest payload of an RPC, REPLY, ERROR, HELLO or GOAWAY frame.
  public static final int MAX_CONTROL_BYTES = 16 * 1024;

  /// The longest payload of a PING, given back in the PONG.
  public static final int MAX_PING_BYTES = 64;

  /// More credit than this at once is a fault of the peer.
  public static final int MAX_WINDOW_BYTES = 16 << 20;

  private static final int WINDOW_LENGTH = 4;

  private RsockLimits() {}

  /// The payload of a WINDOW frame.
  public static ByteBuffer window(int creditBytes) {
    return ByteBuffer.allocate(WINDOW_LENGTH)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(creditBytes)
        .flip();
  }

  /// Adds the credit of a WINDOW frame to what is left.
  public static int addWindow(int leftBytes, byte[] payload) throws FrameException {
    if (payload.length != WINDOW_LENGTH) {
      throw malformed("window of " + payload.length + " bytes, need " + WINDOW_LENGTH);
    }
    int credit = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (credit <= 0 || credit > MAX_WINDOW_BYTES - leftBytes) {
      throw malformed(
          "credit of "
              + Integer.toUnsignedString(credit)
              + " bytes on top of "
              + leftBytes
              + ", need 1 to "
              + MAX_WINDOW_BYTES
              + " in all");
    }
    return leftBytes + credit;
  }

  private static FrameException malformed(String detail) {
    return new FrameException(FrameException.Reason.MALFORMED_PAYLOAD, detail);
  }
}
