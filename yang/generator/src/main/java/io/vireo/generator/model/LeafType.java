package io.vireo.generator.model;

import org.jspecify.annotations.Nullable;

/// How one value is held, read, written and checked: fragments of Java in which `$` stands for the
/// value.
///
/// @param kind how it looks on the wire, by which a union tells its members apart
/// @param type the Java type of a value that must be there
/// @param boxed the Java type of one that may be absent
/// @param read reads a value from `in`
/// @param write writes the value `$` to `out`
/// @param accepts whether the raw value `$` (see [Kind]) is one of this type; null: always
/// @param fromRaw makes the value from the raw value `$`
/// @param toText for [Kind#TEXT]: the text of the value `$`
/// @param check a restriction beyond those of the Java type: a condition on the value `$`
/// @param restriction the same in words
public record LeafType(
    Kind kind,
    String type,
    String boxed,
    String read,
    String write,
    @Nullable String accepts,
    String fromRaw,
    String toText,
    @Nullable String check,
    String restriction) {

  /// Wire forms, with the raw value that a union's reader has in hand.
  public enum Kind {
    /// `long`, signed.
    SIGNED,
    /// `long`, not negative.
    UNSIGNED,
    /// `long`, as uint64.
    UNSIGNED64,
    /// `String`.
    TEXT,
    /// `Bytes`.
    BYTES,
    /// `boolean`.
    BOOLEAN,
    /// `BigDecimal`.
    DECIMAL,
    /// Nothing.
    EMPTY,
    /// `String`, the bits' names; tagged.
    BITS,
    /// `String`, the name; tagged.
    ENUMERATION,
    /// `Identity`; tagged.
    IDENTITY,
    /// `InstanceId`; tagged.
    INSTANCE_ID
  }

  boolean isReference() {
    return type.equals(boxed);
  }

  /// `template` with `value` put in place of `$`, which means itself inside of string literals.
  public static String fill(String template, String value) {
    StringBuilder filled = new StringBuilder();
    boolean literal = false;
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      if (literal && c == '\\') {
        filled.append(c).append(template.charAt(++i));
        continue;
      }
      literal ^= c == '"';
      filled.append(c == '$' && !literal ? value : String.valueOf(c));
    }
    return filled.toString();
  }

  public String write(String value) {
    return fill(write, value);
  }

  LeafType withCheck(@Nullable String newCheck, String newRestriction) {
    return new LeafType(
        kind, type, boxed, read, write, accepts, fromRaw, toText, newCheck, newRestriction);
  }
}
