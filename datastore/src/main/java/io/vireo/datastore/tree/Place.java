package io.vireo.datastore.tree;

import io.vireo.schema.node.SchemaNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

  /// This and all above, outermost first.
  List<Place> chain() {
    List<Place> chain = new ArrayList<>();
    for (Place at = this; at != null; at = at.parent) {
      chain.addFirst(at);
    }
    return chain;
  }
}
