package io.vireo.schema.cbor;

import io.vireo.wire.cbor.CborException;
import io.vireo.wire.cbor.CborReader;
import io.vireo.wire.cbor.CborWriter;
import org.opendaylight.yangtools.yang.model.api.type.BinaryTypeDefinition;

/// RFC 9254 §6.8.
record BinaryCodec(BinaryTypeDefinition type) implements ValueCodec {
  @Override
  public void write(CborWriter out, Object value) {
    out.writeBytes((byte[]) value);
  }

  @Override
  public Object read(CborReader in) throws CborException {
    byte[] bytes = in.readBytes();
    if (!fits(bytes)) {
      throw in.fail(CborException.Reason.OUT_OF_RANGE, "a length of " + bytes.length);
    }
    return bytes;
  }

  @Override
  public boolean accepts(Object value) {
    return value instanceof byte[] bytes && fits(bytes);
  }

  private boolean fits(byte[] bytes) {
    return type.getLengthConstraint()
        .map(constraint -> constraint.getAllowedRanges().contains(bytes.length))
        .orElse(Boolean.TRUE);
  }
}
