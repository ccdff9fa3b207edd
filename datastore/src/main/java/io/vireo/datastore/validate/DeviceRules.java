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
import org.opendaylight.yangtools.yang.common.XMLNamespace;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
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

  // Of any revision.
  private static final XMLNamespace PORTS = XMLNamespace.of("urn:vireo:yang:vireo-port");
  private static final String MEMIF = "memif";

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

  /// The device a port is on; null: it is no port, or needs none.
  private static @Nullable String hostDevice(MapEntryNode entry) {
    if (!(child(entry, "port") instanceof DataContainerNode port)) {
      return null;
    }
    DataContainerChild driver = child(port, "driver");
    if (driver != null
        && driver.body() instanceof QName name
        && name.getLocalName().equals(MEMIF)) {
      return null;
    }
    DataContainerChild chosen = child(port, "host-interface");
    return chosen == null ? name(entry) : String.valueOf(chosen.body());
  }

  private static @Nullable DataContainerChild child(DataContainerNode parent, String localName) {
    for (DataContainerChild each : parent.body()) {
      QName name = each.name().getNodeType();
      if (name.getLocalName().equals(localName) && name.getNamespace().equals(PORTS)) {
        return each;
      }
    }
    return null;
  }

  private static String name(MapEntryNode entry) {
    return String.valueOf(entry.name().getValue(NAME));
  }
}
