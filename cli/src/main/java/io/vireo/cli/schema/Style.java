package io.vireo.cli.schema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `vireo-cli` statements say about one node.
///
/// @param keywords words that stand for the node instead of its name; the first is printed
/// @param transparent whether the children's commands stand beside the node's own
/// @param hidden whether the node has no command
/// @param positional whether a leaf of an RPC's input is given without its word
/// @param prose whether an unquoted value of the leaf runs to the line's end
/// @param namesDevice whether the prompt shows the leaf's value
/// @param prompt what the prompt shows in the node's mode
/// @param initials leaves to set when an entry is made
/// @param forms lines for several nodes at once, given in this node's mode
/// @param tables `show` commands; at the root only
/// @param outputs how an RPC's outputs are printed
public record Style(
    List<String> keywords,
    boolean transparent,
    boolean hidden,
    boolean positional,
    boolean prose,
    boolean namesDevice,
    @Nullable String prompt,
    List<Initial> initials,
    List<Form> forms,
    List<TableStyle> tables,
    List<OutputStyle> outputs) {
  /// Nothing is said.
  public static final Style NONE =
      new Style(
          List.of(), false, false, false, false, false, null, List.of(), List.of(), List.of(),
          List.of());

  public Style {
    keywords = List.copyOf(keywords);
    initials = List.copyOf(initials);
    forms = List.copyOf(forms);
    tables = List.copyOf(tables);
    outputs = List.copyOf(outputs);
  }

  /// A leaf of a new list entry.
  ///
  /// @param leaf the leaf
  /// @param value its value
  /// @param matching the first key, as a regular expression; null: any
  public record Initial(CliNode leaf, Object value, @Nullable String matching) {}

  /// A table of a `show` command.
  ///
  /// @param words the words after `show`
  /// @param rows from the root to the list or container whose instances are the rows
  /// @param onlyIf which of them; null: all
  /// @param columns its columns
  public record TableStyle(
      List<String> words,
      List<CliNode> rows,
      TextTemplate.@Nullable Condition onlyIf,
      List<Column> columns) {
    public TableStyle {
      words = List.copyOf(words);
      rows = List.copyOf(rows);
      columns = List.copyOf(columns);
    }
  }

  /// A column of a table.
  public record Column(String heading, boolean right, List<TextTemplate> texts) {
    public Column {
      texts = List.copyOf(texts);
    }
  }

  /// How the instances of an output's list or container are printed.
  public record OutputStyle(List<CliNode> rows, List<TextTemplate> texts) {
    public OutputStyle {
      rows = List.copyOf(rows);
      texts = List.copyOf(texts);
    }
  }

  /// Both styles' statements, this one's first.
  Style and(Style other) {
    return new Style(
        joined(keywords, other.keywords),
        transparent || other.transparent,
        hidden || other.hidden,
        positional || other.positional,
        prose || other.prose,
        namesDevice || other.namesDevice,
        prompt != null ? prompt : other.prompt,
        joined(initials, other.initials),
        joined(forms, other.forms),
        joined(tables, other.tables),
        joined(outputs, other.outputs));
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
