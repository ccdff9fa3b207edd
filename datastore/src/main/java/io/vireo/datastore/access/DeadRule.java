package io.vireo.datastore.access;

import io.vireo.datastore.tree.TreeSchemas;
import io.vireo.schema.node.SchemaNode;
import java.util.List;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;

/// A rule whose path names nothing in the models that are here.
///
/// @param path of the rule, in the device's tree
/// @param permits whether it permits; else it denies
/// @param why what is wrong with its path
public record DeadRule(YangInstanceIdentifier path, String name, boolean permits, String why) {
  /// Those of a configuration.
  public static List<DeadRule> of(TreeSchemas schemas, ContainerNode device) {
    SchemaNode container = schemas.device().nodes().find(AccessRules.NAMESPACE, "nacm");
    return container != null
            && device.childByArg(container.identifier()) instanceof DataContainerNode rules
        ? AccessRules.dead(schemas, container, rules)
        : List.of();
  }
}
