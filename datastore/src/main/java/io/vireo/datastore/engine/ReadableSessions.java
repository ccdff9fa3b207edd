package io.vireo.datastore.engine;

import io.vireo.datastore.access.AccessControl;
import io.vireo.datastore.api.Caller;
import io.vireo.datastore.api.SessionInfo;
import io.vireo.datastore.tree.TreeSchemas;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.SchemaNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.Uint32;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;

/// The open sessions as far as a user may read them where RFC 6022 §2.1.3 has them.
final class ReadableSessions {
  private static final String NAMESPACE = "urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring";
  // What a SessionInfo tells.
  private static final List<String> LEAFS = List.of("username", "source-host", "login-time");

  private ReadableSessions() {}

  static List<SessionInfo> of(
      List<SessionInfo> open, TreeSchemas schemas, AccessControl access, Caller caller) {
    SchemaNode list =
        schemas.device().nodes().find(NAMESPACE, "netconf-state", "sessions", "session");
    return open.stream().filter(each -> isReadable(each, list, access, caller)).toList();
  }

  private static boolean isReadable(
      SessionInfo session, @Nullable SchemaNode list, AccessControl access, Caller caller) {
    if (list == null) {
      return true; // no rule can be about it
    }
    QName name = list.name();
    YangInstanceIdentifier entry =
        YangInstanceIdentifier.of(
            NodeIdentifier.create(QName.create(name, "netconf-state")),
            NodeIdentifier.create(QName.create(name, "sessions")),
            list.identifier(),
            NodeIdentifierWithPredicates.of(
                name, QName.create(name, "session-id"), Uint32.valueOf(session.id())));
    return LEAFS.stream()
        .map(leaf -> entry.node(QName.create(name, leaf)))
        .allMatch(leaf -> access.maySee(caller, TreeId.DEVICE, leaf));
  }
}
