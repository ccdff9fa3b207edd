package io.vireo.datastore.access;

import io.vireo.datastore.api.StateSource;
import io.vireo.datastore.tree.TreeSchema;
import io.vireo.schema.node.SchemaNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.Uint32;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

/// How often something was denied (RFC 8341 §3.5.2: `denied-operations` and its like).
///
/// @param nacm the schema of `/nacm`
public record AccessState(SchemaNode nacm, AccessControl access) implements StateSource {
  /// That of ietf-netconf-acm.
  public static final String NAMESPACE = AccessRules.NAMESPACE;

  @Override
  public Set<QName> nodes() {
    return Set.of(nacm.name());
  }

  @Override
  public ContainerNode read() {
    AccessControl.Denied denied = access.denied();
    List<DataContainerChild> counters =
        Map.of(
                "denied-operations", denied.operations(),
                "denied-data-writes", denied.dataWrites(),
                "denied-notifications", denied.notifications())
            .entrySet()
            .stream()
            .<DataContainerChild>map(counter ->
                ImmutableNodes.leafNode(
                    QName.create(nacm.name(), counter.getKey()),
                    Uint32.valueOf(counter.getValue() & 0xffff_ffffL)))
            .toList();
    return ImmutableNodes.newContainerBuilder()
        .withNodeIdentifier(TreeSchema.EMPTY.name())
        .withChild(
            ImmutableNodes.newContainerBuilder()
                .withNodeIdentifier(nacm.identifier())
                .withValue(counters)
                .build())
        .build();
  }
}
