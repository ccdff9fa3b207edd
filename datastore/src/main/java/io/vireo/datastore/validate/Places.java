package io.vireo.datastore.validate;

import io.vireo.datastore.tree.NodeLookup;
import io.vireo.datastore.xpath.AccessibleTree;
import io.vireo.datastore.xpath.DataNode;
import io.vireo.schema.node.NodeKind;
import io.vireo.schema.node.SchemaNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// What stands on the way to the place of a change.
final class Places {
  private Places() {}

  /// The data nodes' schemas on a path, from the root on.
  static List<SchemaNode> wayTo(SchemaNode root, YangInstanceIdentifier path) {
    List<SchemaNode> way = new ArrayList<>();
    SchemaNode at = root;
    way.add(at);
    for (PathArgument step : path.getPathArguments()) {
      SchemaNode child = at.lookup(step.getNodeType());
      if (child != null
          && !(step.getNodeType().equals(at.name()) && !(step instanceof NodeIdentifier))) {
        at = child;
        way.add(at);
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
    NormalizedNode data = at.data();
    for (PathArgument step : path.getPathArguments()) {
      data = NodeLookup.child(data, step);
      if (data == null) {
        // A container without presence is there even so.
        return found == null ? impliedBelow(at, wanted) : found;
      }
      SchemaNode child = schemaOf(at.schema(), step);
      if (child != null && !(child.hasEntries() && step instanceof NodeIdentifier)) {
        at = tree.step(at, child, step, data);
        if (child.equals(wanted)) {
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

  /// The data node that a step leads to from the data node above it: of an entry its list's or
  /// leaf-list's; null for a choice.
  static @Nullable SchemaNode schemaOf(SchemaNode at, PathArgument step) {
    return at.lookup(step.getNodeType());
  }
}
