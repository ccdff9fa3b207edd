package io.vireo.manager.binding;

import io.vireo.datastore.api.CommitWarning;
import io.vireo.manager.fleet.DesiredFleet;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.SchemaNode;
import io.vireo.schema.node.SchemaTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;

/// What of a wanted fleet cannot be had as the host stands now.
final class DeviceWarnings {
  private static final Path DEVICES = Path.of("/sys/class/net");
  private static final String INTERFACES = "urn:ietf:params:xml:ns:yang:ietf-interfaces";

  private DeviceWarnings() {}

  static List<CommitWarning> of(DesiredFleet desired, SchemaTree device) {
    SchemaNode list = device.find(INTERFACES, "interfaces", "interface");
    return desired.ports().values().stream()
        .filter(port -> !Files.exists(DEVICES.resolve(port.device())))
        .map(port ->
            new CommitWarning(
                TreeId.DEVICE,
                path(list, port.name()),
                "port "
                    + port.name()
                    + ": device "
                    + port.device()
                    + " does not exist on this host; it is taken when it appears"))
        .toList();
  }

  private static YangInstanceIdentifier path(@Nullable SchemaNode list, String port) {
    if (list == null) {
      return YangInstanceIdentifier.of();
    }
    QName name = list.name();
    return YangInstanceIdentifier.of(
        NodeIdentifier.create(QName.create(name, "interfaces")),
        list.identifier(),
        NodeIdentifierWithPredicates.of(name, QName.create(name, "name"), port));
  }
}
