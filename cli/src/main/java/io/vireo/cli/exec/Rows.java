package io.vireo.cli.exec;

import io.vireo.cli.schema.CliNode;
import io.vireo.cli.schema.Instances;
import io.vireo.cli.schema.TextTemplate;
import io.vireo.cli.schema.TextTemplate.Condition;
import io.vireo.cli.schema.TextTemplate.Conversion;
import io.vireo.cli.schema.TextTemplate.LeafReference;
import io.vireo.cli.schema.ValueText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// Instances of a table's rows, and text made of their leaves.
final class Rows {
  private static final double NANOSECONDS_PER_MILLISECOND = 1e6;

  private Rows() {}

  /// One row.
  ///
  /// @param chain the data of the nodes from the top of the path to the row, the row last
  record Row(List<NormalizedNode> chain) {
    Row {
      chain = List.copyOf(chain);
    }
  }

  /// All rows below a node.
  static List<Row> of(NormalizedNode from, List<CliNode> steps) {
    List<Row> level = List.of(new Row(List.of(from)));
    for (CliNode step : steps) {
      List<Row> next = new ArrayList<>();
      for (Row row : level) {
        NormalizedNode data = row.chain.getLast();
        if (step.kind() == CliNode.Kind.LIST) {
          Instances.entries(data, step).forEach(e -> next.add(longer(row, e.data())));
        } else {
          Instances.child(data, step).ifPresent(c -> next.add(longer(row, c)));
        }
      }
      level = next;
    }
    return level;
  }

  private static Row longer(Row row, NormalizedNode data) {
    List<NormalizedNode> chain = new ArrayList<>(row.chain);
    chain.add(data);
    return new Row(chain);
  }

  /// The first text whose leaves are all there; several lines where a leaf has several values.
  static List<String> text(Row row, List<TextTemplate> templates) {
    for (TextTemplate template : templates) {
      Condition condition = template.condition();
      if (condition == null || holds(row, condition)) {
        List<String> lines = lines(row, template);
        if (!lines.isEmpty()) {
          return lines;
        }
      }
    }
    return List.of();
  }

  static boolean holds(Row row, Condition condition) {
    List<String> values = values(row, condition.leaf());
    if (condition.value() == null) {
      return !values.isEmpty();
    }
    if (values.isEmpty()) {
      return condition.value().equals(condition.leaf().steps().getLast().defaultText());
    }
    return values.contains(condition.value());
  }

  private static List<String> lines(Row row, TextTemplate template) {
    List<List<String>> columns = new ArrayList<>();
    int height = 1;
    for (LeafReference leaf : template.leaves()) {
      List<String> values = values(row, leaf);
      if (values.stream().allMatch(String::isEmpty)) {
        return List.of();
      }
      columns.add(values);
      height = Math.max(height, values.size());
    }
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < height; i++) {
      StringBuilder line = new StringBuilder(template.texts().getFirst());
      for (int c = 0; c < columns.size(); c++) {
        List<String> values = columns.get(c);
        line.append(values.size() == 1 ? values.getFirst() : i < values.size() ? values.get(i) : "")
            .append(template.texts().get(c + 1));
      }
      lines.add(line.toString());
    }
    return lines;
  }

  /// The leaf's values: several where lists lie between, empty where an entry of one lacks it.
  private static List<String> values(Row row, LeafReference reference) {
    int from = row.chain.size() - 1 - reference.up();
    if (from < 0) {
      return List.of();
    }
    List<NormalizedNode> level = List.of(row.chain.get(from));
    List<CliNode> steps = reference.steps();
    boolean several = false;
    for (CliNode step : steps.subList(0, steps.size() - 1)) {
      List<NormalizedNode> next = new ArrayList<>();
      for (NormalizedNode data : level) {
        if (step.kind() == CliNode.Kind.LIST) {
          several = true;
          Instances.entries(data, step).forEach(e -> next.add(e.data()));
        } else {
          Instances.child(data, step).ifPresent(next::add);
        }
      }
      level = next;
    }
    CliNode leaf = steps.getLast();
    List<String> values = new ArrayList<>();
    for (NormalizedNode data : level) {
      if (leaf.kind() == CliNode.Kind.LEAF_LIST) {
        Instances.values(data, leaf).forEach(v -> values.add(ValueText.print(leaf, v)));
      } else if (several) {
        values.add(
            Instances.leaf(data, leaf).map(v -> print(leaf, v, reference.conversion())).orElse(""));
      } else {
        Instances.leaf(data, leaf)
            .ifPresent(v -> values.add(print(leaf, v, reference.conversion())));
      }
    }
    return values;
  }

  private static String print(CliNode leaf, Object value, Conversion conversion) {
    String text = ValueText.print(leaf, value);
    return switch (conversion) {
      case NONE -> text;
      case MILLISECONDS ->
          String.format(
              Locale.ROOT, "%.3f", Double.parseDouble(text) / NANOSECONDS_PER_MILLISECOND);
    };
  }
}
