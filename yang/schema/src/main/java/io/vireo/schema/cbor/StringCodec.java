package io.vireo.schema.cbor;

import io.vireo.wire.cbor.CborException;
import io.vireo.wire.cbor.CborReader;
import io.vireo.wire.cbor.CborWriter;
import org.opendaylight.yangtools.yang.data.impl.codec.StringStringCodec;
import org.opendaylight.yangtools.yang.model.api.type.StringTypeDefinition;

/// RFC 9254 §6.4, length and patterns checked in reading.
final class StringCodec implements ValueCodec {
  private final StringStringCodec restrictions;

  StringCodec(StringTypeDefinition type) {
    this.restrictions = StringStringCodec.from(type);
  }

  @Override
  public void write(CborWriter out, Object value) {
    out.writeText((String) value);
  }

  @Override
  public Object read(CborReader in) throws CborException {
    String text = in.readText();
    try {
      return restrictions.deserialize(text);
    } catch (IllegalArgumentException e) {
      throw in.fail(CborException.Reason.OUT_OF_RANGE, "'" + text + "': " + e.getMessage());
    }
  }

  @Override
  public boolean accepts(Object value) {
    if (!(value instanceof String text)) {
      return false;
    }
    try {
      restrictions.deserialize(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
