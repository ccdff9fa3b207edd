package io.vireo.schema.document;

import io.vireo.schema.SchemaDataException;
import io.vireo.schema.node.NodeKind;
import io.vireo.schema.node.SchemaNode;
import io.vireo.schema.node.SchemaTree;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// A document taken apart at the mount points.
///
/// @param device the device's tree
/// @param routers the tree of each logical network element in the document, by name
public record DeviceAndRouters(ContainerNode device, SortedMap<String, ContainerNode> routers) {
  public DeviceAndRouters {
    routers = Collections.unmodifiableSortedMap(new TreeMap<>(routers));
  }

  /// Takes a document apart.
  ///
  /// @param mounted what stands at mount points; null: nothing is mounted
  public static DeviceAndRouters of(
      DocumentElement top, SchemaTree schema, @Nullable SchemaTree mounted)
      throws SchemaDataException {
    SortedMap<String, ContainerNode> routers = new TreeMap<>();
    if (mounted != null) {
      collect(top, mounted, routers);
    }
    return new DeviceAndRouters(top.container(schema.root()), routers);
  }

  private static void collect(
      DocumentElement element, SchemaTree mounted, SortedMap<String, ContainerNode> routers)
      throws SchemaDataException {
    for (DocumentElement child : element.children()) {
      if (child.schema().children().stream().anyMatch(SchemaNode::isMountPoint)) {
        DocumentElement empty = new DocumentElement(mounted.root(), element.tree());
        DocumentElement mount =
            child.children().stream()
                .filter(inner -> inner.schema().isMountPoint())
                .findFirst()
                .orElse(empty);
        routers.put(child.routerTree().name(), mount.container(mounted.root()));
      } else if (child.schema().kind() == NodeKind.CONTAINER) {
        collect(child, mounted, routers);
      }
    }
  }
}
