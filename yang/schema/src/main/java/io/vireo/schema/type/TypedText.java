package io.vireo.schema.type;

import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.impl.codec.TypeDefinitionAwareCodec;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.BinaryTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.LeafrefTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.RangeRestrictedTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.StringTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.UnionTypeDefinition;

/// Reads text as values of one type. Made once for a leaf and kept: patterns are compiled in it.
public sealed interface TypedText {
  /// The value that a text stands for.
  ///
  /// @param form how the text's notation writes what is its own
  Object read(String text, TextForm form) throws InvalidValueException;

  /// For a type, and all that it is derived from or made of.
  ///
  /// @param leafrefs gives the type that a leafref comes down to
  static TypedText of(
      TypeDefinition<?> type, Function<LeafrefTypeDefinition, TypeDefinition<?>> leafrefs) {
    return switch (type) {
      case LeafrefTypeDefinition leafref -> of(leafrefs.apply(leafref), leafrefs);
      case UnionTypeDefinition union ->
          new Union(union.getTypes().stream().map(member -> of(member, leafrefs)).toList());
      case StringTypeDefinition string -> new Text(string, Restrictions.of(string));
      case BinaryTypeDefinition binary -> new Octets(binary, Restrictions.of(binary));
      default -> new Plain(type, codecOf(type), Restrictions.of(type));
    };
  }

  /// Of a number the built-in type's codec, for its lexical form: the chain's ranges come after.
  private static @Nullable TypeDefinitionAwareCodec<?, ?> codecOf(TypeDefinition<?> type) {
    return TypeDefinitionAwareCodec.fromType(
        type instanceof RangeRestrictedTypeDefinition<?, ?>
            ? Restrictions.chain(type).getFirst()
            : type);
  }

  /// RFC 7950 §9.12: the first member that takes the text.
  record Union(List<TypedText> members) implements TypedText {
    public Union {
      members = List.copyOf(members);
    }

    @Override
    public Object read(String text, TextForm form) throws InvalidValueException {
      @Nullable InvalidValueException last = null;
      for (TypedText member : members) {
        try {
          return member.read(text, form);
        } catch (InvalidValueException e) {
          last = e;
        }
      }
      // No member's own words are said: the text may have been meant for another.
      throw new InvalidValueException("no member of the union takes it", last);
    }
  }

  /// RFC 7950 §9.4.
  record Text(StringTypeDefinition type, Restrictions restrictions) implements TypedText {
    @Override
    public Object read(String text, TextForm form) throws InvalidValueException {
      Object own = form.read(type, text);
      if (own != null) {
        return own;
      }
      restrictions.check(text);
      return text;
    }
  }

  /// RFC 7950 §9.8: base64, lines of it too.
  record Octets(BinaryTypeDefinition type, Restrictions restrictions) implements TypedText {
    @Override
    public Object read(String text, TextForm form) throws InvalidValueException {
      Object own = form.read(type, text);
      if (own != null) {
        return own;
      }
      try {
        byte[] octets = Base64.getDecoder().decode(text.replaceAll("[ \t\r\n]", ""));
        restrictions.check(octets);
        return octets;
      } catch (IllegalArgumentException e) {
        throw new InvalidValueException("must be base64", e);
      }
    }
  }

  /// All other types. One without codec is read by notations that have a form for it.
  record Plain(
      TypeDefinition<?> type,
      @Nullable TypeDefinitionAwareCodec<?, ?> codec,
      Restrictions restrictions)
      implements TypedText {
    @Override
    public Object read(String text, TextForm form) throws InvalidValueException {
      Object own = form.read(type, text);
      if (own != null) {
        return own;
      }
      if (codec == null) {
        throw new InvalidValueException("cannot be written here");
      }
      Object value;
      try {
        value = codec.deserialize(text);
      } catch (IllegalArgumentException e) {
        throw new InvalidValueException(String.valueOf(e.getMessage()), e);
      }
      restrictions.check(value);
      return value;
    }
  }
}
