package io.vireo.schema.cbor;

import com.google.common.collect.RangeSet;
import io.vireo.wire.cbor.CborException;
import io.vireo.wire.cbor.CborReader;
import io.vireo.wire.cbor.CborWriter;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.Uint16;
import org.opendaylight.yangtools.yang.common.Uint32;
import org.opendaylight.yangtools.yang.common.Uint64;
import org.opendaylight.yangtools.yang.common.Uint8;
import org.opendaylight.yangtools.yang.model.api.type.Int16TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.Int32TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.Int64TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.Int8TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.RangeRestrictedTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.Uint16TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.Uint32TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.Uint64TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.Uint8TypeDefinition;

/// RFC 9254 §6.1 and §6.2: the eight integer types.
final class IntegerCodec<T extends Number & Comparable<T>> implements ValueCodec {
  /// How a type's values are taken from the wire.
  private interface Intake<T> {
    T read(CborReader in) throws CborException;
  }

  private static final long UINT32_MAX = 0xFFFF_FFFFL;

  private final Class<T> valueClass;
  private final Intake<T> intake;
  private final @Nullable RangeSet<? super T> allowed;

  private IntegerCodec(
      Class<T> valueClass, @Nullable RangeSet<? super T> allowed, Intake<T> intake) {
    this.valueClass = valueClass;
    this.intake = intake;
    this.allowed = allowed;
  }

  static ValueCodec of(RangeRestrictedTypeDefinition<?, ?> type) {
    return switch (type) {
      case Int8TypeDefinition t ->
          make(Byte.class, t, in -> (byte) in.readLong(Byte.MIN_VALUE, Byte.MAX_VALUE));
      case Int16TypeDefinition t ->
          make(Short.class, t, in -> (short) in.readLong(Short.MIN_VALUE, Short.MAX_VALUE));
      case Int32TypeDefinition t ->
          make(Integer.class, t, in -> in.readInt(Integer.MIN_VALUE, Integer.MAX_VALUE));
      case Int64TypeDefinition t -> make(Long.class, t, CborReader::readLong);
      case Uint8TypeDefinition t -> make(Uint8.class, t, in -> Uint8.valueOf(in.readInt(0, 0xFF)));
      case Uint16TypeDefinition t ->
          make(Uint16.class, t, in -> Uint16.valueOf(in.readInt(0, 0xFFFF)));
      case Uint32TypeDefinition t ->
          make(Uint32.class, t, in -> Uint32.valueOf(in.readLong(0, UINT32_MAX)));
      case Uint64TypeDefinition t ->
          make(Uint64.class, t, in -> Uint64.fromLongBits(in.readUnsigned()));
      default -> throw new IllegalStateException(type + " is no integer type");
    };
  }

  private static <T extends Number & Comparable<T>> IntegerCodec<T> make(
      Class<T> valueClass, RangeRestrictedTypeDefinition<?, T> type, Intake<T> intake) {
    return new IntegerCodec<>(
        valueClass,
        type.getRangeConstraint()
            .<RangeSet<T>>map(constraint -> castRanges(constraint.getAllowedRanges()))
            .orElse(null),
        intake);
  }

  /// The constraint's numbers are of the type's own class.
  @SuppressWarnings("unchecked")
  private static <T extends Comparable<T>> RangeSet<T> castRanges(RangeSet<?> ranges) {
    return (RangeSet<T>) ranges;
  }

  @Override
  public void write(CborWriter out, Object value) {
    if (value instanceof Uint64 unsigned) {
      out.writeUnsigned(unsigned.longValue());
    } else {
      out.writeLong(((Number) value).longValue());
    }
  }

  @Override
  public Object read(CborReader in) throws CborException {
    T value = intake.read(in);
    if (!inRange(value)) {
      throw in.fail(CborException.Reason.OUT_OF_RANGE, value + " is not in " + allowed);
    }
    return value;
  }

  @Override
  public boolean accepts(Object value) {
    return valueClass.isInstance(value) && inRange(valueClass.cast(value));
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private boolean inRange(T value) {
    return allowed == null || ((RangeSet) allowed).contains(value);
  }
}
