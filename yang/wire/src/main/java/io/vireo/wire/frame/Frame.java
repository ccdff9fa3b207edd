package io.vireo.wire.frame;

import io.vireo.wire.cbor.CborReader;
import java.util.Arrays;

/// A frame that has arrived.
///
/// @param streamId the stream concerned, 0 for the connection
/// @param requestId pairs REPLY, ERROR and streamed output with their RPC, 0 for none
/// @param payload owned by the receiver
public record Frame(FrameType type, int flags, int streamId, int requestId, byte[] payload) {

  /// A reader on the payload, for the types that carry CBOR.
  public CborReader reader() {
    return new CborReader(payload);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Frame other
        && type == other.type
        && flags == other.flags
        && streamId == other.streamId
        && requestId == other.requestId
        && Arrays.equals(payload, other.payload);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * type.hashCode() + streamId) + requestId;
  }

  @Override
  public String toString() {
    return type
        + " stream "
        + streamId
        + " request "
        + requestId
        + ", "
        + payload.length
        + " bytes";
  }
}
