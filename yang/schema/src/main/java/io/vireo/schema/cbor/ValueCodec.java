package io.vireo.schema.cbor;

import io.vireo.wire.cbor.CborException;
import io.vireo.wire.cbor.CborReader;
import io.vireo.wire.cbor.CborWriter;

/// The form of one type's values.
interface ValueCodec {
  /// Writes a value, which [#accepts] has or would have passed.
  void write(CborWriter out, Object value);

  /// Reads a value and checks it against the type.
  Object read(CborReader in) throws CborException;

  /// Whether a value, as YANG Tools holds it, can be of this type: used to tell a union's member.
  boolean accepts(Object value);

  /// As [#write], inside a union.
  default void writeInUnion(CborWriter out, Object value) {
    write(out, value);
  }

  /// As [#read], inside a union.
  default Object readInUnion(CborReader in) throws CborException {
    return read(in);
  }
}
