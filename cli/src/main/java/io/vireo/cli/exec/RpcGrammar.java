package io.vireo.cli.exec;

import io.vireo.cli.config.LiveValues;
import io.vireo.cli.config.Slots;
import io.vireo.cli.grammar.Place;
import io.vireo.cli.grammar.Step;
import io.vireo.cli.schema.CliNode;
import io.vireo.cli.schema.CliRpc;
import io.vireo.cli.schema.DataBuilder;
import io.vireo.cli.schema.ValueText;
import io.vireo.schema.edit.TreeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.opendaylight.yangtools.yang.common.Empty;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// Makes the line of an RPC: its input's positional leaves in order, then the others as pairs of
/// name and value in any order. Lists and containers in an input have no words yet.
///
/// @param <R> what lines mean
public final class RpcGrammar<R> {
  private final LiveValues live;
  private final TreeId tree;
  private final CliRpc rpc;
  private final Function<ContainerNode, R> meaning;

  public RpcGrammar(LiveValues live, TreeId tree, CliRpc rpc, Function<ContainerNode, R> meaning) {
    this.live = live;
    this.tree = tree;
    this.rpc = rpc;
    this.meaning = meaning;
  }

  /// Behind the RPC's own word.
  public Place<R> place() {
    return place(Map.of());
  }

  private Place<R> place(Map<CliNode, Object> given) {
    List<CliNode> leaves =
        rpc.input().children().stream()
            .filter(c -> c.kind() == CliNode.Kind.LEAF && !given.containsKey(c))
            .toList();
    for (CliNode leaf : leaves) {
      if (leaf.style().positional()) {
        return Place.before(() -> List.of(slot(leaf, given)));
      }
    }
    boolean complete = leaves.stream().noneMatch(CliNode::isMandatory);
    return new Place<>(
        () -> {
          List<Step<R>> steps = new ArrayList<>();
          for (CliNode leaf : leaves) {
            steps.add(new Step.Keyword<>(leaf.word(), leaf.help(), () -> named(leaf, given)));
          }
          return steps;
        },
        complete ? () -> meaning.apply(DataBuilder.input(rpc.input(), given)) : null);
  }

  private Place<R> named(CliNode leaf, Map<CliNode, Object> given) {
    return ValueText.isEmptyType(leaf)
        ? place(with(given, leaf, Empty.value()))
        : Place.before(() -> List.of(slot(leaf, given)));
  }

  private Step<R> slot(CliNode leaf, Map<CliNode, Object> given) {
    return Slots.value(
        leaf, false, () -> live.of(tree, leaf), value -> place(with(given, leaf, value)));
  }

  private static Map<CliNode, Object> with(Map<CliNode, Object> given, CliNode leaf, Object value) {
    Map<CliNode, Object> more = new LinkedHashMap<>(given);
    more.put(leaf, value);
    return more;
  }
}
