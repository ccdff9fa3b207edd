package io.vireo.datastore.tree;

import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.DistinctNodeContainer;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// Steps down in data, whatever kind of node it is.
public final class NodeLookup {
  private NodeLookup() {}

  /// A child of a node that has children by name; null: none.
  @SuppressWarnings("unchecked")
  public static @Nullable NormalizedNode child(@Nullable NormalizedNode parent, PathArgument name) {
    return parent instanceof DistinctNodeContainer<?, ?> nodes
        ? ((DistinctNodeContainer<PathArgument, NormalizedNode>) nodes).childByArg(name)
        : null;
  }
}
