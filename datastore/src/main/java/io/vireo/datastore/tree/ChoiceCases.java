package io.vireo.datastore.tree;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.DistinctNodeContainer;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.util.DataSchemaContext;
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
}
