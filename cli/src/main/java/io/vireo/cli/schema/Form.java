package io.vireo.cli.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A line for several nodes at once, as a `form` statement describes it.
///
/// @param template as it was written
/// @param words the line's words in order
/// @param steps from the node whose mode the line is given in to the node that it is about; empty:
///   the same
/// @param fields all variables: keys and leaves
/// @param fixed leaves that are set besides
public record Form(
    String template,
    List<FormWord> words,
    List<Step> steps,
    Map<String, Field> fields,
    List<Fixed> fixed) {
  public Form {
    words = List.copyOf(words);
    steps = List.copyOf(steps);
    fields = Map.copyOf(fields);
    fixed = List.copyOf(fixed);
  }

  /// One word of the line.
  public sealed interface FormWord {
    /// A word that stands for itself.
    record Literal(String text) implements FormWord {}

    /// Variables with text between and around them: `{ip}/{prefix-length}`.
    ///
    /// @param parts pieces of text and variables in turn; text first and last, perhaps empty
    record Variables(List<String> texts, List<String> fields) implements FormWord {
      public Variables {
        texts = List.copyOf(texts);
        fields = List.copyOf(fields);
      }
    }
  }

  /// One node on the way to the form's node.
  ///
  /// @param node the node
  /// @param keys for a list, one for each key in order
  public record Step(CliNode node, List<Key> keys) {
    public Step {
      keys = List.copyOf(keys);
    }
  }

  /// A list's key on the way.
  ///
  /// @param leaf the key
  /// @param value its value; null: the variable's
  /// @param field name of the variable; null: the value is fixed
  public record Key(CliNode leaf, @Nullable Object value, @Nullable String field) {}

  /// A variable.
  ///
  /// @param leaf whose values it takes
  /// @param steps from the form's node to the leaf; empty for a key on the way
  public record Field(CliNode leaf, List<CliNode> steps) {
    public Field {
      steps = List.copyOf(steps);
    }

    /// Whether it is a key on the way.
    public boolean isKey() {
      return steps.isEmpty();
    }
  }

  /// A leaf with a value of the form's own.
  public record Fixed(List<CliNode> steps, Object value) {
    public Fixed {
      steps = List.copyOf(steps);
    }
  }

  /// Whether the line begins with `no` by itself.
  public boolean isNegative() {
    return words.getFirst() instanceof FormWord.Literal(String text) && text.equals("no");
  }

  /// Whether the form is about a list entry of its own.
  public boolean isEntry() {
    return !steps.isEmpty() && steps.getLast().node().kind() == CliNode.Kind.LIST;
  }

  /// Whether one takes the other's place: same node, same words before the first variable.
  public boolean isAlternativeOf(Form other) {
    return !equals(other)
        && !isNegative()
        && start().equals(other.start())
        && steps.equals(other.steps);
  }

  private List<FormWord> start() {
    return words.stream().takeWhile(FormWord.Literal.class::isInstance).toList();
  }

  /// Whether another form's words before one may stand at the start of this form's line.
  public boolean mayBeginAs(Form other, int end) {
    for (int i = 0; i < Math.min(end, words.size()); i++) {
      if (words.get(i) instanceof FormWord.Literal own
          && other.words.get(i) instanceof FormWord.Literal theirs
          && !own.equals(theirs)) {
        return false;
      }
    }
    return true;
  }

  /// Leaves that the line sets, each as steps from the form's node.
  public List<List<CliNode>> leaves() {
    List<List<CliNode>> leaves = new ArrayList<>();
    fields.values().stream().filter(f -> !f.isKey()).forEach(f -> leaves.add(f.steps()));
    fixed.forEach(f -> leaves.add(f.steps()));
    return leaves;
  }
}
