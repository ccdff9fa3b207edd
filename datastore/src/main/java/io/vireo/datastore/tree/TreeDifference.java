package io.vireo.datastore.tree;

import io.vireo.datastore.api.Trees;
import io.vireo.schema.edit.TreeId;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNodes;

/// Which trees a candidate really changes. Looks at the touched paths only.
public final class TreeDifference {
  private TreeDifference() {}

  /// The trees that differ, and those which only one side has.
  public static SortedSet<TreeId> changed(Trees before, Candidate after) {
    SortedSet<TreeId> changed = new TreeSet<>();
    after
        .touched()
        .forEach((tree, paths) -> {
          ContainerNode one = root(before, tree);
          ContainerNode other = root(after.trees(), tree);
          if ((one == null) != (other == null)
              || (one != null && other != null && differs(one, other, paths))) {
            changed.add(tree);
          }
        });
    return changed;
  }

  private static boolean differs(
      ContainerNode one, ContainerNode other, Set<YangInstanceIdentifier> paths) {
    for (YangInstanceIdentifier path : paths) {
      if (!find(one, path).equals(find(other, path))) {
        return true;
      }
    }
    return false;
  }

  /// A tree of a state; null where it has none.
  public static @Nullable ContainerNode root(Trees trees, TreeId tree) {
    return switch (tree) {
      case TreeId.Device() -> trees.device();
      case TreeId.Router(String name) -> trees.routers().get(name);
    };
  }

  private static Optional<NormalizedNode> find(ContainerNode root, YangInstanceIdentifier path) {
    return path.isEmpty() ? Optional.of(root) : NormalizedNodes.findNode(root, path);
  }
}
