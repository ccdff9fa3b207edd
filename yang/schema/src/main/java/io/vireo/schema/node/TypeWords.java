package io.vireo.schema.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.BitsTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.BooleanTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.EnumTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.IdentityrefTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.InstanceIdentifierTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.LeafrefTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.LengthRestrictedTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.RangeRestrictedTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.UnionTypeDefinition;

/// Says in words what values a type takes: for help lines and for messages on wrong values.
public final class TypeWords {
  /// What a person writes for the well-known types of RFC 6991 and RFC 8343's kin.
  private static final Map<String, String> EXAMPLES =
      Map.of(
          "ipv4-address", "an IPv4 address such as 192.0.2.1",
          "ipv4-address-no-zone", "an IPv4 address such as 192.0.2.1",
          "ipv4-prefix", "an IPv4 prefix such as 192.0.2.0/24",
          "ipv6-address", "an IPv6 address such as 2001:db8::1",
          "ipv6-address-no-zone", "an IPv6 address such as 2001:db8::1",
          "ipv6-prefix", "an IPv6 prefix such as 2001:db8::/32",
          "mac-address", "a MAC address such as 02:00:5e:00:53:01",
          "phys-address", "an address in hexadecimal such as 02:00:5e:00:53:01",
          "date-and-time", "a date and time such as 2026-11-23T04:00:00Z",
          "dotted-quad", "four numbers such as 192.0.2.1");

  private TypeWords() {}

  /// What a leaf or leaf-list takes, a leafref being told by its target's type.
  public static String describe(SchemaNode leaf) {
    return describe(leaf, leaf.type());
  }

  private static String describe(SchemaNode leaf, TypeDefinition<?> type) {
    @Nullable String example = exampleOf(type);
    if (example != null) {
      return example;
    }
    return switch (type) {
      case EnumTypeDefinition enumeration ->
          oneOf(enumeration.getValues().stream().map(pair -> pair.getName()).toList());
      case BitsTypeDefinition bits ->
          "any of " + String.join(", ", bits.getBits().stream().map(bit -> bit.getName()).toList());
      case BooleanTypeDefinition bool -> "true or false";
      case IdentityrefTypeDefinition identityref ->
          "an identity derived from "
              + String.join(
                  ", ",
                  identityref.getIdentities().stream()
                      .map(identity -> identity.getQName().getLocalName())
                      .toList());
      case InstanceIdentifierTypeDefinition instance -> "a path to a node";
      case LeafrefTypeDefinition leafref -> describe(leaf, leaf.resolve(leafref));
      case UnionTypeDefinition union ->
          union.getTypes().stream()
              .map(member -> describe(leaf, member))
              .distinct()
              .collect(Collectors.joining(", or "));
      case RangeRestrictedTypeDefinition<?, ?> number -> number(number);
      case LengthRestrictedTypeDefinition<?> text -> text(text);
      default -> type.getQName().getLocalName();
    };
  }

  /// The type's name, and that of the built-in type under it where it differs.
  public static String name(TypeDefinition<?> type) {
    String name = type.getQName().getLocalName();
    String base = baseOf(type).getQName().getLocalName();
    return name.equals(base) ? name : name + " (" + base + ")";
  }

  private static TypeDefinition<?> baseOf(TypeDefinition<?> type) {
    TypeDefinition<?> base = type;
    while (base.getBaseType() != null) {
      base = base.getBaseType();
    }
    return base;
  }

  private static @Nullable String exampleOf(TypeDefinition<?> type) {
    for (TypeDefinition<?> t = type; t != null; t = t.getBaseType()) {
      QName name = t.getQName();
      String example = EXAMPLES.get(name.getLocalName());
      if (example != null && name.getNamespace().toString().contains(":ietf-")) {
        return example;
      }
    }
    return null;
  }

  private static String oneOf(List<String> names) {
    int shown = 12;
    return names.size() <= shown
        ? "one of " + String.join(", ", names)
        : "one of " + String.join(", ", names.subList(0, shown)) + " and others";
  }

  private static String number(RangeRestrictedTypeDefinition<?, ?> number) {
    List<String> ranges = new ArrayList<>();
    number
        .getRangeConstraint()
        .ifPresent(constraint ->
            constraint.getAllowedRanges().asRanges().stream()
                .map(range -> range.lowerEndpoint() + ".." + range.upperEndpoint())
                .forEach(ranges::add));
    return baseOf(number).getQName().getLocalName() + " " + String.join(" or ", ranges);
  }

  private static String text(LengthRestrictedTypeDefinition<?> text) {
    StringBuilder words = new StringBuilder(name(text));
    text.getLengthConstraint()
        .ifPresent(constraint ->
            words
                .append(" of length ")
                .append(
                    constraint.getAllowedRanges().asRanges().stream()
                        .map(range -> range.lowerEndpoint() + ".." + range.upperEndpoint())
                        .collect(Collectors.joining(" or "))));
    if (text instanceof org.opendaylight.yangtools.yang.model.api.type.StringTypeDefinition string
        && !string.getPatternConstraints().isEmpty()) {
      words
          .append(" of the form ")
          .append(
              string.getPatternConstraints().stream()
                  .map(pattern -> pattern.getRegularExpressionString())
                  .collect(Collectors.joining(" and ")));
    }
    return words.toString();
  }
}
