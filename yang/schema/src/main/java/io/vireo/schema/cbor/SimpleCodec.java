package io.vireo.schema.cbor;

import io.vireo.wire.cbor.CborException;
import io.vireo.wire.cbor.CborReader;
import io.vireo.wire.cbor.CborWriter;
import org.opendaylight.yangtools.yang.common.Empty;

/// The types without parameters.
enum SimpleCodec implements ValueCodec {
  /// RFC 9254 §6.5.
  BOOLEAN {
    @Override
    public void write(CborWriter out, Object value) {
      out.writeBoolean((Boolean) value);
    }

    @Override
    public Object read(CborReader in) throws CborException {
      return in.readBoolean();
    }

    @Override
    public boolean accepts(Object value) {
      return value instanceof Boolean;
    }
  },

  /// RFC 9254 §6.9: null.
  EMPTY {
    @Override
    public void write(CborWriter out, Object value) {
      out.writeNull();
    }

    @Override
    public Object read(CborReader in) throws CborException {
      in.readNull();
      return Empty.value();
    }

    @Override
    public boolean accepts(Object value) {
      return value instanceof Empty;
    }
  }
}
