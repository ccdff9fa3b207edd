package io.vireo.cli.config;

import io.vireo.cli.grammar.Step.Choice;
import io.vireo.cli.schema.CliNode;
import io.vireo.cli.schema.DataPath;
import io.vireo.cli.schema.Instances;
import io.vireo.cli.schema.ValueText;
import io.vireo.datastore.api.Trees;
import io.vireo.schema.edit.TreeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// Values that stand in the datastore, for completion.
///
/// @param trees the datastore's contents when they are asked for
public record LiveValues(Supplier<Trees> trees) {
  /// One tree's contents.
  public Optional<ContainerNode> tree(TreeId id) {
    return switch (id) {
      case TreeId.Device() -> Optional.of(trees.get().device());
      case TreeId.Router(String name) -> Optional.ofNullable(trees.get().routers().get(name));
    };
  }

  /// Names of the virtual routers.
  public List<Choice> routers() {
    return trees.get().routers().keySet().stream().map(n -> new Choice(n, "")).toList();
  }

  /// Values of the key at `index` of a list's entries.
  List<Choice> keys(TreeId tree, DataPath parent, CliNode list, List<Object> before) {
    Optional<NormalizedNode> data =
        tree(tree)
            .flatMap(root -> parent.steps().isEmpty() ? Optional.of(root) : parent.find(root));
    List<Choice> choices = new ArrayList<>();
    int index = before.size();
    data.ifPresent(d ->
        Instances.entries(d, list).stream()
            .filter(e -> e.keys().subList(0, index).equals(before))
            .map(e -> ValueText.print(list.keys().get(index), e.keys().get(index)))
            .distinct()
            .forEach(text -> choices.add(new Choice(text, ""))));
    return choices;
  }

  /// Values that a leaf may take: those of its type that can be counted, and what a leafref refers
  /// to.
  public List<Choice> of(TreeId tree, CliNode leaf) {
    Map<String, Choice> choices = new LinkedHashMap<>();
    ValueText.choices(leaf).forEach(c -> choices.put(c.text(), new Choice(c.text(), c.help())));
    leaf.schema()
        .leafrefTarget(leaf)
        .ifPresent(target ->
            tree(tree)
                .ifPresent(root ->
                    Instances.everywhere(root, target).stream()
                        .map(v -> ValueText.print(target, v))
                        .forEach(t -> choices.putIfAbsent(t, new Choice(t, "")))));
    return List.copyOf(choices.values());
  }
}
