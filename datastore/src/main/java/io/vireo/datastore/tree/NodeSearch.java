package io.vireo.datastore.tree;

import io.vireo.datastore.api.Trees;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.SchemaNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.schema.DistinctNodeContainer;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// Finds the nodes of a state that a path names, across the mount point.
public final class NodeSearch {
  private NodeSearch() {}

  /// A node that was found.
  ///
  /// @param path in its tree; empty: the whole tree of a virtual router
  public record Found(TreeId tree, YangInstanceIdentifier path) {
    /// Whether either is the other, or stands below it.
    public boolean overlaps(TreeId otherTree, YangInstanceIdentifier otherPath) {
      return tree.equals(otherTree) && (path.contains(otherPath) || otherPath.contains(path));
    }
  }

  private record At(TreeId tree, YangInstanceIdentifier path, NormalizedNode node, Place place) {}

  /// The nodes at a path; `/` is the device's tree and those of all virtual routers.
  public static List<Found> find(Trees trees, NodePath path) {
    List<Found> found = new ArrayList<>();
    if (path.steps().isEmpty()) {
      found.add(new Found(TreeId.DEVICE, YangInstanceIdentifier.of()));
      trees
          .routers()
          .keySet()
          .forEach(
              name -> found.add(new Found(new TreeId.Router(name), YangInstanceIdentifier.of())));
      return found;
    }
    List<At> at = new ArrayList<>();
    for (int i = 0; i < path.steps().size(); i++) {
      NodePath.Step step = path.steps().get(i);
      List<At> next = new ArrayList<>();
      if (i == 0) {
        enter(TreeId.DEVICE, YangInstanceIdentifier.of(), trees.device(), null, step, next);
      }
      for (At each : at) {
        enter(each.tree(), each.path(), each.node(), each.place(), step, next);
        mounted(trees, each, step, next);
      }
      at = next;
    }
    at.forEach(each -> found.add(new Found(each.tree(), each.path())));
    return found;
  }

  // A mount point is there with its list entry.
  private static void mounted(Trees trees, At entry, NodePath.Step step, List<At> next) {
    if (step.node().isMountPoint()
        && entry.place().entry() instanceof NodeIdentifierWithPredicates keys) {
      String name = String.valueOf(keys.values().iterator().next());
      NormalizedNode root = trees.routers().get(name);
      if (root != null) {
        next.add(
            new At(
                new TreeId.Router(name),
                YangInstanceIdentifier.of(),
                root,
                entry.place().child(step.node(), null)));
      }
    }
  }

  private static void enter(
      TreeId tree,
      YangInstanceIdentifier path,
      NormalizedNode node,
      @Nullable Place parent,
      NodePath.Step step,
      List<At> next) {
    SchemaNode schema = step.node();
    NormalizedNode at = node;
    YangInstanceIdentifier here = path;
    for (var argument : schema.pathArguments()) {
      at = NodeLookup.child(at, argument);
      here = here.node(argument);
    }
    if (at == null) {
      return;
    }
    if (!schema.hasEntries()) {
      next.add(new At(tree, here, at, new Place(parent, schema, null)));
      return;
    }
    for (NormalizedNode entry : entries(at)) {
      Place place = new Place(parent, schema, entry.name());
      if (step.matches(place)) {
        next.add(new At(tree, here.node(entry.name()), entry, place));
      }
    }
  }

  private static Collection<? extends NormalizedNode> entries(NormalizedNode list) {
    return list instanceof DistinctNodeContainer<?, ?> nodes ? nodes.body() : List.of();
  }

  /// Whether any change touches any of the nodes.
  public static boolean touches(Map<TreeId, List<Change>> changes, Collection<Found> nodes) {
    for (Map.Entry<TreeId, List<Change>> tree : changes.entrySet()) {
      for (Change change : tree.getValue()) {
        if (nodes.stream().anyMatch(node -> node.overlaps(tree.getKey(), change.path()))) {
          return true;
        }
      }
    }
    return false;
  }
}
