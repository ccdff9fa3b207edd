package io.vireo.schema.type;

import com.google.common.collect.RangeSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.BinaryTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.BitsTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.BooleanTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.EmptyTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.EnumTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.IdentityrefTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.InstanceIdentifierTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.LeafrefTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.LengthRestrictedTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.ModifierKind;
import org.opendaylight.yangtools.yang.model.api.type.PatternConstraint;
import org.opendaylight.yangtools.yang.model.api.type.RangeRestrictedTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.StringTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.UnionTypeDefinition;

/// Says in words what values a type takes: for help lines and for messages on wrong values.
public final class TypeWords {
  private static final int MANY = 12;

  /// What a person writes for the well-known types of RFC 6991 and RFC 8343's kin.
  private static final Map<String, String> EXAMPLES =
      Map.ofEntries(
          Map.entry("ipv4-address", "an IPv4 address such as 192.0.2.1"),
          Map.entry("ipv4-address-no-zone", "an IPv4 address such as 192.0.2.1"),
          Map.entry("ipv4-prefix", "an IPv4 prefix such as 192.0.2.0/24"),
          Map.entry("ipv6-address", "an IPv6 address such as 2001:db8::1"),
          Map.entry("ipv6-address-no-zone", "an IPv6 address such as 2001:db8::1"),
          Map.entry("ipv6-prefix", "an IPv6 prefix such as 2001:db8::/32"),
          Map.entry("domain-name", "a domain name such as r1.example.net"),
          Map.entry("mac-address", "a MAC address such as 02:00:5e:00:53:01"),
          Map.entry("phys-address", "an address in hexadecimal such as 02:00:5e:00:53:01"),
          Map.entry("date-and-time", "a date and time such as 2026-11-23T04:00:00Z"),
          Map.entry("dotted-quad", "four numbers such as 192.0.2.1"));

  private final Function<LeafrefTypeDefinition, TypeDefinition<?>> leafrefs;
  private final boolean patterns;

  private TypeWords(Function<LeafrefTypeDefinition, TypeDefinition<?>> leafrefs, boolean patterns) {
    this.leafrefs = leafrefs;
    this.patterns = patterns;
  }

  /// What must be given, for a message: patterns in full.
  ///
  /// @param leafrefs gives the type that a leafref comes down to
  public static String describe(
      TypeDefinition<?> type, Function<LeafrefTypeDefinition, TypeDefinition<?>> leafrefs) {
    return new TypeWords(leafrefs, true).of(type);
  }

  /// What may be given, for a line of help: a string type's name says what its patterns do.
  ///
  /// @param leafrefs gives the type that a leafref comes down to
  public static String brief(
      TypeDefinition<?> type, Function<LeafrefTypeDefinition, TypeDefinition<?>> leafrefs) {
    return new TypeWords(leafrefs, false).of(type);
  }

  private String of(TypeDefinition<?> type) {
    @Nullable String example = exampleOf(type);
    if (example != null) {
      return example;
    }
    return switch (type) {
      case EnumTypeDefinition enumeration ->
          listed(enumeration.getValues().stream().map(pair -> pair.getName()).toList());
      case BitsTypeDefinition bits ->
          "any of " + listed(bits.getBits().stream().map(bit -> bit.getName()).toList());
      case BooleanTypeDefinition bool -> "true or false";
      case EmptyTypeDefinition empty -> "no value";
      case IdentityrefTypeDefinition identityref ->
          "a kind of "
              + identityref.getIdentities().stream()
                  .map(identity -> identity.getQName().getLocalName())
                  .collect(Collectors.joining(" and "));
      case InstanceIdentifierTypeDefinition instance -> "a path to a node";
      case LeafrefTypeDefinition leafref -> of(leafrefs.apply(leafref));
      case UnionTypeDefinition union ->
          union.getTypes().stream().map(this::of).distinct().collect(Collectors.joining(" or "));
      case RangeRestrictedTypeDefinition<?, ?> number ->
          number
              .getRangeConstraint()
              .map(constraint -> ranges(constraint.getAllowedRanges()))
              .orElse("a number");
      case StringTypeDefinition string -> string(string);
      case BinaryTypeDefinition binary ->
          lengthOf(binary).map(length -> length + " octets").orElse("octets") + " in base64";
      default -> type.getQName().getLocalName();
    };
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

  private String string(StringTypeDefinition type) {
    String name = type.getQName().getLocalName();
    boolean named = !name.equals("string");
    if (named && !patterns) {
      return name;
    }
    StringBuilder words = new StringBuilder(named ? name + ", " : "");
    words.append(lengthOf(type).map(length -> "text of " + length + " characters").orElse("text"));
    String joint = " like ";
    for (PatternConstraint pattern : patternsOf(type)) {
      boolean inverted =
          pattern.getModifier().filter(ModifierKind.INVERT_MATCH::equals).isPresent();
      words
          .append(inverted ? joint.replace("like", "not like") : joint)
          .append(pattern.getRegularExpressionString());
      joint = " and like ";
    }
    return words.toString();
  }

  /// Those of the whole typedef chain, the base's first.
  private static List<PatternConstraint> patternsOf(StringTypeDefinition type) {
    List<PatternConstraint> found = new ArrayList<>();
    for (TypeDefinition<?> step : Restrictions.chain(type)) {
      if (step instanceof StringTypeDefinition string) {
        string.getPatternConstraints().stream().filter(p -> !found.contains(p)).forEach(found::add);
      }
    }
    return found;
  }

  private static Optional<String> lengthOf(LengthRestrictedTypeDefinition<?> type) {
    return type.getLengthConstraint().map(constraint -> ranges(constraint.getAllowedRanges()));
  }

  private static String listed(List<String> names) {
    return names.size() <= MANY
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, MANY)) + ", ...";
  }

  /// Ranges as YANG writes them, but with words: `1..40 or 60..255`.
  static String ranges(RangeSet<?> allowed) {
    return allowed.asRanges().stream()
        .map(range ->
            range.lowerEndpoint().equals(range.upperEndpoint())
                ? range.lowerEndpoint().toString()
                : range.lowerEndpoint() + ".." + range.upperEndpoint())
        .collect(Collectors.joining(" or "));
  }
}
