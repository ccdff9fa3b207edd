package io.vireo.datastore.engine;

import io.vireo.datastore.access.UserAccess;
import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementError.ErrorType;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.PartialLock;
import io.vireo.datastore.api.Trees;
import io.vireo.datastore.tree.TreeSchemas;
import io.vireo.datastore.xpath.XPathFault;
import io.vireo.datastore.xpath.XPathQuery;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.SchemaTree;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.model.api.Module;

/// What a partial lock is to be about: the nodes that expressions give now (RFC 5717 §2.4.1), as
/// far as the user may see them.
final class LockScope {
  private final SchemaTree device;
  private final SchemaTree router;

  LockScope(TreeSchemas schemas) {
    device = schemas.device().nodes();
    router = schemas.router().nodes();
  }

  /// @param select expressions with module names for prefixes
  List<PartialLock.Node> nodes(Trees running, List<String> select, UserAccess access)
      throws ManagementException {
    Set<PartialLock.Node> nodes = new LinkedHashSet<>();
    for (String text : select) {
      XPathQuery query;
      try {
        query = XPathQuery.of(device, router, text, this::namespaceOf);
      } catch (XPathFault e) {
        throw refusal(ErrorTag.INVALID_VALUE, "invalid-lock-specification", text, e);
      }
      try {
        for (XPathQuery.Selected found : query.ask(running).nodes()) {
          if (access.maySee(found.tree(), found.path())) {
            nodes.add(new PartialLock.Node(found.tree(), found.path()));
          }
        }
      } catch (XPathFault e) {
        throw refusal(ErrorTag.INVALID_VALUE, "not-a-node-set", text, e);
      }
    }
    if (nodes.isEmpty()) {
      throw new ManagementException(
          new ManagementError(
              ErrorType.PROTOCOL,
              ErrorTag.OPERATION_FAILED,
              "no-matches",
              TreeId.DEVICE,
              null,
              "running has nothing at " + String.join(", ", select),
              Map.of()));
    }
    return List.copyOf(nodes);
  }

  private @Nullable String namespaceOf(String module) {
    for (SchemaTree tree : List.of(device, router)) {
      for (Module each : tree.context().model().findModules(module)) {
        return each.getNamespace().toString();
      }
    }
    return null;
  }

  private static ManagementException refusal(
      ErrorTag tag, String appTag, String text, XPathFault fault) {
    ManagementException refusal =
        new ManagementException(
            new ManagementError(
                ErrorType.PROTOCOL,
                tag,
                appTag,
                TreeId.DEVICE,
                null,
                "'" + text + "': " + fault.getMessage(),
                Map.of()));
    refusal.initCause(fault);
    return refusal;
  }
}
