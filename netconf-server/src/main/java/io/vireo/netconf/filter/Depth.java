package io.vireo.netconf.filter;

import io.vireo.datastore.api.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.opendaylight.yangtools.yang.data.api.schema.ChoiceNode;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.UnkeyedListEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.UnkeyedListNode;

/// The upper levels of trees (RFC 8526 §3.1.1, `max-depth`): a node is a level, its children are
/// the next. Entries keep their keys, which name them, on the last level, too.
public final class Depth {
  /// All levels.
  public static final int UNBOUNDED = Integer.MAX_VALUE;

  private Depth() {}

  /// The upper levels of everything: top-level nodes are the first.
  public static Trees of(Trees trees, int levels) {
    TreeMap<String, ContainerNode> routers = new TreeMap<>(trees.routers());
    // Above a router's tree: the elements, the entry, its root.
    routers.replaceAll((name, tree) -> content(tree, levels - 3));
    return new Trees(content(trees.device(), levels), routers);
  }

  /// A tree's root with so many levels below it.
  static ContainerNode content(ContainerNode root, int levels) {
    return isUnbounded(levels) ? root : Rebuild.container(root, children(root, levels));
  }

  static DataContainerChild cut(DataContainerChild node, int levels) {
    if (isUnbounded(levels)) {
      return node;
    }
    return switch (node) {
      case ContainerNode container -> Rebuild.container(container, children(container, levels - 1));
      // RFC 7950 §7.9: choices are not in the data tree.
      case ChoiceNode choice -> Rebuild.choice(choice, children(choice, levels));
      case MapNode map -> Rebuild.list(map, entries(map, levels));
      case UnkeyedListNode list ->
          Rebuild.unkeyedList(list, list.body().stream().map(entry -> cut(entry, levels)).toList());
      default -> node;
    };
  }

  private static List<MapEntryNode> entries(MapNode map, int levels) {
    return map.body().stream().map(entry -> cut(entry, levels)).toList();
  }

  static MapEntryNode cut(MapEntryNode entry, int levels) {
    if (isUnbounded(levels)) {
      return entry;
    }
    return Rebuild.entry(entry, children(entry, levels - 1));
  }

  static UnkeyedListEntryNode cut(UnkeyedListEntryNode entry, int levels) {
    return isUnbounded(levels) ? entry : Rebuild.unkeyedEntry(entry, children(entry, levels - 1));
  }

  private static List<DataContainerChild> children(DataContainerNode parent, int levels) {
    List<DataContainerChild> children = new ArrayList<>();
    if (levels <= 0) {
      return children;
    }
    for (DataContainerChild child : parent.body()) {
      children.add(cut(child, levels));
    }
    return children;
  }

  // Below an unbounded one are others.
  static boolean isUnbounded(int levels) {
    return levels > UNBOUNDED - 16;
  }
}
