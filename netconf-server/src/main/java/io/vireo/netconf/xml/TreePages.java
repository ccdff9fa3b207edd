package io.vireo.netconf.xml;

import io.vireo.datastore.api.Trees;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.ChoiceNode;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.SystemMapNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

/// Joins the pages of a read: containers, choices and list entries of the same name become one;
/// anything else of a later page stands in the place of the earlier one's.
public final class TreePages {
  private TreePages() {}

  /// @param pages at least one
  public static Trees merge(List<Trees> pages) {
    Trees merged = pages.getFirst();
    for (Trees page : pages.subList(1, pages.size())) {
      merged = merge(merged, page);
    }
    return merged;
  }

  private static Trees merge(Trees left, Trees right) {
    Map<String, ContainerNode> routers = new TreeMap<>(left.routers());
    right.routers().forEach((name, tree) -> routers.merge(name, tree, TreePages::container));
    return new Trees(container(left.device(), right.device()), routers);
  }

  /// One output of an RPC's outputs.
  public static ContainerNode container(ContainerNode left, ContainerNode right) {
    return ImmutableNodes.newContainerBuilder()
        .withNodeIdentifier(left.name())
        .withValue(List.copyOf(children(left, right)))
        .build();
  }

  private static Collection<DataContainerChild> children(
      DataContainerNode left, DataContainerNode right) {
    Map<PathArgument, DataContainerChild> children = new LinkedHashMap<>();
    left.body().forEach(child -> children.put(child.name(), child));
    right.body().forEach(child -> children.merge(child.name(), child, TreePages::child));
    return children.values();
  }

  private static DataContainerChild child(DataContainerChild left, DataContainerChild right) {
    if (left instanceof ContainerNode one && right instanceof ContainerNode other) {
      return container(one, other);
    }
    if (left instanceof ChoiceNode one && right instanceof ChoiceNode other) {
      return ImmutableNodes.newChoiceBuilder()
          .withNodeIdentifier(one.name())
          .withValue(List.copyOf(children(one, other)))
          .build();
    }
    if (left instanceof SystemMapNode one && right instanceof SystemMapNode other) {
      Map<PathArgument, MapEntryNode> entries = new LinkedHashMap<>();
      one.body().forEach(entry -> entries.put(entry.name(), entry));
      other.body().forEach(entry -> entries.merge(entry.name(), entry, TreePages::entry));
      return ImmutableNodes.newSystemMapBuilder()
          .withNodeIdentifier(one.name())
          .withValue(List.copyOf(entries.values()))
          .build();
    }
    return right;
  }

  private static MapEntryNode entry(MapEntryNode left, MapEntryNode right) {
    MapEntryNode.Builder builder = ImmutableNodes.newMapEntryBuilder();
    builder.withNodeIdentifier(left.name());
    builder.withValue(List.copyOf(children(left, right)));
    return builder.build();
  }
}
