package io.vireo.datastore.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.DistinctNodeContainer;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.util.DataSchemaContext;
import org.opendaylight.yangtools.yang.data.util.DataSchemaContext.Composite;

/// Merges what is given with what stands (RFC 6241 §7.2). What does not change is shared, so that a
/// merge of the same again comes to the same node; nodes of other cases go (RFC 7950 §7.9.3).
final class NodeMerge {
  // More new children than this in one node: the node is taken as touched, not each of them.
  private static final int NEW_CHILDREN = 1_000;

  private final Set<YangInstanceIdentifier> touched;

  /// @param touched receives the paths where something is not as it was
  NodeMerge(Set<YangInstanceIdentifier> touched) {
    this.touched = touched;
  }

  /// @param at the nodes' schema
  NormalizedNode merge(
      YangInstanceIdentifier path,
      DataSchemaContext at,
      NormalizedNode given,
      NormalizedNode present) {
    if (!(given instanceof DistinctNodeContainer<?, ?> nodes)
        || !(at instanceof Composite composite)) {
      if (given.equals(present)) {
        return present;
      }
      touched.add(path);
      return given;
    }
    @Nullable NodeDraft draft = null;
    if (ChoiceCases.isChoice(at) && !nodes.isEmpty()) {
      for (PathArgument stranger :
          ChoiceCases.strangers(at, nodes.body().iterator().next().name(), present)) {
        draft = draft == null ? NodeDraft.of(present) : draft;
        draft.take(stranger);
        touched.add(path.node(stranger));
      }
    }
    List<PathArgument> fresh = new ArrayList<>();
    for (NormalizedNode child : nodes.body()) {
      NormalizedNode presentChild = NodeLookup.child(present, child.name());
      DataSchemaContext childAt = composite.childByArg(child.name());
      NormalizedNode merged = child;
      if (presentChild == null || childAt == null) {
        fresh.add(child.name());
      } else {
        merged = merge(path.node(child.name()), childAt, child, presentChild);
      }
      draft = put(draft, present, presentChild, merged);
    }
    if (fresh.size() > NEW_CHILDREN) {
      touched.add(path);
    } else {
      fresh.forEach(name -> touched.add(path.node(name)));
    }
    return draft == null ? present : draft.build();
  }

  @SuppressWarnings("ReferenceEquality") // whether it is the very node that stands
  private static @Nullable NodeDraft put(
      @Nullable NodeDraft draft,
      NormalizedNode present,
      @Nullable NormalizedNode before,
      NormalizedNode after) {
    if (before == after) {
      return draft;
    }
    return (draft == null ? NodeDraft.of(present) : draft).put(after);
  }
}
