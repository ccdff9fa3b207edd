package io.vireo.datastore.validate;

import io.vireo.datastore.tree.NodeDraft;
import io.vireo.datastore.xpath.AccessibleTree;
import io.vireo.datastore.xpath.DataNode;
import io.vireo.schema.node.ChoiceStep;
import io.vireo.schema.node.NodeContent;
import io.vireo.schema.node.NodeKind;
import io.vireo.schema.node.SchemaNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ChoiceNode;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;

/// Puts the defaults in use into a tree, as if they were configured (RFC 6243 §3.1).
@SuppressWarnings("ReferenceEquality") // what has not changed is the same node
final class DefaultsFill {
  private final Set<SchemaNode> concerned;
  private final Set<YangInstanceIdentifier> added;

  /// @param concerned the nodes with a default, or with one below
  /// @param added receives the paths of the leafs that come in
  DefaultsFill(Set<SchemaNode> concerned, Set<YangInstanceIdentifier> added) {
    this.concerned = concerned;
    this.added = added;
  }

  ContainerNode fill(AccessibleTree tree) {
    return (ContainerNode) inner(tree.root());
  }

  private NormalizedNode inner(DataNode node) {
    DataContainerNode before = (DataContainerNode) node.data();
    NodeDraft draft = null;
    List<NodeContent> ofChoices = new ArrayList<>(0);
    for (SchemaNode child : node.schema().children()) {
      if (!concerned.contains(child)) {
        continue;
      }
      DataContainerChild found = NodeContent.find(child, before);
      NormalizedNode after = found == null ? implied(node, child) : present(node, child, found);
      if (after == null || after == found) {
        continue;
      }
      if (child.choices().isEmpty()) {
        draft = draft == null ? NodeDraft.of(before) : draft;
        draft.put(after);
      } else {
        ofChoices.add(new NodeContent(child, (DataContainerChild) after));
      }
    }
    NormalizedNode filled = draft == null ? before : draft.build();
    for (NodeContent each : ofChoices) {
      filled = within((DataContainerNode) filled, each.schema().choices(), each.data());
    }
    return filled;
  }

  private NormalizedNode present(DataNode node, SchemaNode child, DataContainerChild found) {
    if (child.kind() == NodeKind.CONTAINER) {
      List<DataNode> one = new ArrayList<>(1);
      node.children(child, found, one::add);
      return inner(one.getFirst());
    }
    if (!(found instanceof MapNode map)) {
      return found;
    }
    List<DataNode> entries = new ArrayList<>(map.size());
    node.children(child, found, entries::add);
    NodeDraft draft = null;
    for (DataNode entry : entries) {
      NormalizedNode after = inner(entry);
      if (after != entry.data()) {
        draft = draft == null ? NodeDraft.of(map) : draft;
        draft.put((MapEntryNode) after);
      }
    }
    return draft == null ? found : draft.build();
  }

  /// What is there though nobody configured it; null: nothing to be told of.
  private @Nullable NormalizedNode implied(DataNode node, SchemaNode child) {
    List<DataNode> implied = new ArrayList<>();
    node.children(child, implied::add);
    if (implied.isEmpty()) {
      return null;
    }
    NormalizedNode only = implied.getFirst().data();
    return switch (child.kind()) {
      case CONTAINER -> {
        NormalizedNode filled = inner(implied.getFirst());
        yield filled == only ? null : filled;
      }
      case LEAF_LIST -> {
        NodeDraft list = NodeDraft.empty((DataSchemaNode) child.schema(), child.identifier());
        implied.forEach(entry -> list.put(noted(entry)));
        yield list.build();
      }
      default -> noted(implied.getFirst());
    };
  }

  private NormalizedNode noted(DataNode leaf) {
    added.add(leaf.path());
    return leaf.data();
  }

  /// With a child in its place below choices.
  private static NormalizedNode within(
      DataContainerNode holder, List<ChoiceStep> choices, DataContainerChild child) {
    if (choices.isEmpty()) {
      return NodeDraft.of(holder).put(child).build();
    }
    ChoiceStep step = choices.getFirst();
    DataContainerNode choice =
        holder.childByArg(step.identifier()) instanceof ChoiceNode present
            ? present
            : (ChoiceNode) NodeDraft.empty(step.choiceSchema(), step.identifier()).build();
    return NodeDraft.of(holder)
        .put(within(choice, choices.subList(1, choices.size()), child))
        .build();
  }
}
