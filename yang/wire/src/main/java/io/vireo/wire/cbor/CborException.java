package io.vireo.wire.cbor;

import java.io.IOException;

/// A peer's bytes cannot be decoded. It is an [IOException] since whoever reads from a peer answers
/// both in the same way: count it and end the conversation.
public final class CborException extends IOException {
  private static final long serialVersionUID = 1L;

  /// Why; one value is one counter.
  public enum Reason {
    /// The input ends inside an item, or announces more than it holds.
    TRUNCATED,
    /// Bytes are left after the last item.
    TRAILING,
    /// Not well-formed: a reserved additional information value or a wrong chunk.
    MALFORMED,
    /// More containers are open than [CborReader#MAX_DEPTH].
    TOO_DEEP,
    /// Another type of item is needed here.
    WRONG_TYPE,
    /// An integer, length, enumeration value or pattern outside what the schema permits.
    OUT_OF_RANGE,
    /// A text string is not UTF-8.
    BAD_TEXT,
    /// A list key or mandatory node is absent.
    MISSING
  }

  private final Reason reason;
  private final int offset;

  public CborException(Reason reason, int offset, String detail) {
    super(reason + " at byte " + offset + ": " + detail);
    this.reason = reason;
    this.offset = offset;
  }

  public Reason reason() {
    return reason;
  }

  /// Offset of the offending item from the start of the input.
  public int offset() {
    return offset;
  }
}
