package io.vireo.datastore.api;

import java.util.Set;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// Operational data of the device that a door itself knows, such as `/netconf-state`. Registered
/// with [Management#register], asked by every read of the operational datastore that wants one of
/// its nodes.
public interface StateSource {
  /// The top-level nodes that it tells about.
  Set<QName> nodes();

  /// Its data as it stands, rooted at the device schema's own node; must not block.
  ContainerNode read();
}
