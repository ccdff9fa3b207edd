package io.vireo.schema.random;

import com.google.common.collect.Range;
import io.vireo.schema.node.SchemaNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.Decimal64;
import org.opendaylight.yangtools.yang.common.Empty;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.Uint16;
import org.opendaylight.yangtools.yang.common.Uint32;
import org.opendaylight.yangtools.yang.common.Uint64;
import org.opendaylight.yangtools.yang.common.Uint8;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.impl.codec.StringStringCodec;
import org.opendaylight.yangtools.yang.model.api.IdentitySchemaNode;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.BinaryTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.BitsTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.BooleanTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.DecimalTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.EmptyTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.EnumTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.IdentityrefTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.InstanceIdentifierTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.Int16TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.Int32TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.Int64TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.Int8TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.LeafrefTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.RangeRestrictedTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.StringTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.Uint16TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.Uint32TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.Uint64TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.Uint8TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.UnionTypeDefinition;

/// A value that a leaf's type takes. Strings with patterns are drawn from a stock of the usual
/// forms.
final class RandomValue {
  private static final List<String> STOCK =
      List.of(
          "eth%d",
          "192.0.2.%d",
          "192.0.2.%d/32",
          "198.51.%d.0/24",
          "2001:db8::%d",
          "2001:db8::%d/128",
          "02:00:5e:00:53:%02x",
          "2026-11-23T04:00:%02dZ",
          "2026-11-%02d",
          "a%d.example.net",
          "1.3.6.1.%d",
          "%d",
          "1:%d",
          "00:00:00:%02x",
          "ab%02x",
          "/ietf-interfaces:interfaces",
          "$0$x%d",
          "$argon2id$v=19$m=65536,t=3,p=1$c2FsdA$aGFzaA%d",
          "urn:x:%d",
          "100:%d",
          "0:%d:100");

  private final Random random;
  private final int variety;

  /// @param variety how many values of one form there are
  RandomValue(Random random, int variety) {
    this.random = random;
    this.variety = variety;
  }

  @Nullable Object of(SchemaNode leaf) {
    return of(leaf, leaf.type());
  }

  private @Nullable Object of(SchemaNode leaf, TypeDefinition<?> type) {
    return switch (type) {
      case BooleanTypeDefinition bool -> random.nextBoolean();
      case EmptyTypeDefinition empty -> Empty.value();
      case EnumTypeDefinition enumeration -> pick(enumeration.getValues()).getName();
      case BitsTypeDefinition bits -> {
        Set<String> names = new LinkedHashSet<>();
        bits.getBits().stream()
            .filter(bit -> random.nextBoolean())
            .forEach(bit -> names.add(bit.getName()));
        yield Set.copyOf(names);
      }
      case BinaryTypeDefinition binary -> {
        byte[] bytes = new byte[lengthOf(binary)];
        random.nextBytes(bytes);
        yield bytes;
      }
      case DecimalTypeDefinition decimal ->
          Decimal64.of(decimal.getFractionDigits(), random.nextInt(-100, 100));
      case IdentityrefTypeDefinition identityref -> identity(leaf, identityref);
      case InstanceIdentifierTypeDefinition instance -> path(leaf.tree().root());
      case LeafrefTypeDefinition leafref -> of(leaf, leaf.resolve(leafref));
      case UnionTypeDefinition union -> of(leaf, pick(union.getTypes()));
      case StringTypeDefinition string -> string(string);
      case RangeRestrictedTypeDefinition<?, ?> number -> number(number);
      default -> null;
    };
  }

  private <T> T pick(List<? extends T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private int lengthOf(BinaryTypeDefinition type) {
    return type.getLengthConstraint()
        .map(constraint -> {
          Range<Integer> range = constraint.getAllowedRanges().asRanges().iterator().next();
          int low = range.lowerEndpoint();
          return low + random.nextInt(Math.min(16, range.upperEndpoint() - low) + 1);
        })
        .orElseGet(() -> random.nextInt(16));
  }

  private @Nullable String string(StringTypeDefinition type) {
    // YANG Tools' codec checks only the innermost type's patterns; RFC 7950 §9.4.5 wants all.
    List<StringStringCodec> codecs = new ArrayList<>();
    for (StringTypeDefinition t = type; t != null; t = t.getBaseType()) {
      codecs.add(StringStringCodec.from(t));
    }
    List<String> accepted = new ArrayList<>();
    for (String form : STOCK) {
      String text = String.format(form, 1 + random.nextInt(variety));
      try {
        codecs.forEach(codec -> codec.deserialize(text));
        accepted.add(text);
      } catch (IllegalArgumentException e) {
        // Not a form of this type: the next may be.
        continue;
      }
    }
    return accepted.isEmpty() ? null : pick(accepted);
  }

  private @Nullable Object identity(SchemaNode leaf, IdentityrefTypeDefinition type) {
    Set<QName> derived = new LinkedHashSet<>();
    for (IdentitySchemaNode base : type.getIdentities()) {
      leaf.tree()
          .context()
          .model()
          .getDerivedIdentities(base)
          .forEach(i -> derived.add(i.getQName()));
    }
    return derived.isEmpty() ? null : pick(derived.stream().sorted().toList());
  }

  /// A path through containers, lists and choices to some node.
  private @Nullable YangInstanceIdentifier path(SchemaNode root) {
    var path = YangInstanceIdentifier.builder();
    SchemaNode at = root;
    for (int depth = 0; depth < 6; depth++) {
      List<SchemaNode> next =
          at.children().stream()
              .filter(child ->
                  switch (child.kind()) {
                    case CONTAINER -> true;
                    case LIST -> !child.keys().isEmpty();
                    case LEAF -> !child.isKey();
                    case LEAF_LIST, ANYDATA, ROOT -> false;
                  })
              .toList();
      if (next.isEmpty()) {
        break;
      }
      at = pick(next);
      at.choices().forEach(step -> path.node(step.identifier()));
      path.node(at.identifier());
      if (!at.keys().isEmpty()) {
        var keys = new java.util.LinkedHashMap<QName, Object>();
        for (QName key : at.keys()) {
          SchemaNode leaf = at.require(key);
          if (leaf.type() instanceof InstanceIdentifierTypeDefinition) {
            return null;
          }
          Object value = of(leaf);
          if (value == null) {
            return null;
          }
          keys.put(key, value);
        }
        path.node(NodeIdentifierWithPredicates.of(at.name(), keys));
      }
    }
    return at == root ? null : path.build();
  }

  private Object number(RangeRestrictedTypeDefinition<?, ?> type) {
    long low = Long.MIN_VALUE;
    long high = Long.MAX_VALUE;
    if (type.getRangeConstraint().isPresent()) {
      var range =
          pick(
              type.getRangeConstraint().get().getAllowedRanges().asRanges().stream()
                  .map(r ->
                      new long[] {r.lowerEndpoint().longValue(), r.upperEndpoint().longValue()})
                  .toList());
      low = range[0];
      high = range[1];
    }
    high = high > low && high - low > variety && variety < 10 ? low + variety : high;
    long value = low == high || high < low ? low : random.nextLong(low, high);
    return switch (type) {
      case Int8TypeDefinition t -> (byte) value;
      case Int16TypeDefinition t -> (short) value;
      case Int32TypeDefinition t -> (int) value;
      case Int64TypeDefinition t -> value;
      case Uint8TypeDefinition t -> Uint8.valueOf(value);
      case Uint16TypeDefinition t -> Uint16.valueOf(value);
      case Uint32TypeDefinition t -> Uint32.valueOf(value);
      // Half of all values are above 2^63.
      case Uint64TypeDefinition t -> Uint64.fromLongBits(high < low ? random.nextLong() : value);
      default -> throw new IllegalStateException(type.toString());
    };
  }
}
