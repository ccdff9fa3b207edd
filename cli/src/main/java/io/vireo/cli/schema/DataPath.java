package io.vireo.cli.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNodes;

/// Where an instance stands in its tree.
///
/// @param steps from the root
public record DataPath(List<Step> steps) {
  /// The root.
  public static final DataPath ROOT = new DataPath(List.of());

  public DataPath {
    steps = List.copyOf(steps);
  }

  /// One node on the way.
  ///
  /// @param node the node
  /// @param keys of a list entry, in order, or the value of a leaf-list entry; empty for the whole
  ///   list and for all other nodes
  public record Step(CliNode node, List<Object> keys) {
    public Step {
      keys = List.copyOf(keys);
    }
  }

  /// The path of a child; of a whole list where it is one.
  public DataPath child(CliNode node) {
    return entry(node, List.of());
  }

  /// The path of a list's entry.
  public DataPath entry(CliNode list, List<Object> keys) {
    List<Step> longer = new ArrayList<>(steps);
    longer.add(new Step(list, keys));
    return new DataPath(longer);
  }

  /// The path of a node below, over containers.
  public DataPath descendant(List<CliNode> nodes) {
    DataPath path = this;
    for (CliNode node : nodes) {
      path = path.child(node);
    }
    return path;
  }

  public DataPath parent() {
    return new DataPath(steps.subList(0, steps.size() - 1));
  }

  public Step last() {
    return steps.getLast();
  }

  /// As the datastore names it.
  public YangInstanceIdentifier id() {
    List<PathArgument> arguments = new ArrayList<>();
    for (Step step : steps) {
      step.node.via().forEach(v -> arguments.add(new NodeIdentifier(v.choice())));
      QName name = step.node.qname();
      arguments.add(new NodeIdentifier(name));
      if (!step.keys.isEmpty()) {
        arguments.add(
            step.node.kind() == CliNode.Kind.LIST
                ? NodeIdentifierWithPredicates.of(name, predicates(step))
                : new NodeWithValue<>(name, step.keys.getFirst()));
      }
    }
    return YangInstanceIdentifier.of(arguments);
  }

  static Map<QName, Object> predicates(Step step) {
    Map<QName, Object> predicates = new LinkedHashMap<>();
    List<CliNode> keys = step.node.keys();
    for (int i = 0; i < keys.size(); i++) {
      predicates.put(keys.get(i).qname(), step.keys.get(i));
    }
    return predicates;
  }

  /// What stands there in a tree.
  public Optional<NormalizedNode> find(@Nullable NormalizedNode root) {
    return root == null ? Optional.empty() : NormalizedNodes.findNode(root, id());
  }
}
