package io.vireo.datastore.tree;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.DistinctNodeContainer;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.util.DataSchemaContext;
import org.opendaylight.yangtools.yang.data.util.DataSchemaContext.Composite;

/// What a merge comes to, seen against what stands: nodes that are new or have another value, and
/// nodes of other cases that must go first (RFC 7950 §7.9.3).
final class MergeSteps {
  private final List<YangInstanceIdentifier> removed = new ArrayList<>();
  private final Map<YangInstanceIdentifier, NormalizedNode> written = new LinkedHashMap<>();

  List<YangInstanceIdentifier> removed() {
    return removed;
  }

  Map<YangInstanceIdentifier, NormalizedNode> written() {
    return written;
  }

  /// Walks both side by side.
  ///
  /// @param at the nodes' schema
  void collect(
      YangInstanceIdentifier path,
      DataSchemaContext at,
      NormalizedNode given,
      NormalizedNode present) {
    if (!(given instanceof DistinctNodeContainer<?, ?> nodes)
        || !(at instanceof Composite composite)) {
      if (!given.equals(present)) {
        written.put(path, given);
      }
      return;
    }
    if (ChoiceCases.isChoice(at) && !nodes.isEmpty()) {
      ChoiceCases.strangers(at, nodes.body().iterator().next().name(), present)
          .forEach(stranger -> removed.add(path.node(stranger)));
    }
    for (NormalizedNode child : nodes.body()) {
      NormalizedNode presentChild = ChoiceCases.child(present, child.name());
      DataSchemaContext childAt = composite.childByArg(child.name());
      if (presentChild == null || childAt == null) {
        written.put(path.node(child.name()), child);
      } else {
        collect(path.node(child.name()), childAt, child, presentChild);
      }
    }
  }
}
