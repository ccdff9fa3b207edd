package io.vireo.datastore.tree;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.ChoiceNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// A node of which children are left out or made smaller. One thread, one use.
public final class NodePruning {
  private final NormalizedNode original;
  private final List<PathArgument> gone = new ArrayList<>();
  private final List<NormalizedNode> smaller = new ArrayList<>();
  private int stays;

  public NodePruning(NormalizedNode original) {
    this.original = original;
  }

  /// @param kept what is left of a child; null: nothing
  @SuppressWarnings("ReferenceEquality") // whether anything changed
  public void replace(NormalizedNode child, @Nullable NormalizedNode kept) {
    if (kept == null) {
      gone.add(child.name());
      return;
    }
    stays++;
    if (kept != child) {
      smaller.add(kept);
    }
  }

  /// What is left; null: a choice, list or leaf-list without children is none.
  public @Nullable NormalizedNode finish() {
    if (stays == 0
        && !gone.isEmpty()
        && (original instanceof ChoiceNode
            || original instanceof MapNode
            || original instanceof LeafSetNode<?>)) {
      return null;
    }
    if (gone.isEmpty() && smaller.isEmpty()) {
      return original;
    }
    NodeDraft draft = NodeDraft.of(original);
    gone.forEach(draft::take);
    smaller.forEach(draft::put);
    return draft.build();
  }
}
