package io.vireo.datastore.tree;

import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.NodeKind;
import io.vireo.schema.node.PathWalk;
import io.vireo.schema.node.SchemaNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ChoiceNode;
import org.opendaylight.yangtools.yang.data.api.schema.DistinctNodeContainer;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// Changes down to what exists by itself: leafs, list entries, containers with presence. A
/// container without presence that came is nothing but what came inside (RFC 7950 §7.5.1), and so
/// two who both made it have not made the same.
public final class FineChanges {
  private final List<Change> found = new ArrayList<>();

  private FineChanges() {}

  /// The changes of all trees, taken apart.
  public static SortedMap<TreeId, List<Change>> of(
      TreeSchemas schemas, Map<TreeId, List<Change>> changes) {
    SortedMap<TreeId, List<Change>> all = new TreeMap<>();
    changes.forEach((tree, differences) -> {
      SchemaNode root = schemas.of(tree).nodes().root();
      FineChanges fine = new FineChanges();
      differences.forEach(change -> fine.take(change, schemaAt(root, change.path())));
      all.put(tree, List.copyOf(fine.found));
    });
    return all;
  }

  private static SchemaNode schemaAt(SchemaNode root, YangInstanceIdentifier path) {
    PathWalk walk = new PathWalk(root);
    walk.takeAll(path.getPathArguments());
    return walk.at();
  }

  private void take(Change change, SchemaNode schema) {
    NormalizedNode there = change.before() == null ? change.after() : change.before();
    boolean comesOrGoes = change.before() == null || change.after() == null;
    if (!comesOrGoes
        || !(there instanceof DistinctNodeContainer<?, ?> inner)
        || standsAlone(there, schema)) {
      found.add(change);
      return;
    }
    for (NormalizedNode child : inner.body()) {
      SchemaNode of =
          child instanceof ChoiceNode ? null : schema.lookup(child.name().getNodeType());
      take(
          new Change(
              change.path().node(child.name()),
              side(change.before(), child),
              side(change.after(), child)),
          of == null ? schema : of);
    }
  }

  private static @Nullable NormalizedNode side(
      @Nullable NormalizedNode parent, NormalizedNode child) {
    return parent == null ? null : child;
  }

  private static boolean standsAlone(NormalizedNode node, SchemaNode schema) {
    return (schema.kind() == NodeKind.LIST && !(node.name() instanceof NodeIdentifier))
        || (schema.isPresence() && node.name().getNodeType().equals(schema.name()));
  }
}
