package io.vireo.netconf.filter;

import io.vireo.datastore.api.Trees;
import io.vireo.datastore.xpath.XPathQuery.Selected;
import io.vireo.netconf.rpc.Namespaces;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.SchemaNode;
import io.vireo.schema.node.SchemaTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.ChoiceNode;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.UnkeyedListEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.UnkeyedListNode;

/// Takes nodes out of trees by their paths, with what is above them. Costs what it takes, not what
/// it leaves.
final class Excerpt {
  // Where the virtual routers are; null: in this schema there are none.
  private final @Nullable SchemaNode top;

  private static final Part NOTHING = new Part();

  /// What is wanted of a node.
  private static final class Part {
    private final Map<PathArgument, Part> below = new LinkedHashMap<>();
    private boolean whole;

    Part below(PathArgument step) {
      return below.getOrDefault(step, NOTHING);
    }

    boolean isNothing() {
      return below.isEmpty() && !whole;
    }

    void add(YangInstanceIdentifier path, boolean isWhole) {
      Part at = this;
      for (PathArgument step : path.getPathArguments()) {
        at = at.below.computeIfAbsent(step, each -> new Part());
      }
      at.whole |= isWhole;
    }
  }

  Excerpt(SchemaTree device) {
    top = device.root().lookup(Namespaces.LNE, "logical-network-elements");
  }

  /// @param depth how many levels of the selected nodes
  Trees of(Trees trees, List<Selected> selected, int depth) {
    Part device = new Part();
    Map<String, Part> routers = new TreeMap<>();
    // How many levels of a router's tree what is selected above it has.
    Map<String, Integer> granted = new TreeMap<>();
    for (Selected each : selected) {
      switch (each.tree()) {
        case TreeId.Device() -> {
          device.add(each.path(), true);
          grantMounted(trees, each.path(), depth, granted);
        }
        case TreeId.Router(String router) -> {
          device.add(element(router), false);
          if (each.path().isEmpty()) {
            granted.merge(router, depth - 1, Math::max);
          } else {
            routers.computeIfAbsent(router, it -> new Part()).add(each.path(), true);
          }
        }
      }
    }
    granted.keySet().forEach(router -> routers.computeIfAbsent(router, it -> new Part()));
    Map<String, ContainerNode> taken = new TreeMap<>();
    routers.forEach((router, wanted) -> {
      ContainerNode tree = trees.routers().get(router);
      if (tree != null) {
        int levels = granted.getOrDefault(router, 0);
        taken.put(router, new Taking(depth).root(tree, wanted, levels));
      }
    });
    int levels = device.whole ? depth : 0;
    return new Trees(new Taking(depth).root(trees.device(), device, levels), taken);
  }

  private YangInstanceIdentifier element(String router) {
    SchemaNode list = top == null ? null : top.lookup(Namespaces.LNE, "logical-network-element");
    if (top == null || list == null) {
      throw new IllegalStateException("a router in a schema without: " + router);
    }
    QName key = list.keys().getFirst();
    return YangInstanceIdentifier.of(top.identifier(), list.identifier())
        .node(NodeIdentifierWithPredicates.of(list.name(), key, router));
  }

  // What is selected above mount points has the routers in it.
  private void grantMounted(
      Trees trees, YangInstanceIdentifier path, int depth, Map<String, Integer> granted) {
    for (String router : trees.routers().keySet()) {
      YangInstanceIdentifier element = element(router);
      if (path.contains(element)) {
        // The entry and its root are levels, too, and the container where that is selected.
        int above = path.equals(element) ? 2 : 3;
        granted.merge(router, Math.max(0, depth - above), Math::max);
      }
    }
  }

  /// Takes what is wanted, each node with the levels that it has from what is selected above it or
  /// from being selected itself, whichever are more.
  private record Taking(int depth) {
    ContainerNode root(ContainerNode root, Part wanted, int levels) {
      return Rebuild.container(root, children(root, wanted, levels));
    }

    /// @param levels for the children: none is taken for its own sake where there are none
    private List<DataContainerChild> children(DataContainerNode parent, Part wanted, int levels) {
      List<DataContainerChild> children = new ArrayList<>();
      if (levels > 0) {
        for (DataContainerChild child : parent.body()) {
          children.add(child(child, wanted.below(child.name()), levels));
        }
        return children;
      }
      wanted.below.forEach((step, below) -> {
        DataContainerChild child =
            step instanceof NodeIdentifier name ? parent.childByArg(name) : null;
        if (child != null) {
          children.add(child(child, below, 0));
        }
      });
      return children;
    }

    /// @param inherited levels from above, the node's the first
    private DataContainerChild child(DataContainerChild child, Part wanted, int inherited) {
      int levels = wanted.whole ? Math.max(inherited, depth) : inherited;
      if (wanted.below.isEmpty() || Depth.isUnbounded(levels)) {
        return Depth.cut(child, levels);
      }
      return switch (child) {
        case ContainerNode container -> root(container, wanted, levels - 1);
        // RFC 7950 §7.9: choices are no levels.
        case ChoiceNode choice -> Rebuild.choice(choice, children(choice, wanted, levels));
        case MapNode list -> Rebuild.list(list, entries(list, wanted, levels));
        case UnkeyedListNode list -> unkeyed(list, wanted, levels);
        case LeafSetNode<?> list -> levels > 0 ? list : values(list, wanted);
        default -> child;
      };
    }

    private List<MapEntryNode> entries(MapNode list, Part wanted, int levels) {
      List<MapEntryNode> entries = new ArrayList<>();
      if (levels > 0) {
        list.body().forEach(entry -> entries.add(entry(entry, wanted.below(entry.name()), levels)));
        return entries;
      }
      wanted.below.forEach((step, below) -> {
        MapEntryNode entry =
            step instanceof NodeIdentifierWithPredicates keys ? list.childByArg(keys) : null;
        if (entry != null) {
          entries.add(entry(entry, below, 0));
        }
      });
      return entries;
    }

    private MapEntryNode entry(MapEntryNode entry, Part wanted, int inherited) {
      int levels = wanted.whole ? Math.max(inherited, depth) : inherited;
      if (wanted.below.isEmpty() || Depth.isUnbounded(levels)) {
        return Depth.cut(entry, levels);
      }
      return Rebuild.entry(entry, children(entry, wanted, levels - 1));
    }

    // Entries without keys are named by their numbers.
    private DataContainerChild unkeyed(UnkeyedListNode list, Part wanted, int inherited) {
      List<UnkeyedListEntryNode> entries = new ArrayList<>();
      int number = 0;
      for (UnkeyedListEntryNode entry : list.body()) {
        Part below = wanted.below(new NodeWithValue<>(list.name().getNodeType(), number++));
        if (!below.isNothing() || inherited > 0) {
          int levels = below.whole ? Math.max(inherited, depth) : inherited;
          entries.add(Rebuild.unkeyedEntry(entry, children(entry, below, levels - 1)));
        }
      }
      return Rebuild.unkeyedList(list, entries);
    }
  }

  private static <T> DataContainerChild values(LeafSetNode<T> list, Part wanted) {
    List<LeafSetEntryNode<T>> entries = new ArrayList<>();
    for (LeafSetEntryNode<T> entry : list.body()) {
      if (wanted.below.containsKey((PathArgument) entry.name())) {
        entries.add(entry);
      }
    }
    return Rebuild.leafList(list, entries);
  }
}
