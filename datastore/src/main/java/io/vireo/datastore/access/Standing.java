package io.vireo.datastore.access;

import io.vireo.datastore.tree.Place;
import io.vireo.schema.node.PathWalk;
import io.vireo.schema.node.SchemaNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.ChoiceNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// Where a node of a data tree stands, on a walk down from the tree's top.
///
/// @param place a list's or leaf-list's as a whole is without entry; a choice's is that of the node
///   above; null: the top of the device's tree
/// @param schema a choice's is that of the node above
/// @param path in its tree
record Standing(@Nullable Place place, SchemaNode schema, YangInstanceIdentifier path) {
  /// The node at a path, which has a step for each choice and list on the way.
  ///
  /// @param top where the tree's top-level nodes stand; null: nothing is above them
  /// @param root the tree's schema
  static Standing at(@Nullable Place top, SchemaNode root, YangInstanceIdentifier path) {
    PathWalk walk = new PathWalk(root);
    Place place = top;
    List<PathArgument> steps = path.getPathArguments();
    for (int i = 0; i < steps.size(); i++) {
      PathArgument step = steps.get(i);
      SchemaNode above = walk.at();
      boolean isDataNode = walk.take(step);
      // Of a list on the way the entry's own step follows.
      if (isDataNode || (i + 1 == steps.size() && !walk.at().equals(above))) {
        place = new Place(place, walk.at(), step instanceof NodeIdentifier ? null : step);
      }
    }
    return new Standing(place, walk.at(), path);
  }

  /// A child of the node that stands here.
  Standing child(NormalizedNode child) {
    YangInstanceIdentifier below = path.node(child.name());
    if (schema.hasEntries() && !(child.name() instanceof NodeIdentifier)) {
      return new Standing(new Place(above(), schema, child.name()), schema, below);
    }
    SchemaNode of = child instanceof ChoiceNode ? null : schema.lookup(child.name().getNodeType());
    return of == null
        ? new Standing(place, schema, below)
        : new Standing(new Place(place, of, null), of, below);
  }

  /// Whether it is a list or leaf-list as a whole.
  boolean isWhole() {
    return schema.hasEntries() && place != null && place.entry() == null;
  }

  /// The place of the nearest data node that this is or that it stands in: a list as a whole is
  /// none. Null: the top of the device's tree.
  @Nullable Place instance() {
    return isWhole() ? above() : place;
  }

  private @Nullable Place above() {
    return place == null ? null : place.parent();
  }
}
