package io.vireo.datastore.tree;

import io.vireo.datastore.api.TreeChange;
import io.vireo.datastore.api.Trees;
import io.vireo.schema.edit.TreeId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ChoiceNode;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.DistinctNodeContainer;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNodes;
import org.opendaylight.yangtools.yang.data.api.schema.UserLeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.UserMapNode;

/// What differs between two states: where a change starts, the least that tells them apart. Nodes
/// that both share are passed over without a look inside, and so is all that no touched path is at.
public final class TreeDifference {
  private final List<Change> changes = new ArrayList<>();

  private TreeDifference() {}

  /// The changes of each tree that differs. A virtual router that only one side has is one change
  /// at the top of its tree; one whose tree is empty, too, for its being there is the device's to
  /// tell.
  public static SortedMap<TreeId, List<Change>> between(Trees before, Candidate after) {
    return between(before, after.trees(), after.touched());
  }

  /// The same for any two states.
  public static SortedMap<TreeId, List<Change>> between(Trees before, Trees after) {
    SortedMap<TreeId, Set<YangInstanceIdentifier>> all = new TreeMap<>();
    all.put(TreeId.DEVICE, Set.of(YangInstanceIdentifier.of()));
    for (Trees state : List.of(before, after)) {
      for (String name : state.routers().keySet()) {
        all.put(new TreeId.Router(name), Set.of(YangInstanceIdentifier.of()));
      }
    }
    return between(before, after, all);
  }

  private static SortedMap<TreeId, List<Change>> between(
      Trees before, Trees after, Map<TreeId, Set<YangInstanceIdentifier>> touched) {
    SortedMap<TreeId, List<Change>> found = new TreeMap<>();
    touched.forEach((tree, paths) -> {
      ContainerNode one = root(before, tree);
      ContainerNode other = root(after, tree);
      List<Change> changes =
          one == null || other == null ? existence(one, other) : between(one, other, paths);
      if (!changes.isEmpty()) {
        found.put(tree, changes);
      }
    });
    return found;
  }

  private static List<Change> existence(
      @Nullable ContainerNode before, @Nullable ContainerNode after) {
    return before == null && after == null
        ? List.of()
        : List.of(new Change(YangInstanceIdentifier.of(), before, after));
  }

  /// The changes of one tree at or below the given paths.
  public static List<Change> between(
      ContainerNode before, ContainerNode after, Set<YangInstanceIdentifier> paths) {
    TreeDifference difference = new TreeDifference();
    for (YangInstanceIdentifier path : outermost(paths)) {
      difference.compareFromTop(path, before, after);
    }
    return List.copyOf(difference.changes);
  }

  /// Paths that no other of them contains: each place is looked at once.
  private static Set<YangInstanceIdentifier> outermost(Set<YangInstanceIdentifier> paths) {
    Set<YangInstanceIdentifier> outermost = new LinkedHashSet<>();
    for (YangInstanceIdentifier path : paths) {
      boolean covered = false;
      for (int depth = 0; depth < path.getPathArguments().size() && !covered; depth++) {
        covered = paths.contains(path.getAncestor(depth));
      }
      if (!covered) {
        outermost.add(path);
      }
    }
    return outermost;
  }

  // What is missing may be missing further up: the change starts where the first side ends.
  private void compareFromTop(
      YangInstanceIdentifier path, ContainerNode before, ContainerNode after) {
    NormalizedNode one = before;
    NormalizedNode other = after;
    YangInstanceIdentifier here = YangInstanceIdentifier.of();
    for (var step : path.getPathArguments()) {
      NormalizedNode nextOne = NodeLookup.child(one, step);
      NormalizedNode nextOther = NodeLookup.child(other, step);
      if (nextOne == null && nextOther == null) {
        return;
      }
      here = here.node(step);
      if (nextOne == null || nextOther == null) {
        compare(here, nextOne, nextOther);
        return;
      }
      one = nextOne;
      other = nextOther;
    }
    compare(here, one, other);
  }

  @SuppressWarnings("ReferenceEquality") // shared nodes are equal without a look
  private void compare(
      YangInstanceIdentifier path, @Nullable NormalizedNode one, @Nullable NormalizedNode other) {
    if (one == other) {
      return;
    }
    if (one == null || other == null) {
      existence(path, one, other);
    } else if (one instanceof DistinctNodeContainer<?, ?> nodes
        && other instanceof DistinctNodeContainer<?, ?> otherNodes) {
      if (isUserOrdered(one) && !sameOrder(nodes, otherNodes)) {
        changes.add(new Change(path, one, other));
        return;
      }
      for (NormalizedNode child : nodes.body()) {
        compare(path.node(child.name()), child, NodeLookup.child(other, child.name()));
      }
      for (NormalizedNode child : otherNodes.body()) {
        if (NodeLookup.child(one, child.name()) == null) {
          existence(path.node(child.name()), null, child);
        }
      }
    } else if (!one.equals(other)) {
      changes.add(new Change(path, one, other));
    }
  }

  // A choice is no data node: what it holds comes and goes.
  private void existence(
      YangInstanceIdentifier path, @Nullable NormalizedNode one, @Nullable NormalizedNode other) {
    NormalizedNode there = one == null ? other : one;
    if (there instanceof ChoiceNode choice) {
      for (DataContainerChild child : choice.body()) {
        existence(path.node(child.name()), one == null ? null : child, one == null ? child : null);
      }
    } else {
      changes.add(new Change(path, one, other));
    }
  }

  private static boolean isUserOrdered(NormalizedNode node) {
    return node instanceof UserMapNode || node instanceof UserLeafSetNode;
  }

  // What both have stands in the same order, and what is new stands last.
  private static boolean sameOrder(
      DistinctNodeContainer<?, ?> one, DistinctNodeContainer<?, ?> other) {
    Iterator<? extends NormalizedNode> others = other.body().iterator();
    for (NormalizedNode entry : one.body()) {
      if (NodeLookup.child(other, entry.name()) != null
          && !(others.hasNext() && others.next().name().equals(entry.name()))) {
        return false;
      }
    }
    return true;
  }

  /// Changes as the management API tells them.
  public static List<TreeChange> told(Map<TreeId, List<Change>> changes) {
    List<TreeChange> told = new ArrayList<>();
    changes.forEach((tree, differences) ->
        differences.forEach(
            each -> told.add(new TreeChange(tree, each.path(), each.before(), each.after()))));
    return List.copyOf(told);
  }

  /// A tree of a state; null where it has none.
  public static @Nullable ContainerNode root(Trees trees, TreeId tree) {
    return switch (tree) {
      case TreeId.Device() -> trees.device();
      case TreeId.Router(String name) -> trees.routers().get(name);
    };
  }

  /// What stands at a path of a tree; null: nothing.
  public static @Nullable NormalizedNode find(ContainerNode root, YangInstanceIdentifier path) {
    return path.isEmpty() ? root : NormalizedNodes.findNode(root, path).orElse(null);
  }
}
