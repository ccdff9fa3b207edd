package io.vireo.schema.cbor;

import io.vireo.wire.cbor.CborException;
import io.vireo.wire.cbor.CborReader;
import io.vireo.wire.cbor.CborWriter;
import io.vireo.wire.cbor.RawCbor;
import java.util.List;

/// RFC 9254 §6.12: the first member that takes the value.
record UnionCodec(List<ValueCodec> members) implements ValueCodec {
  UnionCodec {
    members = List.copyOf(members);
  }

  @Override
  public void write(CborWriter out, Object value) {
    for (ValueCodec member : members) {
      if (member.accepts(value)) {
        member.writeInUnion(out, value);
        return;
      }
    }
    throw new IllegalArgumentException("No member of the union takes '" + value + "'");
  }

  @Override
  public Object read(CborReader in) throws CborException {
    RawCbor item = in.readRaw();
    String why = "";
    for (ValueCodec member : members) {
      try {
        return member.readInUnion(item.reader());
      } catch (CborException e) {
        why = String.valueOf(e.getMessage());
      }
    }
    throw in.fail(CborException.Reason.OUT_OF_RANGE, "no member of the union takes it: " + why);
  }

  @Override
  public boolean accepts(Object value) {
    return members.stream().anyMatch(member -> member.accepts(value));
  }
}
