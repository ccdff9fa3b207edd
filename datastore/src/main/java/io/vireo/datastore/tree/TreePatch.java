package io.vireo.datastore.tree;

import io.vireo.schema.cbor.TreePatchWriter;
import io.vireo.schema.node.PathWalk;
import io.vireo.schema.node.SchemaTree;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// Changes of a tree as a patch of its bytes ([io.vireo.wire.cbor.CborPatch]), either way.
public final class TreePatch {
  private TreePatch() {}

  /// A patch that leads from one side of the changes to the other.
  ///
  /// @param to the tree where it leads; null: the tree is gone
  public static byte[] of(SchemaTree schema, List<Change> changes, @Nullable ContainerNode to) {
    TreePatchWriter patch = new TreePatchWriter(schema);
    Set<YangInstanceIdentifier> places = new LinkedHashSet<>();
    for (Change change : changes) {
      places.add(place(schema, change.path()));
    }
    for (YangInstanceIdentifier place : places) {
      patch.edit(place, to == null ? null : TreeDifference.find(to, place));
    }
    return patch.toByteArray();
  }

  // Where what changed can be put: the outermost list on the way that is only put as a whole.
  private static YangInstanceIdentifier place(SchemaTree schema, YangInstanceIdentifier path) {
    PathWalk walk = new PathWalk(schema.root());
    List<PathArgument> steps = path.getPathArguments();
    for (int i = 0; i < steps.size() - 1; i++) {
      walk.take(steps.get(i));
      if (TreePatchWriter.isPutWhole(walk.at())) {
        return path.getAncestor(i + 1);
      }
    }
    return path;
  }
}
