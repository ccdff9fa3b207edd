package io.vireo.schema.document;

import org.jspecify.annotations.Nullable;

/// What an edit does with an element: RFC 6241 §7.2, `operation` and `default-operation`.
public enum DocumentOperation {
  MERGE,
  REPLACE,
  CREATE,
  DELETE,
  REMOVE,
  /// Back to the default (RFC 6243 §4.5.2): a removal where what stands above is carried out, too.
  UNSET,
  /// As default-operation only: the element just leads to those below.
  NONE;

  /// The value of an `operation` attribute, or null when it is none.
  public static @Nullable DocumentOperation lookupAttribute(String text) {
    return switch (text) {
      case "merge" -> MERGE;
      case "replace" -> REPLACE;
      case "create" -> CREATE;
      case "delete" -> DELETE;
      case "remove" -> REMOVE;
      default -> null;
    };
  }

  /// Whether nothing of the element's content is wanted.
  public boolean isDeletion() {
    return this == DELETE || this == REMOVE || this == UNSET;
  }
}
