package io.vireo.wire.frame;

import org.jspecify.annotations.Nullable;

/// What a frame is for; the code stands in its header.
public enum FrameType {
  /// Versions, SID hash and capabilities; the first frame each way.
  HELLO(1),
  /// A call: CBOR map of one entry, rpc SID to input map.
  RPC(2),
  /// The outcome of an RPC: CBOR map of one entry, rpc SID to output map, or nothing.
  REPLY(3),
  /// The failure of an RPC.
  ERROR(4),
  /// A YANG notification.
  NOTIFICATION(5),
  /// Raw bytes of a stream.
  DATA(6),
  /// One datagram.
  DATAGRAM(7),
  /// Credit: how many more bytes of DATA the sender of this frame takes.
  WINDOW(8),
  /// No more DATA follows on this stream.
  FIN(9),
  /// The stream is dead; the payload says why.
  RESET(10),
  PING(11),
  PONG(12),
  /// The connection is ending; the payload says why.
  GOAWAY(13);

  private static final @Nullable FrameType[] BY_CODE = new @Nullable FrameType[GOAWAY.code + 1];

  static {
    for (FrameType type : values()) {
      BY_CODE[type.code] = type;
    }
  }

  private final int code;

  FrameType(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /// The type with `code`, null when this version knows none.
  public static @Nullable FrameType lookup(int code) {
    return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
  }
}
