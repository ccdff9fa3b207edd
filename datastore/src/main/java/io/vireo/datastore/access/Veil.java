package io.vireo.datastore.access;

import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.tree.RouterEntries;
import io.vireo.datastore.tree.TreeSchemas;
import io.vireo.schema.edit.TreeId;
import java.util.EnumSet;
import java.util.Set;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;

/// What a refusal may tell its user. Of a node that the user may not read, neither its keys nor
/// whether it is there: such a refusal names the deepest node above that may be read, and is the
/// same for all that may be below it (RFC 8341 §3.2.4: what may not be read is as if it were not).
final class Veil {
  // They tell whether a node is there.
  private static final Set<ErrorTag> TELLING =
      EnumSet.of(ErrorTag.DATA_EXISTS, ErrorTag.DATA_MISSING);

  private final TreeSchemas schemas;
  private final UserAccess access;

  Veil(TreeSchemas schemas, UserAccess access) {
    this.schemas = schemas;
    this.access = access;
  }

  /// What a user sees of a node.
  ///
  /// @param isAll whether it is the node itself, and not one above
  private record Seen(TreeId tree, YangInstanceIdentifier path, boolean isAll) {}

  private Seen seen(TreeId tree, YangInstanceIdentifier path) {
    if (access.maySee(tree, path)) {
      return new Seen(tree, path, true);
    }
    TreeId at = tree;
    YangInstanceIdentifier above = path;
    if (tree instanceof TreeId.Router(String name)
        && !access.maySee(tree, YangInstanceIdentifier.of())) {
      at = TreeId.DEVICE;
      above = RouterEntries.path(name);
    }
    while (!access.maySee(at, above)) {
      above = above.coerceParent();
    }
    return new Seen(at, above, false);
  }

  /// An error that begins with the name of a node.
  ManagementError at(TreeId tree, YangInstanceIdentifier path, ErrorTag tag, String message) {
    Seen seen = seen(tree, path);
    return ManagementError.at(
        seen.tree(),
        seen.path(),
        tag,
        (seen.isAll() ? "" : "something below ") + text(seen) + " " + message);
  }

  private String text(Seen seen) {
    return schemas.of(seen.tree()).text(seen.path())
        + (seen.tree() instanceof TreeId.Router ? " of " + seen.tree() : "");
  }

  /// The refusal of an access.
  ManagementError denied(Access denied, TreeId tree, YangInstanceIdentifier path) {
    Seen seen = seen(tree, path);
    return ManagementError.at(
        seen.tree(),
        seen.path(),
        ErrorTag.ACCESS_DENIED,
        seen.isAll()
            ? "you may not " + denied.yangName() + " " + text(seen)
            // Which access it is would tell whether the node is there.
            : "you may not change something below " + text(seen));
  }

  /// A refusal as its user may be told it.
  ManagementError over(ManagementError error) {
    YangInstanceIdentifier path = error.path();
    return path != null && TELLING.contains(error.tag()) && !access.maySee(error.tree(), path)
        ? denied(Access.UPDATE, error.tree(), path)
        : error;
  }
}
