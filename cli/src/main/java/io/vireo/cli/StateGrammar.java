package io.vireo.cli;

import io.vireo.cli.config.LiveValues;
import io.vireo.cli.config.Slots;
import io.vireo.cli.exec.Filter;
import io.vireo.cli.grammar.Place;
import io.vireo.cli.grammar.Step;
import io.vireo.cli.schema.CliNode;
import io.vireo.cli.schema.CliSchema;
import io.vireo.cli.schema.DataPath;
import io.vireo.schema.edit.TreeId;
import java.util.ArrayList;
import java.util.List;

/// `show state`: the names from a tree's root to any container or list entry.
final class StateGrammar {
  private final LiveValues live;
  private final TreeId tree;
  private final CliSchema schema;

  StateGrammar(LiveValues live, TreeId tree, CliSchema schema) {
    this.live = live;
    this.tree = tree;
    this.schema = schema;
  }

  Place<Command> place() {
    return Place.before(() -> steps(schema.root(), DataPath.ROOT));
  }

  private List<Step<Command>> steps(CliNode node, DataPath at) {
    List<Step<Command>> steps = new ArrayList<>();
    for (CliNode child : node.children()) {
      if (child.kind() == CliNode.Kind.CONTAINER) {
        steps.add(
            new Step.Keyword<>(child.name(), child.help(), () -> node(child, at.child(child))));
      } else if (child.kind() == CliNode.Kind.LIST) {
        steps.add(
            new Step.Keyword<>(
                child.name(),
                child.help(),
                () ->
                    child.keys().isEmpty()
                        ? shown(at.child(child))
                        : keys(child, at, List.of()).or(shown(at.child(child)))));
      }
    }
    return steps;
  }

  private Place<Command> node(CliNode node, DataPath at) {
    return Place.before(() -> steps(node, at)).or(shown(at));
  }

  private Place<Command> keys(CliNode list, DataPath at, List<Object> given) {
    if (given.size() == list.keys().size()) {
      return node(list, at.entry(list, given));
    }
    CliNode key = list.keys().get(given.size());
    return Place.before(() ->
        List.of(
            Slots.value(
                key,
                false,
                () -> live.of(tree, key),
                value -> {
                  List<Object> more = new ArrayList<>(given);
                  more.add(value);
                  return keys(list, at, more);
                })));
  }

  private Place<Command> shown(DataPath at) {
    return Filter.piped(filters ->
        (s, out) -> s.shows().filtered(filters, out, to -> s.shows().state(tree, at, to)));
  }
}
