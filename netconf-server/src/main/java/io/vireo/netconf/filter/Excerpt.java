package io.vireo.netconf.filter;

import io.vireo.datastore.api.Trees;
import io.vireo.datastore.xpath.XPathQuery.Selected;
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
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.ChoiceNode;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.UserLeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.UserMapNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

/// Takes nodes out of trees by their paths, with what is above them. Costs what it takes, not what
/// it leaves.
final class Excerpt {
  private static final String LNE = "urn:ietf:params:xml:ns:yang:ietf-logical-network-element";

  private static final ContainerNode EMPTY =
      ImmutableNodes.newContainerBuilder()
          .withNodeIdentifier(NodeIdentifier.create(QName.create("urn:vireo:none", "none")))
          .build();

  private final YangInstanceIdentifier elements;
  private final QName name;

  /// What is wanted of a node.
  private static final class Wanted {
    private final Map<PathArgument, Wanted> below = new LinkedHashMap<>();
    private boolean whole;

    void add(YangInstanceIdentifier path, boolean isWhole) {
      Wanted at = this;
      for (PathArgument step : path.getPathArguments()) {
        at = at.below.computeIfAbsent(step, each -> new Wanted());
      }
      at.whole |= isWhole;
    }
  }

  Excerpt(SchemaTree device) {
    SchemaNode top = require(device.root(), "logical-network-elements");
    SchemaNode list = require(top, "logical-network-element");
    name = list.keys().getFirst();
    elements = YangInstanceIdentifier.of(top.identifier(), list.identifier());
  }

  private static SchemaNode require(SchemaNode parent, String child) {
    SchemaNode found = parent.lookup(LNE, child);
    if (found == null) {
      throw new IllegalArgumentException("the device's schema has no " + child);
    }
    return found;
  }

  /// @param depth how many levels of the selected nodes
  Trees of(Trees trees, List<Selected> selected, int depth) {
    Wanted device = new Wanted();
    Map<String, Wanted> routers = new TreeMap<>();
    Map<String, ContainerNode> whole = new TreeMap<>();
    for (Selected each : selected) {
      switch (each.tree()) {
        case TreeId.Device() -> {
          device.add(each.path(), true);
          takeMounted(trees, each.path(), depth, whole);
        }
        case TreeId.Router(String router) -> {
          device.add(element(router), false);
          if (each.path().isEmpty()) {
            whole.put(
                router, Depth.content(trees.routers().getOrDefault(router, EMPTY), depth - 1));
          } else {
            routers.computeIfAbsent(router, it -> new Wanted()).add(each.path(), true);
          }
        }
      }
    }
    Map<String, ContainerNode> taken = new TreeMap<>();
    routers.forEach((router, wanted) ->
        taken.put(router, root(trees.routers().getOrDefault(router, EMPTY), wanted, depth)));
    taken.putAll(whole);
    return new Trees(root(trees.device(), device, depth), taken);
  }

  private YangInstanceIdentifier element(String router) {
    PathArgument list = elements.getLastPathArgument();
    QName of = list == null ? name : list.getNodeType();
    return elements.node(NodeIdentifierWithPredicates.of(of, name, router));
  }

  // What is selected above mount points has the routers in it.
  private void takeMounted(
      Trees trees, YangInstanceIdentifier path, int depth, Map<String, ContainerNode> whole) {
    trees
        .routers()
        .forEach((router, tree) -> {
          YangInstanceIdentifier element = element(router);
          if (path.contains(element)) {
            // The entry and its root are levels, too, and the container where that is selected.
            int above = path.equals(element) ? 2 : 3;
            whole.put(router, Depth.content(tree, depth - above));
          }
        });
  }

  private static ContainerNode root(ContainerNode root, Wanted wanted, int depth) {
    return wanted.whole
        ? Depth.content(root, depth)
        : ImmutableNodes.newContainerBuilder()
            .withNodeIdentifier(root.name())
            .withValue(children(root, wanted, depth))
            .build();
  }

  private static List<DataContainerChild> children(
      DataContainerNode parent, Wanted wanted, int depth) {
    List<DataContainerChild> children = new ArrayList<>();
    wanted.below.forEach((step, below) -> {
      if (step instanceof NodeIdentifier name) {
        DataContainerChild child = parent.childByArg(name);
        if (child != null) {
          children.add(child(child, below, depth));
        }
      }
    });
    return children;
  }

  private static DataContainerChild child(DataContainerChild child, Wanted wanted, int depth) {
    if (wanted.whole) {
      return Depth.cut(child, depth);
    }
    return switch (child) {
      case ContainerNode container -> root(container, wanted, depth);
      case ChoiceNode choice ->
          ImmutableNodes.newChoiceBuilder()
              .withNodeIdentifier(choice.name())
              .withValue(children(choice, wanted, depth))
              .build();
      case UserMapNode list ->
          ImmutableNodes.newUserMapBuilder()
              .withNodeIdentifier(list.name())
              .withValue(entries(list, wanted, depth))
              .build();
      case MapNode list ->
          ImmutableNodes.newSystemMapBuilder()
              .withNodeIdentifier(list.name())
              .withValue(entries(list, wanted, depth))
              .build();
      case LeafSetNode<?> list -> values(list, wanted);
      // Entries without keys have no names to take them by.
      default -> Depth.cut(child, depth);
    };
  }

  private static List<MapEntryNode> entries(MapNode list, Wanted wanted, int depth) {
    List<MapEntryNode> entries = new ArrayList<>();
    wanted.below.forEach((step, below) -> {
      MapEntryNode entry =
          step instanceof NodeIdentifierWithPredicates keys ? list.childByArg(keys) : null;
      if (entry != null) {
        entries.add(below.whole ? Depth.cut(entry, depth) : entry(entry, below, depth));
      }
    });
    return entries;
  }

  private static MapEntryNode entry(MapEntryNode entry, Wanted wanted, int depth) {
    MapEntryNode.Builder builder = ImmutableNodes.newMapEntryBuilder();
    builder.withNodeIdentifier(entry.name());
    builder.withValue(children(entry, wanted, depth));
    for (QName key : entry.name().keySet()) {
      @Nullable DataContainerChild leaf = entry.childByArg(NodeIdentifier.create(key));
      if (leaf != null) {
        builder.withChild(leaf);
      }
    }
    return builder.build();
  }

  private static <T> DataContainerChild values(LeafSetNode<T> list, Wanted wanted) {
    List<LeafSetEntryNode<T>> entries = new ArrayList<>();
    for (LeafSetEntryNode<T> entry : list.body()) {
      if (wanted.below.containsKey((PathArgument) entry.name())) {
        entries.add(entry);
      }
    }
    return list instanceof UserLeafSetNode
        ? ImmutableNodes.<T>newUserLeafSetBuilder()
            .withNodeIdentifier(list.name())
            .withValue(entries)
            .build()
        : ImmutableNodes.<T>newSystemLeafSetBuilder()
            .withNodeIdentifier(list.name())
            .withValue(entries)
            .build();
  }
}
