package io.vireo.cli.config;

import io.vireo.cli.grammar.Words;
import io.vireo.cli.schema.CliNode;
import io.vireo.cli.schema.DataPath;
import io.vireo.cli.schema.Form;
import io.vireo.cli.schema.Instances;
import io.vireo.cli.schema.Style;
import io.vireo.cli.schema.ValueText;
import io.vireo.datastore.api.Trees;
import io.vireo.schema.edit.TreeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// Prints configuration as the lines that make it, in the outermost mode of a tree.
///
/// Forms are printed first, those with most variables before others, and each leaf once; the rest
/// follows by rule. An entry whose forms say all of it has no lines of its own. A mode ends with
/// `exit`, so that the next line can't be taken for one of it.
public final class ConfigPrinter {
  private static final String INDENT = " ";

  private final Schemas schemas;
  private final Trees trees;
  private final Set<Place> said = new HashSet<>();

  private record Place(TreeId tree, DataPath path) {}

  private ConfigPrinter(Schemas schemas, Trees trees) {
    this.schemas = schemas;
    this.trees = trees;
  }

  /// The lines of one tree, with all that is mounted in it.
  public static List<String> print(Schemas schemas, Trees trees, TreeId tree) {
    ContainerNode root =
        switch (tree) {
          case TreeId.Device() -> trees.device();
          case TreeId.Router(String name) -> trees.routers().get(name);
        };
    if (root == null) {
      return List.of();
    }
    return new ConfigPrinter(schemas, trees).body(Position.top(schemas, tree), root, "", "");
  }

  /// Lines for what is in a node.
  ///
  /// @param prefix words from the mode to the node
  private List<String> body(Position at, NormalizedNode data, String indent, String prefix) {
    List<String> lines = new ArrayList<>();
    forms(at, data, indent + prefix, lines);
    for (CliNode child : at.node().children()) {
      if (child.isConfig() && !child.isKey() && child.kind() == CliNode.Kind.LEAF) {
        leaf(at, data, child, indent + prefix, lines);
      } else if (child.isConfig() && child.kind() == CliNode.Kind.LEAF_LIST) {
        Instances.values(data, child)
            .forEach(v -> lines.add(indent + prefix + child.word() + " " + value(child, v)));
      }
    }
    for (CliNode child : at.node().children()) {
      if (!child.isConfig()) {
        continue;
      }
      if (child.equals(schemas.mountPoint())) {
        mounted(at, child, indent, prefix, lines);
      } else if (child.kind() == CliNode.Kind.CONTAINER) {
        Instances.child(data, child).ifPresent(c -> container(at, c, child, indent, prefix, lines));
      } else if (child.kind() == CliNode.Kind.LIST) {
        Instances.entries(data, child).forEach(e -> entry(at, e, child, indent, prefix, lines));
      }
    }
    return lines;
  }

  private void forms(Position at, NormalizedNode data, String indent, List<String> lines) {
    List<Form> forms = new ArrayList<>(at.node().style().forms());
    forms.sort(Comparator.comparingInt(f -> -f.fields().size()));
    List<Printed> printed = new ArrayList<>();
    for (Form form : forms) {
      for (FormPrinter.Instance instance : FormPrinter.instances(form, at.path(), data)) {
        boolean replaces =
            printed.stream()
                .anyMatch(p -> p.target.equals(instance.target()) && p.form.isAlternativeOf(form));
        if (!replaces && say(at.tree(), at.path(), form, instance)) {
          printed.add(new Printed(form, instance.target(), lines.size()));
          lines.add(indent + FormPrinter.line(form, instance, forms));
        }
      }
    }
  }

  private record Printed(Form form, DataPath target, int line) {}

  /// Notes what a form's line says; false if all of it has been said already.
  private boolean say(TreeId tree, DataPath anchor, Form form, FormPrinter.Instance instance) {
    List<Place> leaves =
        form.leaves().stream()
            .map(steps -> new Place(tree, instance.target().descendant(steps)))
            .toList();
    Place target = new Place(tree, instance.target());
    boolean news =
        leaves.isEmpty() ? !said.contains(target) : leaves.stream().noneMatch(said::contains);
    if (news) {
      said.addAll(leaves);
      List<DataPath> ends = new ArrayList<>(List.of(instance.target()));
      leaves.forEach(l -> ends.add(l.path.parent()));
      for (DataPath end : ends) {
        for (DataPath p = end; p.steps().size() > anchor.steps().size(); p = p.parent()) {
          said.add(new Place(tree, p));
        }
      }
    }
    return news;
  }

  private void leaf(
      Position at, NormalizedNode data, CliNode leaf, String indent, List<String> lines) {
    if (!said.contains(new Place(at.tree(), at.path().child(leaf)))) {
      Instances.leaf(data, leaf)
          .ifPresent(v ->
              lines.add(
                  indent
                      + leaf.word()
                      + (ValueText.isEmptyType(leaf) ? "" : " " + value(leaf, v))));
    }
  }

  private static String value(CliNode leaf, Object value) {
    return Words.quote(ValueText.print(leaf, value));
  }

  private void container(
      Position at,
      NormalizedNode data,
      CliNode node,
      String indent,
      String prefix,
      List<String> lines) {
    Position below = at.down(at.path().child(node));
    String way = node.style().transparent() ? prefix : prefix + node.word() + " ";
    List<String> inside = body(below, data, indent, way);
    if (inside.isEmpty()
        && node.isPresence()
        && !said.contains(new Place(at.tree(), below.path()))) {
      String word = node.style().transparent() ? node.name() : node.word();
      lines.add(indent + prefix + word);
      lines.add(indent + "exit");
    }
    lines.addAll(inside);
  }

  private void entry(
      Position at,
      Instances.Entry entry,
      CliNode list,
      String indent,
      String prefix,
      List<String> lines) {
    Position below = at.down(at.path().entry(list, entry.keys()));
    List<String> inside = new ArrayList<>();
    for (Style.Initial initial : EditBuilder.initial(list, entry.keys())) {
      Object value = Instances.leaf(entry.data(), initial.leaf()).orElse(null);
      if (value == null) {
        inside.add(indent + INDENT + "no " + initial.leaf().word());
      } else if (value.equals(initial.value())) {
        said.add(new Place(at.tree(), below.path().child(initial.leaf())));
      }
    }
    inside.addAll(body(below, entry.data(), indent + INDENT, ""));
    if (inside.isEmpty() && said.contains(new Place(at.tree(), below.path()))) {
      return;
    }
    StringBuilder head = new StringBuilder(indent).append(prefix).append(list.word());
    for (int i = 0; i < entry.keys().size(); i++) {
      head.append(' ').append(value(list.keys().get(i), entry.keys().get(i)));
    }
    lines.add(head.toString());
    lines.addAll(inside);
    lines.add(indent + "exit");
    if (indent.isEmpty()) {
      lines.add("!");
    }
  }

  private void mounted(
      Position at, CliNode mountPoint, String indent, String prefix, List<String> lines) {
    String name = at.path().last().keys().getLast().toString();
    ContainerNode root = trees.routers().get(name);
    if (root != null) {
      String way = mountPoint.style().transparent() ? prefix : prefix + mountPoint.word() + " ";
      lines.addAll(body(Position.top(schemas, new TreeId.Router(name)), root, indent, way));
    }
  }
}
