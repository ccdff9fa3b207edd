package io.vireo.schema.node;

/// What a data node is.
public enum NodeKind {
  /// The top of a data tree; also holds what an rpc takes or gives and what a notification tells.
  ROOT,
  CONTAINER,
  LIST,
  LEAF,
  LEAF_LIST,
  /// `anydata` or `anyxml`.
  ANYDATA
}
