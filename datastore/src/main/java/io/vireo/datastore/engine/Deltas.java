package io.vireo.datastore.engine;

import io.vireo.datastore.api.Trees;
import io.vireo.datastore.store.Delta;
import io.vireo.datastore.tree.Change;
import io.vireo.datastore.tree.TreeDifference;
import io.vireo.datastore.tree.TreePatch;
import io.vireo.datastore.tree.TreeSchemas;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.SchemaTree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a commit writes: the patches of each tree that it changes, there and back.
final class Deltas {
  private Deltas() {}

  static Map<String, Delta> of(
      TreeSchemas schemas, Trees before, Trees after, Map<TreeId, List<Change>> changes) {
    Map<String, Delta> deltas = new HashMap<>();
    changes.forEach((tree, differences) -> {
      SchemaTree schema = schemas.of(tree).nodes();
      deltas.put(
          TreeNames.name(tree),
          new Delta(
              TreePatch.of(schema, differences, TreeDifference.root(after, tree)),
              TreePatch.of(schema, differences, TreeDifference.root(before, tree))));
    });
    return deltas;
  }
}
