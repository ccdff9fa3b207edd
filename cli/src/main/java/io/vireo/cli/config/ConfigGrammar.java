package io.vireo.cli.config;

import io.vireo.cli.config.ConfigLine.Change;
import io.vireo.cli.grammar.Place;
import io.vireo.cli.grammar.Step;
import io.vireo.cli.schema.CliNode;
import io.vireo.cli.schema.DataPath;
import io.vireo.cli.schema.Form;
import io.vireo.cli.schema.ValueText;
import io.vireo.schema.edit.TreeId;
import java.util.ArrayList;
import java.util.List;
import org.opendaylight.yangtools.yang.common.Empty;

/// The lines of a mode, made from the schema.
///
/// Every node has a line by rule: the names from the mode's node to it, a list's keys behind its
/// name, a leaf's value behind its own. A list entry or container alone is a mode and made by
/// entering it. `no` before the line takes away what it is about. Forms stand beside.
public final class ConfigGrammar {
  private static final int BY_RULE = 1;
  private static final int NEGATED = 2;

  private final Schemas schemas;
  private final LiveValues live;

  public ConfigGrammar(Schemas schemas, LiveValues live) {
    this.schemas = schemas;
    this.live = live;
  }

  /// The lines that may be given in a mode.
  public Place<ConfigLine> lines(Position mode) {
    return Place.before(() -> {
      List<Step<ConfigLine>> steps = steps(mode, mode, false);
      steps.add(
          new Step.Keyword<>(
              "no",
              "Take away",
              NEGATED,
              false,
              () -> Place.before(() -> steps(mode, mode, true))));
      return steps;
    });
  }

  /// Below one node: its forms, and its children by name.
  private List<Step<ConfigLine>> steps(Position mode, Position at, boolean negated) {
    List<Step<ConfigLine>> steps = new ArrayList<>();
    FormGrammar forms = new FormGrammar(live, mode, at, negated);
    for (Form form : at.node().style().forms()) {
      if (!negated || !form.isNegative()) {
        steps.addAll(forms.steps(form));
      }
    }
    for (CliNode child : at.node().children()) {
      if (child.isConfig()
          && !child.isKey()
          && !child.style().hidden()
          && child.kind() != CliNode.Kind.ANY) {
        addChild(mode, at, child, negated, steps);
      }
    }
    return steps;
  }

  private void addChild(
      Position mode, Position at, CliNode child, boolean negated, List<Step<ConfigLine>> into) {
    List<String> keywords = child.style().keywords();
    boolean transparent = child.style().transparent();
    for (String word : keywords) {
      into.add(keyword(mode, at, child, negated, word, keywords.indexOf(word) > 0));
    }
    if (!keywords.contains(child.name())) {
      into.add(keyword(mode, at, child, negated, child.name(), transparent || !keywords.isEmpty()));
    }
    if (transparent && child.kind() == CliNode.Kind.CONTAINER) {
      into.addAll(steps(mode, below(at, child), negated));
    }
  }

  private Step<ConfigLine> keyword(
      Position mode, Position at, CliNode child, boolean negated, String word, boolean hidden) {
    return new Step.Keyword<>(
        word, child.help(), hidden ? BY_RULE : 0, hidden, () -> after(mode, at, child, negated));
  }

  /// A container's own place in its tree, or the mounted tree's root.
  private Position below(Position at, CliNode container) {
    if (container.equals(schemas.mountPoint())) {
      Object name = at.path().last().keys().getLast();
      return Position.top(schemas, new TreeId.Router(name.toString())).within(at);
    }
    return at.down(at.path().child(container));
  }

  private Place<ConfigLine> after(Position mode, Position at, CliNode child, boolean negated) {
    return switch (child.kind()) {
      case LEAF -> leaf(at, child, negated);
      case LEAF_LIST -> leafList(at, child, negated);
      case CONTAINER -> node(mode, below(at, child), negated);
      case LIST -> keys(mode, at, child, List.of(), negated);
      case ANY -> Place.before(List::of);
    };
  }

  private Place<ConfigLine> leaf(Position at, CliNode leaf, boolean negated) {
    DataPath path = at.path().child(leaf);
    if (negated) {
      Place<ConfigLine> gone = take(at, path);
      return ValueText.isEmptyType(leaf)
          ? gone
          : new Place<>(
              () -> List.of(Slots.value(leaf, true, () -> live.of(at.tree(), leaf), value -> gone)),
              gone.end());
    }
    if (ValueText.isEmptyType(leaf)) {
      return put(at, path, Empty.value());
    }
    return Place.before(() ->
        List.of(
            Slots.value(
                leaf, true, () -> live.of(at.tree(), leaf), value -> put(at, path, value))));
  }

  private Place<ConfigLine> leafList(Position at, CliNode leaf, boolean negated) {
    List<Step<ConfigLine>> slot =
        List.of(
            Slots.value(
                leaf,
                true,
                () -> live.of(at.tree(), leaf),
                value -> {
                  DataPath path = at.path().entry(leaf, List.of(value));
                  return negated ? take(at, path) : put(at, path, value);
                }));
    return new Place<>(() -> slot, negated ? take(at, at.path().child(leaf)).end() : null);
  }

  private Place<ConfigLine> keys(
      Position mode, Position at, CliNode list, List<Object> given, boolean negated) {
    if (given.size() == list.keys().size()) {
      return node(mode, at.down(at.path().entry(list, given)), negated);
    }
    CliNode key = list.keys().get(given.size());
    return Place.before(() ->
        List.of(
            Slots.value(
                key,
                false,
                () -> {
                  List<Step.Choice> choices =
                      new ArrayList<>(live.keys(at.tree(), at.path(), list, given));
                  live.of(at.tree(), key).stream()
                      .filter(c -> !choices.contains(c))
                      .forEach(choices::add);
                  return choices;
                },
                value -> {
                  List<Object> more = new ArrayList<>(given);
                  more.add(value);
                  return keys(mode, at, list, more, negated);
                })));
  }

  /// At a container or list entry: what is in it may follow, or the line ends and is about itself.
  private Place<ConfigLine> node(Position mode, Position at, boolean negated) {
    return new Place<>(
        () -> steps(mode, at, negated),
        () ->
            negated
                ? new ConfigLine(List.of(new Change.Take(at.tree(), at.path())), null)
                : new ConfigLine(
                    at.path().steps().isEmpty()
                        ? List.of()
                        : List.of(new Change.Put(at.tree(), at.path(), null)),
                    at.within(mode)));
  }

  private static Place<ConfigLine> put(Position at, DataPath path, Object value) {
    return Place.last(() -> new ConfigLine(List.of(new Change.Put(at.tree(), path, value)), null));
  }

  private static Place<ConfigLine> take(Position at, DataPath path) {
    return Place.last(() -> new ConfigLine(List.of(new Change.Take(at.tree(), path)), null));
  }
}
