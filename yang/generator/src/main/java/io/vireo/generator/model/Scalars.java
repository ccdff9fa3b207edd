package io.vireo.generator.model;

import io.vireo.generator.GenerationException;
import io.vireo.generator.model.LeafType.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.BinaryTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.BooleanTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.DecimalTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.EmptyTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.IdentityrefTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.InstanceIdentifierTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.RangeRestrictedTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.StringTypeDefinition;

/// The types that need no class of their own.
final class Scalars {
  private final String identities;

  /// `identities` is the qualified name of the class that knows the context's identities.
  Scalars(String identities) {
    this.identities = identities;
  }

  /// How a value of `type` is handled, with all its restrictions.
  LeafType of(TypeDefinition<?> type, NodePath path) {
    return switch (type) {
      case StringTypeDefinition _ -> string(type);
      case BinaryTypeDefinition _ -> binary(type);
      case BooleanTypeDefinition _ ->
          plain(Kind.BOOLEAN, "boolean", "Boolean", "in.readBoolean()", "out.writeBoolean($)");
      case EmptyTypeDefinition _ ->
          plain(Kind.EMPTY, "boolean", "boolean", "true", "out.writeNull()");
      case DecimalTypeDefinition decimal -> decimal(decimal);
      case IdentityrefTypeDefinition _ ->
          plain(
              Kind.IDENTITY,
              "Identity",
              "Identity",
              identities + ".lookup(in.readUnsigned())",
              "out.writeUnsigned($.sid())");
      case InstanceIdentifierTypeDefinition _ ->
          plain(
              Kind.INSTANCE_ID,
              "InstanceId",
              "InstanceId",
              "new InstanceId(in.readRaw())",
              "out.writeRaw($.encoded())");
      case RangeRestrictedTypeDefinition<?, ?> _ -> integer(type);
      default ->
          throw new GenerationException(
              "type "
                  + type.getQName().getLocalName()
                  + " of "
                  + path.text()
                  + " is not supported");
    };
  }

  private static LeafType plain(Kind kind, String type, String boxed, String read, String write) {
    return new LeafType(kind, type, boxed, read, write, null, "$", "$", null, "");
  }

  private static LeafType integer(TypeDefinition<?> type) {
    BuiltInRange builtIn = BuiltInRange.of(type);
    Bounds range = Typedefs.ranges(type);
    Bounds bounds = range == null ? builtIn.bounds() : range;
    boolean unsigned64 = builtIn == BuiltInRange.UINT64;
    boolean isInt = builtIn.javaType().equals("int");
    String in = unsigned64 ? "Restrictions.inUnsignedRange($, " : "Restrictions.inRange($, ";
    String accepts = in + bounds.longs() + ")";
    String read;
    if (isInt) {
      read = "in.readInt(" + bounds.least() + ", " + bounds.greatest() + ")";
    } else if (unsigned64) {
      read = "in.readUnsigned()";
    } else {
      read = "in.readLong(" + bounds.least() + "L, " + bounds.greatest() + "L)";
    }
    return new LeafType(
        builtIn.kind(),
        builtIn.javaType(),
        builtIn.boxed(),
        read,
        unsigned64 ? "out.writeUnsigned($)" : "out.writeLong($)",
        accepts,
        isInt ? "(int) $" : "$",
        "$",
        range == null ? null : accepts,
        bounds.text());
  }

  private static LeafType string(TypeDefinition<?> type) {
    Bounds lengths = Typedefs.lengths(type);
    String check = lengths == null ? null : "Restrictions.hasLength($, " + lengths.longs() + ")";
    List<String> conditions = new ArrayList<>();
    if (check != null) {
      conditions.add(check);
    }
    Typedefs.patterns(type)
        .forEach((regex, pattern) ->
            conditions.add(
                (pattern.getModifier().isPresent() ? "!" : "")
                    + "Restrictions.matches($, "
                    + Literals.string(regex)
                    + ")"));
    return new LeafType(
        Kind.TEXT,
        "String",
        "String",
        "in.readText()",
        "out.writeText($)",
        conditions.isEmpty() ? null : String.join(" && ", conditions),
        "$",
        "$",
        check,
        lengthText(lengths));
  }

  private static LeafType binary(TypeDefinition<?> type) {
    Bounds lengths = Typedefs.lengths(type);
    String check = lengths == null ? null : "Restrictions.hasLength($, " + lengths.longs() + ")";
    return new LeafType(
        Kind.BYTES,
        "Bytes",
        "Bytes",
        "Bytes.wrap(in.readBytes())",
        "out.writeBytes($.toByteArray())",
        check,
        "$",
        "$",
        check,
        lengthText(lengths));
  }

  private static LeafType decimal(DecimalTypeDefinition type) {
    Bounds range = Typedefs.ranges(type);
    String check = range == null ? null : "Restrictions.inDecimalRange($, " + range.strings() + ")";
    return new LeafType(
        Kind.DECIMAL,
        "BigDecimal",
        "BigDecimal",
        "in.readDecimal64()",
        "out.writeDecimal64($.setScale(" + type.getFractionDigits() + "))",
        check,
        "$",
        "$",
        check,
        range == null ? "" : range.text());
  }

  private static String lengthText(@Nullable Bounds lengths) {
    return lengths == null ? "" : "length " + lengths.text();
  }
}
