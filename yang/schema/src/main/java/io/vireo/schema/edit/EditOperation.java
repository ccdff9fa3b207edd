package io.vireo.schema.edit;

import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// One primitive edit of a data tree: the operations of RFC 6241 §7.2 without their nesting.
public sealed interface EditOperation {
  /// Where the edit happens, from the root of its tree.
  YangInstanceIdentifier path();

  /// Merges `data` with what stands at `path`.
  record Merge(YangInstanceIdentifier path, NormalizedNode data) implements EditOperation {}

  /// Puts `data` in the place of what stands at `path`.
  record Replace(YangInstanceIdentifier path, NormalizedNode data) implements EditOperation {}

  /// Puts `data` at `path`; data-exists where something stands there.
  record Create(YangInstanceIdentifier path, NormalizedNode data) implements EditOperation {}

  /// Deletes what stands at `path`; data-missing where nothing does.
  record Delete(YangInstanceIdentifier path) implements EditOperation {}

  /// Deletes what stands at `path`, if anything.
  record Remove(YangInstanceIdentifier path) implements EditOperation {}

  /// Moves an entry of a user-ordered list or leaf-list that is there to another place in it (RFC
  /// 7950 §7.7.9, §7.8.6); bad-attribute with `missing-instance` where the anchor is not there.
  record Move(YangInstanceIdentifier path, Position position) implements EditOperation {}
}
