package io.vireo.cli.schema;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

/// Makes the data that a path leads through: what a merge at the top needs so that everything on
/// the way exists.
public final class DataBuilder {
  private DataBuilder() {}

  /// The tree's top-level node with nothing in it but the path.
  ///
  /// @param value of the leaf or leaf-list entry that the path ends with; null: it ends with a
  ///   container or list entry
  public static DataContainerChild along(DataPath path, @Nullable Object value) {
    return child(path.steps(), 0, value);
  }

  /// The nodes of a relative path, from its first step on.
  private static DataContainerChild child(
      List<DataPath.Step> steps, int at, @Nullable Object value) {
    DataPath.Step step = steps.get(at);
    DataContainerChild node = node(steps, at, value);
    for (CliNode.Via via : step.node().via().reversed()) {
      node =
          ImmutableNodes.newChoiceBuilder()
              .withNodeIdentifier(new NodeIdentifier(via.choice()))
              .withChild(node)
              .build();
    }
    return node;
  }

  private static DataContainerChild node(
      List<DataPath.Step> steps, int at, @Nullable Object value) {
    CliNode node = steps.get(at).node();
    NodeIdentifier id = new NodeIdentifier(node.qname());
    return switch (node.kind()) {
      case LEAF -> ImmutableNodes.leafNode(id, required(node, value));
      case LEAF_LIST -> leafSet(node, id, required(node, value));
      case CONTAINER -> {
        var container = ImmutableNodes.newContainerBuilder().withNodeIdentifier(id);
        if (at + 1 < steps.size()) {
          container.withChild(child(steps, at + 1, value));
        }
        yield container.build();
      }
      case LIST -> {
        MapEntryNode entry = entry(steps, at, value);
        yield node.isUserOrdered()
            ? ImmutableNodes.newUserMapBuilder().withNodeIdentifier(id).withChild(entry).build()
            : ImmutableNodes.newSystemMapBuilder().withNodeIdentifier(id).withChild(entry).build();
      }
      case ANY -> throw new IllegalArgumentException(node + " can't be set by a line");
    };
  }

  private static MapEntryNode entry(List<DataPath.Step> steps, int at, @Nullable Object value) {
    DataPath.Step step = steps.get(at);
    CliNode list = step.node();
    var entry =
        ImmutableNodes.newMapEntryBuilder()
            .withNodeIdentifier(
                NodeIdentifierWithPredicates.of(list.qname(), DataPath.predicates(step)));
    for (int i = 0; i < step.keys().size(); i++) {
      entry.withChild(
          ImmutableNodes.leafNode(
              new NodeIdentifier(list.keys().get(i).qname()), step.keys().get(i)));
    }
    if (at + 1 < steps.size()) {
      entry.withChild(child(steps, at + 1, value));
    }
    return entry.build();
  }

  private static DataContainerChild leafSet(CliNode node, NodeIdentifier id, Object value) {
    LeafSetEntryNode<Object> entry =
        ImmutableNodes.leafSetEntry(new NodeWithValue<>(node.qname(), value));
    return node.isUserOrdered()
        ? ImmutableNodes.newUserLeafSetBuilder().withNodeIdentifier(id).withChild(entry).build()
        : ImmutableNodes.newSystemLeafSetBuilder().withNodeIdentifier(id).withChild(entry).build();
  }

  private static Object required(CliNode node, @Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException(node + " needs a value");
    }
    return value;
  }

  /// An RPC's input with some leaves in it.
  public static ContainerNode input(CliNode input, Map<CliNode, Object> leaves) {
    var container =
        ImmutableNodes.newContainerBuilder().withNodeIdentifier(new NodeIdentifier(input.qname()));
    leaves.forEach((leaf, value) ->
        container.withChild(child(List.of(new DataPath.Step(leaf, List.of())), 0, value)));
    return container.build();
  }
}
