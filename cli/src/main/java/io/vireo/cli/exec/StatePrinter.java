package io.vireo.cli.exec;

import io.vireo.cli.schema.CliNode;
import io.vireo.cli.schema.Instances;
import io.vireo.cli.schema.ValueText;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// Prints any data by rule: names and values, indented.
public final class StatePrinter {
  private final Output out;

  public StatePrinter(Output out) {
    this.out = out;
  }

  /// Prints what is in a node.
  public void print(CliNode node, NormalizedNode data, String indent) {
    for (CliNode child : node.children()) {
      switch (child.kind()) {
        case LEAF ->
            Instances.leaf(data, child)
                .ifPresent(
                    v -> out.line((indent + child.name() + " " + text(child, v)).stripTrailing()));
        case LEAF_LIST ->
            Instances.values(data, child)
                .forEach(v -> out.line(indent + child.name() + " " + text(child, v)));
        case CONTAINER ->
            Instances.child(data, child)
                .ifPresent(c -> {
                  out.line(indent + child.name());
                  print(child, c, indent + " ");
                });
        case LIST -> printEntries(child, data, indent);
        case ANY -> {}
      }
    }
  }

  /// Prints a list's entries.
  public void printEntries(CliNode list, NormalizedNode parent, String indent) {
    for (Instances.Entry entry : Instances.entries(parent, list)) {
      out.line((indent + list.name() + " " + keys(list, entry)).stripTrailing());
      print(list, entry.data(), indent + " ");
    }
  }

  private static String keys(CliNode list, Instances.Entry entry) {
    return IntStream.range(0, entry.keys().size())
        .mapToObj(i -> ValueText.print(list.keys().get(i), entry.keys().get(i)))
        .collect(Collectors.joining(" "));
  }

  private static String text(CliNode leaf, Object value) {
    return ValueText.print(leaf, value);
  }
}
