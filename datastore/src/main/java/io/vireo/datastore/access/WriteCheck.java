package io.vireo.datastore.access;

import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.tree.Change;
import io.vireo.datastore.tree.NodeLookup;
import io.vireo.datastore.tree.Place;
import io.vireo.datastore.tree.TreeSchemas;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.NodeKind;
import io.vireo.schema.node.SchemaNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.DistinctNodeContainer;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// Finds what of a change its user may not make: exactly the nodes that come, go or get another
/// value are asked for (RFC 8341 §3.2.5 to §3.2.7).
public final class WriteCheck {
  private final TreeSchemas schemas;
  private final UserAccess access;

  public WriteCheck(TreeSchemas schemas, UserAccess access) {
    this.schemas = schemas;
    this.access = access;
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
          return error(tree.getKey(), denied);
        }
      }
    }
    return null;
  }

  /// @param path of the node, in its tree
  private record Denied(Access access, YangInstanceIdentifier path) {}

  private ManagementError error(TreeId tree, Denied denied) {
    return ManagementError.at(
        tree,
        denied.path(),
        ErrorTag.ACCESS_DENIED,
        "you may not "
            + denied.access().yangName()
            + " "
            + schemas.of(tree).text(denied.path())
            + (tree instanceof TreeId.Router ? " of " + tree : ""));
  }

  private @Nullable Denied find(TreeId tree, Change change) {
    SchemaNode at = schemas.of(tree).nodes().root();
    Place place = tree instanceof TreeId.Router(String name) ? access.mountPlace(name) : null;
    List<PathArgument> steps = change.path().getPathArguments();
    for (int i = 0; i < steps.size(); i++) {
      PathArgument step = steps.get(i);
      SchemaNode child = step(at, step);
      if (child == null) {
        continue; // a choice
      }
      boolean isEntry = !(step instanceof NodeIdentifier);
      if (child.hasEntries() && !isEntry && i + 1 < steps.size()) {
        continue; // the entry's own step follows
      }
      at = child;
      place = new Place(place, child, isEntry ? step : null);
    }
    return compare(place, at, change.path(), change.before(), change.after());
  }

  private static @Nullable SchemaNode step(SchemaNode at, PathArgument step) {
    return at.lookup(step.getNodeType());
  }

  @SuppressWarnings("ReferenceEquality") // shared nodes are equal without a look
  private @Nullable Denied compare(
      @Nullable Place place,
      SchemaNode schema,
      YangInstanceIdentifier path,
      @Nullable NormalizedNode before,
      @Nullable NormalizedNode after) {
    if (before == after) {
      return null;
    }
    if (before == null || after == null) {
      NormalizedNode there = before == null ? after : before;
      return there == null
          ? null
          : whole(before == null ? Access.CREATE : Access.DELETE, place, schema, path, there);
    }
    if (!(before instanceof DistinctNodeContainer<?, ?> one)
        || !(after instanceof DistinctNodeContainer<?, ?> other)) {
      return before.equals(after) ? null : require(Access.UPDATE, place, path);
    }
    boolean list = schema.hasEntries() && before.name() instanceof NodeIdentifier;
    if (list && schema.isUserOrdered()) {
      // Its order is its own; entries that came or went are looked at below.
      Denied denied = require(Access.UPDATE, place, path);
      if (denied != null) {
        return denied;
      }
    }
    for (NormalizedNode child : one.body()) {
      Denied denied =
          inside(place, schema, path, child, NodeLookup.child(after, child.name()), true);
      if (denied != null) {
        return denied;
      }
    }
    for (NormalizedNode child : other.body()) {
      if (NodeLookup.child(before, child.name()) == null) {
        Denied denied = inside(place, schema, path, child, null, false);
        if (denied != null) {
          return denied;
        }
      }
    }
    return null;
  }

  // A child and its other side.
  private @Nullable Denied inside(
      @Nullable Place place,
      SchemaNode schema,
      YangInstanceIdentifier path,
      NormalizedNode child,
      @Nullable NormalizedNode other,
      boolean isBefore) {
    NormalizedNode before = isBefore ? child : other;
    NormalizedNode after = isBefore ? other : child;
    YangInstanceIdentifier below = path.node(child.name());
    if (schema.hasEntries() && !(child.name() instanceof NodeIdentifier)) {
      Place above = place == null ? null : place.parent();
      return compare(new Place(above, schema, child.name()), schema, below, before, after);
    }
    SchemaNode of = schema.lookup(child.name().getNodeType());
    return of == null
        ? compare(place, schema, below, before, after) // a choice
        : compare(new Place(place, of, null), of, below, before, after);
  }

  /// A node that comes or goes, with all below it.
  private @Nullable Denied whole(
      Access wanted,
      @Nullable Place place,
      SchemaNode schema,
      YangInstanceIdentifier path,
      NormalizedNode node) {
    if (place != null && schema.parent() != null && access.isAlways(wanted, schema)) {
      return null;
    }
    if (isAskedFor(schema, node)) {
      Denied denied = require(wanted, place, path);
      if (denied != null) {
        return denied;
      }
    }
    if (node instanceof DistinctNodeContainer<?, ?> inner) {
      for (NormalizedNode child : inner.body()) {
        Denied denied =
            wanted == Access.CREATE
                ? inside(place, schema, path, child, null, false)
                : inside(place, schema, path, child, null, true);
        if (denied != null) {
          return denied;
        }
      }
    }
    return null;
  }

  // Not the top, a list as a whole or a choice; nor a container without presence, which comes and
  // goes with what is in it (RFC 7950 §7.5.1).
  private static boolean isAskedFor(SchemaNode schema, NormalizedNode node) {
    return schema.parent() != null
        && (!schema.hasEntries() || !(node.name() instanceof NodeIdentifier))
        && (schema.kind() != NodeKind.CONTAINER || schema.isPresence())
        && node.name().getNodeType().equals(schema.name());
  }

  private @Nullable Denied require(
      Access wanted, @Nullable Place place, YangInstanceIdentifier path) {
    return place == null || access.may(wanted, place) ? null : new Denied(wanted, path);
  }
}
