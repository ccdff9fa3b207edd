package io.vireo.datastore.validate;

import io.vireo.datastore.tree.NodeDraft;
import io.vireo.schema.node.ChoiceStep;
import io.vireo.schema.node.NodeContent;
import io.vireo.schema.node.SchemaNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.schema.ChoiceNode;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// Takes out of a tree what is as the models' defaults say (RFC 6243 §3.2), and the containers that
/// mean nothing without it.
@SuppressWarnings("ReferenceEquality") // what has not changed is the same node
final class DefaultsTrim {
  private final Set<SchemaNode> concerned;

  /// @param concerned the nodes with a default, or with one below
  DefaultsTrim(Set<SchemaNode> concerned) {
    this.concerned = concerned;
  }

  ContainerNode trim(SchemaNode root, ContainerNode tree) {
    return (ContainerNode) inner(root, tree);
  }

  private NormalizedNode inner(SchemaNode schema, DataContainerNode node) {
    NormalizedNode trimmed = node;
    for (NodeContent child : NodeContent.of(schema, node)) {
      if (concerned.contains(child.schema())) {
        NormalizedNode after = child(child.schema(), child.data());
        if (after != child.data()) {
          trimmed = within((DataContainerNode) trimmed, child, after);
        }
      }
    }
    return trimmed;
  }

  /// What is left of a node; null: nothing.
  private @Nullable NormalizedNode child(SchemaNode schema, DataContainerChild node) {
    return switch (node) {
      case LeafNode<?> leaf -> schema.defaults().contains(leaf.body()) ? null : leaf;
      case LeafSetNode<?> list -> isDefault(schema, list) ? null : list;
      case ContainerNode container -> {
        NormalizedNode after = inner(schema, container);
        boolean hollow = ((DataContainerNode) after).isEmpty() && !schema.isPresence();
        yield hollow && after != container ? null : after;
      }
      case MapNode map -> {
        NodeDraft draft = null;
        for (MapEntryNode entry : map.body()) {
          NormalizedNode after = inner(schema, entry);
          if (after != entry) {
            draft = draft == null ? NodeDraft.of(map) : draft;
            draft.put(after);
          }
        }
        yield draft == null ? map : draft.build();
      }
      default -> node;
    };
  }

  // RFC 7950 §7.7.2: the defaults of a leaf-list hold together or not at all.
  private static boolean isDefault(SchemaNode schema, LeafSetNode<?> list) {
    List<?> values = list.body().stream().map(LeafSetEntryNode::body).toList();
    List<Object> defaults = schema.defaults();
    return !defaults.isEmpty()
        && (schema.isUserOrdered()
            ? values.equals(defaults)
            : new HashSet<>(values).equals(new HashSet<>(defaults)));
  }

  private static NormalizedNode within(
      DataContainerNode holder, NodeContent child, @Nullable NormalizedNode after) {
    return within(holder, child.schema().choices(), child.data(), after);
  }

  private static NormalizedNode within(
      DataContainerNode holder,
      List<ChoiceStep> choices,
      DataContainerChild before,
      @Nullable NormalizedNode after) {
    NodeDraft draft = NodeDraft.of(holder);
    if (choices.isEmpty()) {
      return (after == null ? draft.take(before.name()) : draft.put(after)).build();
    }
    if (!(holder.childByArg(choices.getFirst().identifier()) instanceof ChoiceNode choice)) {
      throw new IllegalStateException(before.name() + " is below a choice that is not there");
    }
    NormalizedNode less = within(choice, choices.subList(1, choices.size()), before, after);
    return (((DataContainerNode) less).isEmpty() ? draft.take(choice.name()) : draft.put(less))
        .build();
  }
}
