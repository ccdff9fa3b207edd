package io.vireo.schema.cbor;

import io.vireo.wire.cbor.CborException;
import io.vireo.wire.cbor.CborReader;
import io.vireo.wire.cbor.CborType;
import io.vireo.wire.cbor.CborWriter;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.opendaylight.yangtools.yang.model.api.type.BitsTypeDefinition;

/// RFC 9254 §6.7: bit position i is bit i % 8 of byte i / 8; in a union the names, tagged.
final class BitsCodec implements ValueCodec {
  /// Zero bytes announced at most: bounds what a peer can make us hold.
  private static final int MAX_BYTES = 1 << 16;

  private final Map<String, Integer> positionOf = new LinkedHashMap<>();

  BitsCodec(BitsTypeDefinition type) {
    type.getBits().forEach(bit -> positionOf.put(bit.getName(), bit.getPosition().intValue()));
  }

  @Override
  public void write(CborWriter out, Object value) {
    BitSet set = new BitSet();
    namesOf(value).forEach(name -> set.set(positionOf.getOrDefault(name, 0)));
    out.writeBytes(set.toByteArray());
  }

  @Override
  public Object read(CborReader in) throws CborException {
    BitSet set = new BitSet();
    if (in.peek() == CborType.ARRAY) {
      in.startArray();
      int at = 0;
      while (in.more()) {
        if (in.peek() == CborType.UNSIGNED) {
          at += in.readInt(0, MAX_BYTES - at);
        } else {
          byte[] bytes = in.readBytes();
          int shift = at * Byte.SIZE;
          BitSet.valueOf(bytes).stream().forEach(bit -> set.set(shift + bit));
          at = Math.min(MAX_BYTES, at + bytes.length);
        }
      }
    } else {
      set.or(BitSet.valueOf(in.readBytes()));
    }
    Set<String> names = new LinkedHashSet<>();
    positionOf.forEach((name, position) -> {
      if (set.get(position)) {
        names.add(name);
        set.clear(position);
      }
    });
    if (!set.isEmpty()) {
      throw in.fail(CborException.Reason.OUT_OF_RANGE, "bits " + set + " have no name");
    }
    return Set.copyOf(names);
  }

  @Override
  public boolean accepts(Object value) {
    return value instanceof Set<?> names && positionOf.keySet().containsAll(names);
  }

  @Override
  public void writeInUnion(CborWriter out, Object value) {
    Set<?> held = namesOf(value);
    List<String> names = positionOf.keySet().stream().filter(held::contains).toList();
    out.writeTag(CborWriter.TAG_BITS);
    out.writeText(String.join(" ", names));
  }

  @Override
  public Object readInUnion(CborReader in) throws CborException {
    in.requireTag(CborWriter.TAG_BITS);
    String text = in.readText().strip();
    Set<String> names =
        text.isEmpty() ? Set.of() : new LinkedHashSet<>(Arrays.asList(text.split(" +", -1)));
    if (!accepts(names)) {
      throw in.fail(
          CborException.Reason.OUT_OF_RANGE, "'" + text + "': known are " + positionOf.keySet());
    }
    return Set.copyOf(names);
  }

  private static Set<?> namesOf(Object value) {
    return (Set<?>) value;
  }
}
