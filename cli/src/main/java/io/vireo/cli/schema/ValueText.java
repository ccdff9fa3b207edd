package io.vireo.cli.schema;

import io.vireo.schema.type.InvalidValueException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.Empty;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.IdentitySchemaNode;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.BitsTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.BooleanTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.EmptyTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.EnumTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.IdentityrefTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.StringTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.UnionTypeDefinition;

/// Values of leaves as words, both ways, and what may be written for them.
///
/// An identity is written without its module where no other of its kind has that name.
public final class ValueText {
  private ValueText() {}

  /// A value that a leaf can have, and what it means.
  public record Choice(String text, String help) {}

  /// @throws BadValueException when the text is no value of the leaf
  public static Object parse(CliNode leaf, String text) throws BadValueException {
    try {
      return leaf.typedText().read(text, (type, word) -> ownForm(leaf, type, word));
    } catch (InvalidValueException e) {
      String own = e.modelMessage();
      throw new BadValueException(
          "'"
              + text
              + "' is not allowed here: "
              + (own == null ? "expected " + leaf.expectation() : own));
    }
  }

  /// What the command line writes shorter than the modules: enums and booleans may be cut short,
  /// identities go without their module.
  private static @Nullable Object ownForm(CliNode leaf, TypeDefinition<?> type, String text)
      throws InvalidValueException {
    return switch (type) {
      case IdentityrefTypeDefinition reference -> taken(parseIdentity(leaf, reference, text));
      case EnumTypeDefinition enumeration -> taken(unique(enumeration, text));
      case BooleanTypeDefinition bool -> taken(truth(text));
      default -> null;
    };
  }

  private static Object taken(@Nullable Object value) throws InvalidValueException {
    if (value == null) {
      throw new InvalidValueException("names no value, or several");
    }
    return value;
  }

  private static @Nullable Object truth(String text) {
    if (!text.isEmpty() && "true".startsWith(text)) {
      return Boolean.TRUE;
    }
    return !text.isEmpty() && "false".startsWith(text) ? Boolean.FALSE : null;
  }

  private static @Nullable Object unique(EnumTypeDefinition type, String text) {
    List<String> names = type.getValues().stream().map(p -> p.getName()).toList();
    if (names.contains(text)) {
      return text;
    }
    List<String> fitting = names.stream().filter(n -> n.startsWith(text)).toList();
    return fitting.size() == 1 && !text.isEmpty() ? fitting.getFirst() : null;
  }

  static boolean isIdentity(CliNode leaf) {
    return leaf.type() instanceof IdentityrefTypeDefinition;
  }

  static Object identity(CliNode leaf, QName identity) {
    if (leaf.type() instanceof IdentityrefTypeDefinition reference
        && identities(leaf, reference).contains(identity)) {
      return identity;
    }
    throw new IllegalArgumentException(identity + " is no identity for " + leaf);
  }

  private static @Nullable QName parseIdentity(
      CliNode leaf, IdentityrefTypeDefinition type, String text) {
    List<QName> fitting =
        identities(leaf, type).stream()
            .filter(i -> i.getLocalName().equals(text) || qualified(leaf, i).equals(text))
            .toList();
    return fitting.size() == 1 ? fitting.getFirst() : null;
  }

  private static String qualified(CliNode leaf, QName identity) {
    return leaf.schema().moduleName(identity.getModule()) + ":" + identity.getLocalName();
  }

  private static Set<QName> identities(CliNode leaf, IdentityrefTypeDefinition type) {
    Set<QName> found = new LinkedHashSet<>();
    for (IdentitySchemaNode base : type.getIdentities()) {
      addDerived(leaf, base, found);
    }
    return found;
  }

  private static void addDerived(CliNode leaf, IdentitySchemaNode base, Set<QName> found) {
    for (IdentitySchemaNode one : leaf.schema().model().getDerivedIdentities(base)) {
      if (found.add(one.getQName())) {
        addDerived(leaf, one, found);
      }
    }
  }

  /// The value as a word; [Words#quote] it where a line is made of it.
  public static String print(CliNode leaf, Object value) {
    return switch (value) {
      case QName identity -> printIdentity(leaf, identity);
      case Empty empty -> "";
      case byte[] octets -> Base64.getEncoder().encodeToString(octets);
      case Set<?> bits -> String.join(" ", bits.stream().map(Object::toString).sorted().toList());
      default -> value.toString();
    };
  }

  private static String printIdentity(CliNode leaf, QName identity) {
    return leaf.type() instanceof IdentityrefTypeDefinition type
            && identity.equals(parseIdentity(leaf, type, identity.getLocalName()))
        ? identity.getLocalName()
        : qualified(leaf, identity);
  }

  /// The values there are, where they can be counted: enums, identities, booleans.
  public static List<Choice> choices(CliNode leaf) {
    List<Choice> choices = new ArrayList<>();
    addChoices(leaf, leaf.type(), choices);
    return choices;
  }

  private static void addChoices(CliNode leaf, TypeDefinition<?> type, List<Choice> choices) {
    switch (type) {
      case EnumTypeDefinition enumeration ->
          enumeration
              .getValues()
              .forEach(p ->
                  choices.add(new Choice(p.getName(), HelpText.firstSentence(p.getDescription()))));
      case BooleanTypeDefinition bool -> {
        choices.add(new Choice("true", ""));
        choices.add(new Choice("false", ""));
      }
      case IdentityrefTypeDefinition reference -> {
        identities(leaf, reference).stream()
            .map(identity -> new Choice(printIdentity(leaf, identity), ""))
            .sorted(Comparator.comparing(Choice::text))
            .forEach(choices::add);
      }
      case BitsTypeDefinition bits ->
          bits.getBits()
              .forEach(b ->
                  choices.add(new Choice(b.getName(), HelpText.firstSentence(b.getDescription()))));
      case UnionTypeDefinition union ->
          union.getTypes().forEach(t -> addChoices(leaf, leaf.schema().resolve(leaf, t), choices));
      default -> {}
    }
  }

  /// Whether any text may be a value of the leaf.
  public static boolean isAnyText(CliNode leaf) {
    if (!(leaf.type() instanceof StringTypeDefinition)) {
      return false;
    }
    for (TypeDefinition<?> t = leaf.type(); t != null; t = t.getBaseType()) {
      if (t instanceof StringTypeDefinition text && !text.getPatternConstraints().isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /// Whether the leaf has no value but its being there.
  public static boolean isEmptyType(CliNode leaf) {
    return leaf.type() instanceof EmptyTypeDefinition;
  }
}
