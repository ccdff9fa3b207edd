package io.vireo.datastore.access;

import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.tree.TreeSchemas;
import io.vireo.schema.edit.EditOperation;
import io.vireo.schema.edit.Position;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.NodeKind;
import io.vireo.schema.node.SchemaNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.DistinctNodeContainer;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// Looks at what edits name of that which their user may not read, before they are carried out: he
/// must be permitted to write it, be it there or not and whatever its value. Else he could ask for
/// it by edits that change nothing: one that sets the value that stands is no change, one that
/// removes what is not there neither.
final class NamedCheck {
  private final TreeSchemas schemas;
  private final UserAccess access;
  private final Veil veil;

  NamedCheck(TreeSchemas schemas, UserAccess access) {
    this.schemas = schemas;
    this.access = access;
    this.veil = new Veil(schemas, access);
  }

  /// The first thing denied, or null.
  @Nullable ManagementError find(List<TreeEdit> edits) {
    for (TreeEdit edit : edits) {
      try {
        YangInstanceIdentifier path =
            schemas.of(edit.tree()).require(edit.tree(), edit.operation().path()).path();
        ManagementError error = find(edit.tree(), path, edit.operation());
        if (error != null) {
          return error;
        }
      } catch (ManagementException e) {
        // The schema has no such place: the edit itself is refused for that.
        continue;
      }
    }
    return null;
  }

  private @Nullable ManagementError find(
      TreeId tree, YangInstanceIdentifier path, EditOperation operation) {
    Standing at = access.standing(tree, path);
    return switch (operation) {
      case EditOperation.Merge(var ignored, NormalizedNode node) ->
          written(tree, at, node, Access.UPDATE);
      case EditOperation.Replace(var ignored, NormalizedNode node) ->
          written(tree, at, node, Access.UPDATE);
      case EditOperation.Create(var ignored, NormalizedNode node) ->
          written(tree, at, node, Access.CREATE);
      case EditOperation.Delete(var ignored) -> require(tree, at, Access.DELETE);
      case EditOperation.Remove(var ignored) -> require(tree, at, Access.DELETE);
      case EditOperation.Move(var ignored, Position position) -> {
        ManagementError error = require(tree, at, Access.UPDATE);
        yield error == null ? anchor(tree, path, position) : error;
      }
    };
  }

  // Beside what an entry is put: it is there, or there is an error.
  private @Nullable ManagementError anchor(
      TreeId tree, YangInstanceIdentifier moved, Position position) {
    PathArgument anchor =
        switch (position) {
          case Position.First() -> null;
          case Position.Last() -> null;
          case Position.Before(PathArgument entry) -> entry;
          case Position.After(PathArgument entry) -> entry;
        };
    return anchor == null
        ? null
        : require(tree, access.standing(tree, moved.coerceParent().node(anchor)), Access.UPDATE);
  }

  /// @param ofLeaf what must be permitted of a leaf
  private @Nullable ManagementError written(
      TreeId tree, Standing at, NormalizedNode node, Access ofLeaf) {
    SchemaNode schema = at.schema();
    if (schema.parent() != null
        && access.isAlways(Access.READ, schema)
        && access.maySee(at.instance())) {
      return null;
    }
    if (!(node instanceof DistinctNodeContainer<?, ?> inner)) {
      // An entry of a leaf-list has no other value to get.
      return require(tree, at, schema.kind() == NodeKind.LEAF_LIST ? Access.CREATE : ofLeaf);
    }
    boolean isBare = true;
    for (NormalizedNode child : inner.body()) {
      Standing below = at.child(child);
      if (!below.schema().isKey()) {
        isBare = false;
        ManagementError error = written(tree, below, child, ofLeaf);
        if (error != null) {
          return error;
        }
      }
    }
    return isBare ? require(tree, at, Access.CREATE) : null;
  }

  private @Nullable ManagementError require(TreeId tree, Standing at, Access wanted) {
    return at.place() == null
            || (access.maySee(at.instance())
                && (!at.isWhole() || access.may(Access.READ, at.place())))
            || access.may(wanted, at.place())
        ? null
        : veil.denied(wanted, tree, at.path());
  }
}
