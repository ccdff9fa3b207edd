package io.vireo.datastore.api;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// One immutable state of all trees: a datastore's contents at one instant.
///
/// @param device the device's tree, rooted at the schema context's own node
/// @param routers the virtual routers' trees by name, rooted likewise; a router without any data
///   has an empty root
public record Trees(ContainerNode device, SortedMap<String, ContainerNode> routers) {
  public Trees {
    routers = Collections.unmodifiableSortedMap(new TreeMap<>(routers));
  }

  public Trees(ContainerNode device, Map<String, ContainerNode> routers) {
    this(device, new TreeMap<>(routers));
  }
}
