package io.vireo.datastore.tree;

import io.vireo.schema.node.SchemaNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;

/// A data node's place, seen from the device's top: through the mount point into a virtual router's
/// tree.
///
/// @param parent null: a top-level node
/// @param entry names a list's or leaf-list's entry; null: the node has none, or any is meant
public record Place(@Nullable Place parent, SchemaNode node, @Nullable PathArgument entry) {
  public Place child(SchemaNode child, @Nullable PathArgument childEntry) {
    return new Place(this, child, childEntry);
  }

  /// The place of a node in a tree; null: the tree's top.
  ///
  /// @param top where the tree's top-level nodes stand; null: nothing is above them
  public static @Nullable Place of(
      @Nullable Place top, SchemaNode root, YangInstanceIdentifier path) {
    Place at = top;
    SchemaNode schema = root;
    for (PathArgument step : path.getPathArguments()) {
      SchemaNode child = schema.lookup(step.getNodeType());
      boolean name = step instanceof NodeIdentifier;
      // Neither a choice nor a list as a whole is a place.
      if (child != null && (!child.hasEntries() || !name)) {
        at = new Place(at, child, name ? null : step);
        schema = child;
      }
    }
    return at;
  }

  /// This and all above, outermost first.
  List<Place> chain() {
    List<Place> chain = new ArrayList<>();
    for (Place at = this; at != null; at = at.parent) {
      chain.addFirst(at);
    }
    return chain;
  }
}
