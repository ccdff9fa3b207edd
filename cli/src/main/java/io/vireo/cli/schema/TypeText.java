package io.vireo.cli.schema;

import java.util.Collection;
import java.util.stream.Collectors;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.BinaryTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.BitsTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.BooleanTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.EnumTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.IdentityrefTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.LengthRestrictedTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.RangeRestrictedTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.StringTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.UnionTypeDefinition;

/// Types in words, for help and messages.
public final class TypeText {
  private static final int MANY = 12;

  private TypeText() {}

  /// What may be written for a value of the type: `1..255`, `ipv4-prefix`, `text of 1..15
  /// characters`.
  public static String words(TypeDefinition<?> type) {
    return switch (type) {
      case EnumTypeDefinition e -> listed(e.getValues().stream().map(p -> p.getName()).toList());
      case BitsTypeDefinition b ->
          "any of " + listed(b.getBits().stream().map(p -> p.getName()).toList());
      case BooleanTypeDefinition b -> "true or false";
      case IdentityrefTypeDefinition i ->
          "a kind of "
              + i.getIdentities().stream()
                  .map(n -> n.getQName().getLocalName())
                  .collect(Collectors.joining(" and "));
      case RangeRestrictedTypeDefinition<?, ?> r ->
          r.getRangeConstraint()
              .map(c -> c.getAllowedRanges().asRanges())
              .map(ranges ->
                  ranges.stream()
                      .map(x ->
                          x.lowerEndpoint().equals(x.upperEndpoint())
                              ? x.lowerEndpoint().toString()
                              : x.lowerEndpoint() + ".." + x.upperEndpoint())
                      .collect(Collectors.joining(" or ")))
              .orElse("a number");
      case StringTypeDefinition s -> string(s);
      case BinaryTypeDefinition b -> "octets in base64";
      case UnionTypeDefinition u ->
          u.getTypes().stream().map(TypeText::words).distinct().collect(Collectors.joining(" or "));
      default -> type.getQName().getLocalName();
    };
  }

  private static String string(StringTypeDefinition type) {
    if (!type.getQName().getLocalName().equals("string")) {
      return type.getQName().getLocalName();
    }
    return length(type)
        + type.getPatternConstraints().stream()
            .map(p -> " like " + p.getRegularExpressionString())
            .collect(Collectors.joining());
  }

  private static String length(LengthRestrictedTypeDefinition<?> type) {
    return type.getLengthConstraint()
        .map(c ->
            "text of "
                + c.getAllowedRanges().asRanges().stream()
                    .map(x -> x.lowerEndpoint() + ".." + x.upperEndpoint())
                    .collect(Collectors.joining(" or "))
                + " characters")
        .orElse("text");
  }

  private static String listed(Collection<String> names) {
    return names.size() <= MANY
        ? String.join(", ", names)
        : names.stream().limit(MANY).collect(Collectors.joining(", ")) + ", ...";
  }
}
