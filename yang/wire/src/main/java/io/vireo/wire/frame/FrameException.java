package io.vireo.wire.frame;

import java.io.IOException;

/// A peer broke the frame layer; the connection must end.
public final class FrameException extends IOException {
  private static final long serialVersionUID = 1L;

  /// Why; one value is one counter.
  public enum Reason {
    /// The peer does not speak this protocol.
    BAD_PREFACE,
    /// The peer speaks a version that this build does not.
    UNSUPPORTED_VERSION,
    /// A payload longer than [FrameHeader#MAX_PAYLOAD].
    TOO_LONG,
    RESERVED_NOT_ZERO,
    /// An unknown type that may not be skipped.
    UNKNOWN_TYPE,
    /// The connection ended inside a preface or frame.
    TRUNCATED,
    /// A payload that is not CBOR and breaks the layout of its frame type.
    MALFORMED_PAYLOAD,
    /// A frame that its protocol does not permit at this point.
    OUT_OF_ORDER,
    /// More data than the receiver gave credit for.
    BEYOND_WINDOW
  }

  private final Reason reason;

  public FrameException(Reason reason, String detail) {
    super(reason + ": " + detail);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
