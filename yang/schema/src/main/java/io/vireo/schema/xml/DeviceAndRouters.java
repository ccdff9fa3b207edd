package io.vireo.schema.xml;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// A document taken apart at the mount points.
///
/// @param device the device's tree
/// @param routers the tree of each logical network element in the document, by name
public record DeviceAndRouters(ContainerNode device, SortedMap<String, ContainerNode> routers) {
  public DeviceAndRouters {
    routers = Collections.unmodifiableSortedMap(new TreeMap<>(routers));
  }
}
