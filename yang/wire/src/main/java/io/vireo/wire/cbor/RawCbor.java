package io.vireo.wire.cbor;

import io.vireo.wire.Bytes;

/// One well-formed CBOR data item, not interpreted: YANG `anydata` and `anyxml`, pages of trees.
public record RawCbor(Bytes encoded) {

  /// Takes `encoded` over; it must be one well-formed item.
  public static RawCbor wrap(byte[] encoded) {
    return new RawCbor(Bytes.wrap(encoded));
  }

  /// What was written to `out`, which must be one item.
  public static RawCbor of(CborWriter out) {
    return wrap(out.toByteArray());
  }

  public CborReader reader() {
    return new CborReader(encoded.toByteArray());
  }

  public int size() {
    return encoded.size();
  }
}
