package io.vireo.datastore.engine;

import io.vireo.datastore.api.Selection;
import io.vireo.datastore.api.Trees;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

/// The part of a state that a [Selection] is about.
final class Selected {
  private Selected() {}

  static Trees of(Trees trees, Selection selection) {
    SortedMap<String, ContainerNode> routers = new TreeMap<>();
    for (Map.Entry<String, ContainerNode> router : trees.routers().entrySet()) {
      if (isSelected(router.getKey(), selection)) {
        routers.put(router.getKey(), nodes(router.getValue(), selection.routerNodes()));
      }
    }
    return new Trees(nodes(trees.device(), selection.deviceNodes()), routers);
  }

  static boolean isSelected(String router, Selection selection) {
    Set<String> routers = selection.routers();
    return routers == null || routers.contains(router);
  }

  static ContainerNode nodes(ContainerNode root, @Nullable Set<QName> wanted) {
    if (wanted == null) {
      return root;
    }
    var kept = ImmutableNodes.newContainerBuilder().withNodeIdentifier(root.name());
    for (DataContainerChild child : root.body()) {
      if (wanted.contains(child.name().getNodeType())) {
        kept.withChild(child);
      }
    }
    return kept.build();
  }
}
