package io.vireo.generator.model;

import java.util.List;

/// A member of a record, or a leaf of a choice's case.
///
/// `name` is the record component, `doc` what stands above it.
public sealed interface Field {
  String name();

  String doc();

  /// A leaf.
  ///
  /// @param required a list key, or mandatory in an operation
  record Leaf(String name, String doc, int delta, LeafType type, boolean required)
      implements Field {
    /// A leaf of type `empty` is a boolean: there or not.
    public boolean isFlag() {
      return type.kind() == LeafType.Kind.EMPTY;
    }
  }

  record LeafList(String name, String doc, int delta, LeafType type) implements Field {}

  /// `type` is the qualified name of the container's record.
  record Container(String name, String doc, int delta, String type) implements Field {}

  record Entries(String name, String doc, int delta, String type) implements Field {}

  /// `anydata` or `anyxml`.
  record Any(String name, String doc, int delta) implements Field {}

  /// `type` is the qualified name of the choice's interface.
  record Choice(String name, String doc, String type, List<Case> cases) implements Field {
    public Choice {
      cases = List.copyOf(cases);
    }
  }

  /// One alternative; its fields are flat in the parent's map (RFC 9254 §4).
  record Case(String type, List<Field> fields) {
    public Case {
      fields = List.copyOf(fields);
    }
  }
}
