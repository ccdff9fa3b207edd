package io.vireo.schema.cbor;

import com.google.common.collect.RangeSet;
import io.vireo.wire.cbor.CborException;
import io.vireo.wire.cbor.CborReader;
import io.vireo.wire.cbor.CborWriter;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.Decimal64;
import org.opendaylight.yangtools.yang.model.api.type.DecimalTypeDefinition;

/// RFC 9254 §6.3: tag 4, exponent and mantissa.
final class DecimalCodec implements ValueCodec {
  private final int fractionDigits;
  private final @Nullable RangeSet<Decimal64> allowed;

  DecimalCodec(DecimalTypeDefinition type) {
    this.fractionDigits = type.getFractionDigits();
    this.allowed =
        type.getRangeConstraint()
            .<RangeSet<Decimal64>>map(constraint -> constraint.getAllowedRanges())
            .orElse(null);
  }

  @Override
  public void write(CborWriter out, Object value) {
    out.writeDecimal64(((Decimal64) value).scaleTo(fractionDigits).decimalValue());
  }

  @Override
  public Object read(CborReader in) throws CborException {
    BigDecimal decimal = in.readDecimal64();
    try {
      Decimal64 value =
          Decimal64.of(
              fractionDigits, decimal.setScale(fractionDigits).unscaledValue().longValueExact());
      if (allowed == null || allowed.contains(value)) {
        return value;
      }
    } catch (ArithmeticException e) {
      throw in.fail(
          CborException.Reason.OUT_OF_RANGE,
          decimal + " has more than " + fractionDigits + " fraction digits");
    }
    throw in.fail(CborException.Reason.OUT_OF_RANGE, decimal + " is not in " + allowed);
  }

  @Override
  public boolean accepts(Object value) {
    return value instanceof Decimal64 decimal
        && decimal.scale() <= fractionDigits
        && (allowed == null || allowed.contains(decimal.scaleTo(fractionDigits)));
  }
}
