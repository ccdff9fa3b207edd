package io.vireo.schema.cbor;

import io.vireo.schema.type.InvalidValueException;
import io.vireo.schema.type.Restrictions;
import io.vireo.wire.cbor.CborException;
import io.vireo.wire.cbor.CborReader;
import io.vireo.wire.cbor.CborWriter;
import org.opendaylight.yangtools.yang.model.api.type.StringTypeDefinition;

/// RFC 9254 §6.4, lengths and patterns of the whole typedef chain checked in reading.
final class StringCodec implements ValueCodec {
  private final Restrictions restrictions;

  StringCodec(StringTypeDefinition type) {
    this.restrictions = Restrictions.of(type);
  }

  @Override
  public void write(CborWriter out, Object value) {
    out.writeText((String) value);
  }

  @Override
  public Object read(CborReader in) throws CborException {
    String text = in.readText();
    try {
      restrictions.check(text);
      return text;
    } catch (InvalidValueException e) {
      throw in.fail(CborException.Reason.OUT_OF_RANGE, "'" + text + "': " + e.getMessage());
    }
  }

  @Override
  public boolean accepts(Object value) {
    return value instanceof String text && restrictions.allow(text);
  }
}
