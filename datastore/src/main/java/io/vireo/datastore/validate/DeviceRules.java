package io.vireo.datastore.validate;

import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.tree.Change;
import io.vireo.schema.edit.TreeId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNodes;

/// What holds on the device and no schema can say.
final class DeviceRules {
  private static final QName INTERFACES =
      QName.create("urn:ietf:params:xml:ns:yang:ietf-interfaces", "2018-02-20", "interfaces");
  private static final QName INTERFACE = QName.create(INTERFACES, "interface");
  private static final QName NAME = QName.create(INTERFACES, "name");
  private static final QName PORT = QName.create("urn:vireo:yang:vireo-port", "2026-11-23", "port");
  private static final QName HOST_INTERFACE = QName.create(PORT, "host-interface");

  private static final YangInstanceIdentifier LIST =
      YangInstanceIdentifier.of(INTERFACES, INTERFACE);

  private DeviceRules() {}

  static void check(ContainerNode device, List<Change> changes, List<ManagementError> errors) {
    boolean concerned =
        changes.stream()
            .map(Change::path)
            .anyMatch(path -> path.contains(LIST) || LIST.contains(path));
    if (concerned
        && NormalizedNodes.findNode(device, LIST).orElse(null) instanceof MapNode interfaces) {
      oneClaim(interfaces, errors);
    }
  }

  // Two ports on one host device would each see the other's packets.
  private static void oneClaim(MapNode interfaces, List<ManagementError> errors) {
    Map<String, MapEntryNode> claims = new TreeMap<>();
    for (MapEntryNode entry : interfaces.body()) {
      String device = hostDevice(entry);
      MapEntryNode other = device == null ? null : claims.putIfAbsent(device, entry);
      if (device != null && other != null) {
        errors.add(
            ManagementError.at(
                TreeId.DEVICE,
                LIST.node(entry.name()),
                ErrorTag.INVALID_VALUE,
                "the host device '"
                    + device
                    + "' is claimed by two interfaces, '"
                    + name(other)
                    + "' and '"
                    + name(entry)
                    + "'; take it from one of them"));
      }
    }
  }

  private static @Nullable String hostDevice(MapEntryNode entry) {
    if (!(entry.childByArg(NodeIdentifier.create(PORT)) instanceof DataContainerNode port)) {
      return null;
    }
    var chosen = port.childByArg(NodeIdentifier.create(HOST_INTERFACE));
    return chosen == null ? name(entry) : String.valueOf(chosen.body());
  }

  private static String name(MapEntryNode entry) {
    return String.valueOf(entry.name().getValue(NAME));
  }
}
