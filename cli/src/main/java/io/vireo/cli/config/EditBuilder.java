package io.vireo.cli.config;

import io.vireo.cli.config.ConfigLine.Change;
import io.vireo.cli.schema.CliNode;
import io.vireo.cli.schema.DataBuilder;
import io.vireo.cli.schema.DataPath;
import io.vireo.cli.schema.Instances;
import io.vireo.cli.schema.Style;
import io.vireo.cli.schema.ValueText;
import io.vireo.schema.edit.EditOperation;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.edit.TreeId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// Turns changes to edits, knowing what stands in the candidate.
public final class EditBuilder {
  private final LiveValues candidate;
  private final List<TreeEdit> edits = new ArrayList<>();
  private final Set<YangInstanceIdentifier> made = new HashSet<>();

  private EditBuilder(LiveValues candidate) {
    this.candidate = candidate;
  }

  /// The edits that carry changes out; none where nothing is to be done.
  public static List<TreeEdit> edits(List<Change> changes, LiveValues candidate) {
    EditBuilder builder = new EditBuilder(candidate);
    for (Change change : changes) {
      switch (change) {
        case Change.Put put -> builder.put(put);
        case Change.Take take -> builder.take(take);
      }
    }
    return List.copyOf(builder.edits);
  }

  private void put(Change.Put put) {
    DataPath way = DataPath.ROOT;
    for (DataPath.Step step : put.path().steps()) {
      leaveOtherCases(put.tree(), way, step.node());
      way = way.entry(step.node(), step.keys());
      if (step.node().kind() == CliNode.Kind.LIST
          && find(put.tree(), way).isEmpty()
          && made.add(way.id())) {
        begin(put.tree(), way);
      }
    }
    merge(put.tree(), put.path(), put.value());
  }

  /// What a new entry begins with.
  private void begin(TreeId tree, DataPath entry) {
    CliNode list = entry.last().node();
    initial(list, entry.last().keys()).forEach(i -> merge(tree, entry.child(i.leaf()), i.value()));
  }

  /// The leaves that a command sets in a new entry: for each leaf the first statement that fits.
  static List<Style.Initial> initial(CliNode list, List<Object> keys) {
    List<Style.Initial> fitting = new ArrayList<>();
    for (Style.Initial initial : list.style().initials()) {
      String first = ValueText.print(list.keys().getFirst(), keys.getFirst());
      if ((initial.matching() == null || first.matches(initial.matching()))
          && fitting.stream().noneMatch(i -> i.leaf().equals(initial.leaf()))) {
        fitting.add(initial);
      }
    }
    return fitting;
  }

  /// RFC 7950 §7.9: creating a node of one case deletes all nodes of the others.
  private void leaveOtherCases(TreeId tree, DataPath parent, CliNode node) {
    if (node.via().isEmpty()) {
      return;
    }
    CliNode owner = node.parent();
    if (owner == null) {
      return;
    }
    for (CliNode sibling : owner.children()) {
      boolean otherCase =
          sibling.via().stream()
              .anyMatch(v ->
                  node.via().stream()
                      .anyMatch(w ->
                          w.choice().equals(v.choice()) && !w.caseName().equals(v.caseName())));
      DataPath path = parent.child(sibling);
      if (otherCase && find(tree, path).isPresent()) {
        remove(tree, path);
      }
    }
  }

  private void merge(TreeId tree, DataPath path, @Nullable Object value) {
    DataContainerChild top = DataBuilder.along(path, value);
    edits.add(
        new TreeEdit(tree, new EditOperation.Merge(YangInstanceIdentifier.of(top.name()), top)));
  }

  private void take(Change.Take take) {
    if (find(take.tree(), take.path()).isEmpty()) {
      return;
    }
    DataPath path = take.path();
    while (path.steps().size() - 1 > take.keptSteps() && holdsNothingElse(take.tree(), path)) {
      path = path.parent();
    }
    remove(take.tree(), path);
  }

  /// Whether the parent holds nothing but what the path leads to, its own keys aside.
  private boolean holdsNothingElse(TreeId tree, DataPath path) {
    Optional<NormalizedNode> parent = find(tree, path.parent());
    if (!(parent.orElse(null) instanceof DataContainerNode data)) {
      return false;
    }
    int keys = path.parent().last().keys().size();
    CliNode node = path.last().node();
    boolean alone = node.kind() != CliNode.Kind.LIST || Instances.entries(data, node).size() == 1;
    return alone && data.size() == keys + 1;
  }

  private void remove(TreeId tree, DataPath path) {
    edits.add(new TreeEdit(tree, new EditOperation.Remove(path.id())));
  }

  private Optional<NormalizedNode> find(TreeId tree, DataPath path) {
    return candidate.tree(tree).flatMap(path::find);
  }
}
