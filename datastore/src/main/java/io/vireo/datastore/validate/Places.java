package io.vireo.datastore.validate;

import io.vireo.datastore.tree.NodeLookup;
import io.vireo.datastore.xpath.AccessibleTree;
import io.vireo.datastore.xpath.DataNode;
import io.vireo.schema.node.NodeKind;
import io.vireo.schema.node.PathWalk;
import io.vireo.schema.node.SchemaNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// What stands on the way to the place of a change.
final class Places {
  private Places() {}

  /// The data nodes' schemas on a path, from the root on.
  static List<SchemaNode> wayTo(SchemaNode root, YangInstanceIdentifier path) {
    List<SchemaNode> way = new ArrayList<>();
    PathWalk walk = new PathWalk(root);
    way.add(root);
    for (PathArgument step : path.getPathArguments()) {
      walk.take(step);
      if (!walk.at().equals(way.getLast())) {
        way.add(walk.at());
      }
    }
    return way;
  }

  /// The instance of a schema node on the way to a path; null where it is not there.
  static @Nullable DataNode nodeOf(
      AccessibleTree tree, YangInstanceIdentifier path, SchemaNode wanted) {
    if (wanted.parent() == null) {
      return tree.root();
    }
    DataNode found = null;
    DataNode at = tree.root();
    PathWalk walk = new PathWalk(at.schema());
    NormalizedNode data = at.data();
    for (PathArgument step : path.getPathArguments()) {
      data = NodeLookup.child(data, step);
      if (data == null) {
        // A container without presence is there even so.
        return found == null ? impliedBelow(at, wanted) : found;
      }
      if (walk.take(step)) {
        at = tree.step(at, walk.at(), step, data);
        if (walk.at().equals(wanted)) {
          found = at;
        }
      }
    }
    return found;
  }

  private static @Nullable DataNode impliedBelow(DataNode from, SchemaNode wanted) {
    List<SchemaNode> way = new ArrayList<>();
    for (SchemaNode at = wanted; at != null && !at.equals(from.schema()); at = at.parent()) {
      way.addFirst(at);
    }
    DataNode at = from;
    for (SchemaNode step : way) {
      if (at == null || step.kind() != NodeKind.CONTAINER) {
        return null;
      }
      at = at.only(step);
    }
    return at;
  }
}
