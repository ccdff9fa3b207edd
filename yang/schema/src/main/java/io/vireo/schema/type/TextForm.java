package io.vireo.schema.type;

import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;

/// How a notation writes the types that it does not write as RFC 7950 §9 has them.
@FunctionalInterface
public interface TextForm {
  /// Every type is written as RFC 7950 has it; identities and paths cannot be.
  TextForm PLAIN = (type, text) -> null;

  /// Reads text of a type that is no union and no leafref.
  ///
  /// @return the value, or null when this notation has no form of its own for the type
  @Nullable Object read(TypeDefinition<?> type, String text) throws InvalidValueException;
}
