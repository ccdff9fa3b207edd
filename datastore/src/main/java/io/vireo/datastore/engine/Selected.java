package io.vireo.datastore.engine;

import io.vireo.datastore.access.UserAccess;
import io.vireo.datastore.api.Selection;
import io.vireo.datastore.api.Trees;
import io.vireo.schema.edit.TreeId;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
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

  /// A selection without the virtual routers that a user may not read.
  static Selection readable(Selection selection, Trees trees, UserAccess reader) {
    if (reader.isUnlimited()) {
      return selection;
    }
    Set<String> routers = new TreeSet<>();
    for (String name : trees.routers().keySet()) {
      if (isSelected(name, selection)
          && reader.maySee(new TreeId.Router(name), YangInstanceIdentifier.of())) {
        routers.add(name);
      }
    }
    return new Selection(selection.deviceNodes(), routers, selection.routerNodes());
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
