package io.vireo.wire.cbor;

/// What the next data item is (RFC 8949 §3.1, with major type 7 split).
public enum CborType {
  UNSIGNED,
  NEGATIVE,
  BYTES,
  TEXT,
  ARRAY,
  MAP,
  TAG,
  BOOLEAN,
  NULL,
  /// Floats, undefined and unassigned simple values: can only be skipped.
  SIMPLE,
  /// The "break" stop code; an item only inside an indefinite container.
  BREAK,
  /// No byte is left.
  END;

  private static final CborType[] MAJORS = {UNSIGNED, NEGATIVE, BYTES, TEXT, ARRAY, MAP, TAG};

  /// The type announced by an initial byte (0..255).
  static CborType ofInitialByte(int initial) {
    int major = initial >>> CborWriter.MAJOR_SHIFT;
    if (major < MAJORS.length) {
      return MAJORS[major];
    }
    return switch (initial) {
      case CborWriter.FALSE, CborWriter.TRUE -> BOOLEAN;
      case CborWriter.NULL -> NULL;
      case CborWriter.BREAK -> BREAK;
      default -> SIMPLE;
    };
  }
}
