package io.vireo.schema.cbor;

import io.vireo.schema.node.NodeKind;
import io.vireo.schema.node.PathWalk;
import io.vireo.schema.node.SchemaNode;
import io.vireo.schema.node.SchemaTree;
import io.vireo.wire.cbor.CborWriter;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// Writes patches of trees of one schema, in the form of [io.vireo.wire.cbor.CborPatch]. One
/// thread.
public final class TreePatchWriter {
  private final SchemaTree tree;
  private final TreeCborWriter values;
  private final ValueCodecs keys = new ValueCodecs();
  private final CborWriter out = new CborWriter();

  public TreePatchWriter(SchemaTree tree) {
    this.tree = tree;
    this.values = new TreeCborWriter(tree);
    out.startArray();
  }

  /// Puts a node at a path, or deletes what is there. A path may end at a list or leaf-list as a
  /// whole or at a list's entry, not at a leaf-list's.
  ///
  /// @param node null: delete
  public void edit(YangInstanceIdentifier path, @Nullable NormalizedNode node) {
    out.startArray(node == null ? 1 : 2);
    PathWalk walk = new PathWalk(tree.root());
    out.startArray();
    for (PathArgument step : path.getPathArguments()) {
      SchemaNode at = walk.at();
      walk.take(step);
      switch (step) {
        case NodeIdentifier name -> {
          // A choice is no step of the data.
          if (!walk.at().equals(at)) {
            writeName(at, walk.at());
          }
        }
        case NodeIdentifierWithPredicates entry -> writeKeys(at, entry);
        default -> throw new IllegalArgumentException(step + " can't be patched: put its list");
      }
    }
    out.end();
    if (node != null) {
      values.writeValue(out, walk.at(), node);
    }
  }

  private void writeKeys(SchemaNode list, NodeIdentifierWithPredicates entry) {
    out.startArray(list.keys().size() * 2);
    for (QName key : list.keys()) {
      SchemaNode leaf = list.require(key);
      writeName(list, leaf);
      keys.of(leaf).write(out, entry.getValue(key));
    }
  }

  private void writeName(SchemaNode parent, SchemaNode child) {
    if (child.sid() == 0) {
      out.writeText(child.qualifiedName());
    } else {
      out.writeLong(child.sid() - parent.sid());
    }
  }

  /// Whether patches put a node's entries only all together: leaf-lists, and lists in the user's
  /// order.
  public static boolean isPutWhole(SchemaNode node) {
    return node.kind() == NodeKind.LEAF_LIST
        || (node.kind() == NodeKind.LIST && (node.isUserOrdered() || node.keys().isEmpty()));
  }

  public byte[] toByteArray() {
    out.end();
    return out.toByteArray();
  }
}
