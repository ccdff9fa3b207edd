package io.vireo.datastore.access;

import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.tree.Change;
import io.vireo.datastore.tree.NodeLookup;
import io.vireo.datastore.tree.TreeSchemas;
import io.vireo.datastore.tree.UserOrder;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.NodeKind;
import io.vireo.schema.node.SchemaNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ChoiceNode;
import org.opendaylight.yangtools.yang.data.api.schema.DistinctNodeContainer;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// Finds what of a change its user may not make: exactly the nodes that come, go or get another
/// value are asked for (RFC 8341 §3.2.5 to §3.2.7).
public final class WriteCheck {
  private final UserAccess access;
  private final Veil veil;

  public WriteCheck(TreeSchemas schemas, UserAccess access) {
    this.access = access;
    this.veil = new Veil(schemas, access);
  }

  /// Whether nothing would be found, whatever the change.
  public boolean isNeedless() {
    return access.isAlwaysEverywhere(Access.CREATE)
        && access.isAlwaysEverywhere(Access.UPDATE)
        && access.isAlwaysEverywhere(Access.DELETE);
  }

  /// The first thing denied, or null.
  public @Nullable ManagementError find(Map<TreeId, List<Change>> changes) {
    for (Map.Entry<TreeId, List<Change>> tree : changes.entrySet()) {
      for (Change change : tree.getValue()) {
        Denied denied = find(tree.getKey(), change);
        if (denied != null) {
          return veil.denied(denied.access(), tree.getKey(), denied.path());
        }
      }
    }
    return null;
  }

  /// @param path of the node, in its tree
  private record Denied(Access access, YangInstanceIdentifier path) {}

  private @Nullable Denied find(TreeId tree, Change change) {
    return compare(access.standing(tree, change.path()), change.before(), change.after());
  }

  @SuppressWarnings("ReferenceEquality") // shared nodes are equal without a look
  private @Nullable Denied compare(
      Standing at, @Nullable NormalizedNode before, @Nullable NormalizedNode after) {
    if (before == after) {
      return null;
    }
    if (before == null || after == null) {
      NormalizedNode there = before == null ? after : before;
      return there == null
          ? null
          : whole(before == null ? Access.CREATE : Access.DELETE, at, there);
    }
    if (!(before instanceof DistinctNodeContainer<?, ?> one)
        || !(after instanceof DistinctNodeContainer<?, ?> other)) {
      return before.equals(after) ? null : require(Access.UPDATE, at);
    }
    if (at.isWhole() && at.schema().isUserOrdered()) {
      // RFC 7950 §7.7.7: the order is the user's, and so a value of each entry. One is moved by
      // moving others around it, too: in a list of which the first match decides, that disarms it.
      for (NormalizedNode entry : UserOrder.reordered(one, other)) {
        Denied denied = require(Access.UPDATE, at.child(entry));
        if (denied != null) {
          return denied;
        }
      }
    }
    for (NormalizedNode child : one.body()) {
      Denied denied = compare(at.child(child), child, NodeLookup.child(after, child.name()));
      if (denied != null) {
        return denied;
      }
    }
    for (NormalizedNode child : other.body()) {
      if (NodeLookup.child(before, child.name()) == null) {
        Denied denied = compare(at.child(child), null, child);
        if (denied != null) {
          return denied;
        }
      }
    }
    return null;
  }

  /// A node that comes or goes, with all below it.
  private @Nullable Denied whole(Access wanted, Standing at, NormalizedNode node) {
    SchemaNode schema = at.schema();
    if (at.place() != null && schema.parent() != null && access.isAlways(wanted, schema)) {
      return null;
    }
    if (isAskedFor(at, node)) {
      Denied denied = require(wanted, at);
      if (denied != null) {
        return denied;
      }
    }
    if (node instanceof DistinctNodeContainer<?, ?> inner) {
      for (NormalizedNode child : inner.body()) {
        Denied denied = whole(wanted, at.child(child), child);
        if (denied != null) {
          return denied;
        }
      }
    }
    return null;
  }

  // Not the top, a list as a whole or a choice; nor a container without presence, which comes and
  // goes with what is in it (RFC 7950 §7.5.1).
  private static boolean isAskedFor(Standing at, NormalizedNode node) {
    SchemaNode schema = at.schema();
    return schema.parent() != null
        && !at.isWhole()
        && (schema.kind() != NodeKind.CONTAINER || schema.isPresence())
        && !(node instanceof ChoiceNode);
  }

  private @Nullable Denied require(Access wanted, Standing at) {
    return at.place() == null || access.may(wanted, at.place())
        ? null
        : new Denied(wanted, at.path());
  }
}
