package io.vireo.datastore.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.DistinctNodeContainer;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.util.DataSchemaContext;
import org.opendaylight.yangtools.yang.data.util.DataSchemaContext.Composite;
import org.opendaylight.yangtools.yang.model.api.CaseSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ChoiceSchemaNode;

/// Finds what must go when a node of another case comes (RFC 7950 §7.9.3). YANG Tools' tree throws
/// where two cases meet.
final class ChoiceCases {
  private ChoiceCases() {}

  static boolean isChoice(DataSchemaContext step) {
    return step.dataSchemaNode() instanceof ChoiceSchemaNode;
  }

  /// The children of a choice that belong to another case than `kept`.
  static List<PathArgument> strangers(
      DataSchemaContext step, PathArgument kept, NormalizedNode present) {
    List<PathArgument> strangers = new ArrayList<>();
    if (step.dataSchemaNode() instanceof ChoiceSchemaNode choice
        && present instanceof DistinctNodeContainer<?, ?> nodes) {
      CaseSchemaNode keptCase = caseOf(choice, kept.getNodeType());
      for (NormalizedNode child : nodes.body()) {
        if (!sameCase(keptCase, caseOf(choice, child.name().getNodeType()))) {
          strangers.add(child.name());
        }
      }
    }
    return strangers;
  }

  /// Walks what is merged and what stands side by side and hands over what must be removed.
  static void strangersBelow(
      YangInstanceIdentifier path,
      DataSchemaContext at,
      NormalizedNode given,
      NormalizedNode present,
      Consumer<YangInstanceIdentifier> remove) {
    if (!(given instanceof DistinctNodeContainer<?, ?> givenNodes)
        || given instanceof LeafSetNode<?>
        || !(at instanceof Composite composite)) {
      return;
    }
    if (isChoice(at) && !givenNodes.isEmpty()) {
      PathArgument kept = givenNodes.body().iterator().next().name();
      strangers(at, kept, present).forEach(stranger -> remove.accept(path.node(stranger)));
    }
    for (NormalizedNode child : givenNodes.body()) {
      NormalizedNode presentChild = child(present, child.name());
      DataSchemaContext childAt = composite.childByArg(child.name());
      if (presentChild != null && childAt != null) {
        strangersBelow(path.node(child.name()), childAt, child, presentChild, remove);
      }
    }
  }

  /// The case that has a child of that name.
  static @Nullable CaseSchemaNode caseOf(ChoiceSchemaNode choice, QName child) {
    for (CaseSchemaNode candidate : choice.getCases()) {
      if (candidate.dataChildByName(child) != null) {
        return candidate;
      }
    }
    return null;
  }

  static boolean sameCase(@Nullable CaseSchemaNode one, @Nullable CaseSchemaNode other) {
    return one != null && other != null && one.getQName().equals(other.getQName());
  }

  @SuppressWarnings("unchecked")
  static @Nullable NormalizedNode child(NormalizedNode parent, PathArgument name) {
    return parent instanceof DistinctNodeContainer<?, ?> nodes
        ? ((DistinctNodeContainer<PathArgument, NormalizedNode>) nodes).childByArg(name)
        : null;
  }
}
