package io.vireo.datastore.engine;

import io.vireo.datastore.api.DataPage;
import io.vireo.datastore.api.Origin;
import io.vireo.datastore.api.Trees;
import io.vireo.datastore.tree.NodeLookup;
import io.vireo.datastore.tree.TreeDifference;
import io.vireo.datastore.tree.TreeSchemas;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.NodeContent;
import io.vireo.schema.node.NodeKind;
import io.vireo.schema.node.PathWalk;
import io.vireo.schema.node.SchemaNode;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.DistinctNodeContainer;
import org.opendaylight.yangtools.yang.data.api.schema.LeafNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// Origins (RFC 8342 §5.3.4), told by comparing with the configuration that is intended: what it
/// has is intended; of the rest, a leaf at its default has that from its model, an entry whose own
/// `origin` leaf says that it was not configured (RFC 8344: addresses, neighbours) was learned with
/// all in it, and everything else is the system's.
record NodeOrigins(TreeSchemas schemas, Trees intended, Trees told) implements DataPage.Origins {
  private static final Set<String> LEARNED =
      Set.of("dynamic", "dhcp", "link-layer", "random", "other");

  @Override
  public Optional<Origin> of(TreeId tree, YangInstanceIdentifier path, NormalizedNode node) {
    PathWalk walk = new PathWalk(schemas.of(tree).nodes().root());
    boolean isDataNode = walk.takeAll(path.getPathArguments());
    SchemaNode schema = walk.at();
    ContainerNode root = TreeDifference.root(intended, tree);
    NormalizedNode configured = root;
    for (PathArgument step : path.getPathArguments()) {
      configured = NodeLookup.child(configured, step);
    }
    if (path.isEmpty() || !schema.isConfig() || !isDataNode) {
      return Optional.empty();
    }
    boolean inner = node instanceof DistinctNodeContainer<?, ?>;
    if (configured != null && (inner || configured.equals(node))) {
      return Optional.of(Origin.INTENDED);
    }
    boolean isLeaf = node instanceof LeafNode<?> || node instanceof LeafSetEntryNode<?>;
    if (isLeaf && schema.defaults().contains(node.body())) {
      return Optional.of(Origin.DEFAULT);
    }
    return Optional.of(
        isLearned(schema, node) || isInLearned(tree, path) ? Origin.LEARNED : Origin.SYSTEM);
  }

  // What is in an entry came with it.
  private boolean isInLearned(TreeId tree, YangInstanceIdentifier path) {
    PathWalk walk = new PathWalk(schemas.of(tree).nodes().root());
    NormalizedNode at = TreeDifference.root(told, tree);
    for (PathArgument step : path.getPathArguments()) {
      at = NodeLookup.child(at, step);
      walk.take(step);
      if (at != null && isLearned(walk.at(), at)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLearned(SchemaNode schema, NormalizedNode node) {
    if (schema.kind() != NodeKind.LIST || !(node instanceof MapEntryNode entry)) {
      return false;
    }
    return schema.children().stream()
        .filter(child -> child.name().getLocalName().equals("origin"))
        .map(child -> NodeContent.find(child, entry))
        .anyMatch(NodeOrigins::saysLearned);
  }

  private static boolean saysLearned(@org.jspecify.annotations.Nullable DataContainerChild origin) {
    return origin != null && LEARNED.contains(String.valueOf(origin.body()));
  }
}
