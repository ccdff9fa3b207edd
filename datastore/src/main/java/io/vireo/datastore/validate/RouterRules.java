package io.vireo.datastore.validate;

import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementError;
import io.vireo.schema.edit.TreeId;
import java.util.List;
import java.util.Set;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNodes;

/// What holds in a virtual router's tree and is written out here until XPath is evaluated.
final class RouterRules {
  private static final QName ROUTING =
      QName.create("urn:ietf:params:xml:ns:yang:ietf-routing", "2018-03-13", "routing");
  private static final QName PROTOCOLS = QName.create(ROUTING, "control-plane-protocols");
  private static final QName PROTOCOL = QName.create(ROUTING, "control-plane-protocol");
  private static final QName TYPE = QName.create(ROUTING, "type");
  private static final QName STATIC = QName.create(ROUTING, "static");
  private static final QName STATIC_ROUTES = QName.create(ROUTING, "static-routes");

  private static final YangInstanceIdentifier LIST =
      YangInstanceIdentifier.of(ROUTING, PROTOCOLS, PROTOCOL);

  private RouterRules() {}

  static void check(
      TreeId tree,
      ContainerNode router,
      Set<YangInstanceIdentifier> touched,
      List<ManagementError> errors) {
    boolean concerned =
        touched.stream().anyMatch(path -> path.contains(LIST) || LIST.contains(path));
    if (concerned
        && NormalizedNodes.findNode(router, LIST).orElse(null) instanceof MapNode protocols) {
      for (MapEntryNode protocol : protocols.body()) {
        staticRoutes(tree, protocol, errors);
      }
    }
  }

  // RFC 8349 §5.3: static-routes exists when the protocol's type is static.
  private static void staticRoutes(
      TreeId tree, MapEntryNode protocol, List<ManagementError> errors) {
    NodeIdentifier routes = NodeIdentifier.create(STATIC_ROUTES);
    Object type = protocol.name().getValue(TYPE);
    if (protocol.childByArg(routes) != null && !STATIC.equals(type)) {
      String name = type instanceof QName identity ? identity.getLocalName() : String.valueOf(type);
      errors.add(
          ManagementError.at(
              tree,
              LIST.node(protocol.name()).node(routes),
              ErrorTag.UNKNOWN_ELEMENT,
              "static-routes belong to a protocol of type 'static', not of type '" + name + "'"));
    }
  }
}
