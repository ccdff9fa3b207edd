package io.vireo.schema.cbor;

import io.vireo.wire.cbor.CborException;
import io.vireo.wire.cbor.CborReader;
import io.vireo.wire.cbor.CborWriter;
import java.util.HashMap;
import java.util.Map;
import org.opendaylight.yangtools.yang.model.api.type.EnumTypeDefinition;

/// RFC 9254 §6.6: the assigned integer; in a union the name, tagged.
final class EnumerationCodec implements ValueCodec {
  private final Map<String, Integer> valueOf = new HashMap<>();
  private final Map<Integer, String> nameOf = new HashMap<>();

  EnumerationCodec(EnumTypeDefinition type) {
    type.getValues()
        .forEach(pair -> {
          valueOf.put(pair.getName(), pair.getValue());
          nameOf.put(pair.getValue(), pair.getName().intern());
        });
  }

  @Override
  public void write(CborWriter out, Object value) {
    Integer number = valueOf.get((String) value);
    if (number == null) {
      throw new IllegalArgumentException(value + " is none of " + valueOf.keySet());
    }
    out.writeLong(number);
  }

  @Override
  public Object read(CborReader in) throws CborException {
    int number = in.readInt(Integer.MIN_VALUE, Integer.MAX_VALUE);
    String name = nameOf.get(number);
    if (name == null) {
      throw in.fail(CborException.Reason.OUT_OF_RANGE, number + " is none of " + nameOf);
    }
    return name;
  }

  @Override
  public boolean accepts(Object value) {
    return value instanceof String name && valueOf.containsKey(name);
  }

  @Override
  public void writeInUnion(CborWriter out, Object value) {
    out.writeTag(CborWriter.TAG_ENUMERATION);
    out.writeText((String) value);
  }

  @Override
  public Object readInUnion(CborReader in) throws CborException {
    in.requireTag(CborWriter.TAG_ENUMERATION);
    String name = in.readText();
    if (!accepts(name)) {
      throw in.fail(
          CborException.Reason.OUT_OF_RANGE, "'" + name + "' is none of " + valueOf.keySet());
    }
    return name.intern();
  }
}
