package io.vireo.cli.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Text with leaves in it, as a `text` statement describes it.
///
/// @param texts pieces of text around the leaves: one more than there are leaves
/// @param leaves the leaves
/// @param condition only where this holds; null: always
public record TextTemplate(
    List<String> texts, List<LeafReference> leaves, @Nullable Condition condition) {
  public TextTemplate {
    texts = List.copyOf(texts);
    leaves = List.copyOf(leaves);
    if (texts.size() != leaves.size() + 1) {
      throw new IllegalArgumentException("texts and leaves don't alternate");
    }
  }

  /// A leaf relative to the row.
  ///
  /// @param up how many ancestors to go up, the row's own entry first
  /// @param steps nodes down from there, the leaf last
  /// @param conversion how the value is converted
  public record LeafReference(int up, List<CliNode> steps, Conversion conversion) {
    public LeafReference {
      steps = List.copyOf(steps);
    }
  }

  /// What is done to a value before it is shown.
  public enum Conversion {
    NONE,
    /// From nanoseconds.
    MILLISECONDS
  }

  /// A leaf has a value.
  ///
  /// @param value null: any
  public record Condition(LeafReference leaf, @Nullable String value) {}
}
