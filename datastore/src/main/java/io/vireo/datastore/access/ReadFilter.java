package io.vireo.datastore.access;

import io.vireo.datastore.api.Trees;
import io.vireo.datastore.tree.NodePruning;
import io.vireo.datastore.tree.Place;
import io.vireo.datastore.tree.RouterEntries;
import io.vireo.datastore.tree.TreeSchema;
import io.vireo.datastore.tree.TreeSchemas;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.NodeKind;
import io.vireo.schema.node.SchemaNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ChoiceNode;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DistinctNodeContainer;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.api.schema.UnkeyedListEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.UnkeyedListNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

/// Leaves out what a user may not read, with all below it (RFC 8341 §3.2.4). Keys are read with
/// their entry.
public final class ReadFilter {
  private final TreeSchemas schemas;
  private final UserAccess access;

  public ReadFilter(TreeSchemas schemas, UserAccess access) {
    this.schemas = schemas;
    this.access = access;
  }

  /// What of a state the user may read.
  public Trees filter(Trees trees) {
    if (access.isAlwaysEverywhere(Access.READ)) {
      return trees;
    }
    ContainerNode device = top(trees.device(), null, schemas.device().nodes().root());
    SortedSet<String> seen = RouterEntries.names(device);
    SortedSet<String> before = RouterEntries.names(trees.device());
    SortedMap<String, ContainerNode> routers = new TreeMap<>();
    trees
        .routers()
        .forEach((name, root) -> {
          // A selection may be of the routers' trees alone.
          Place mount = access.mountPlace(name);
          if (mount != null
              && (seen.contains(name) || !before.contains(name))
              && access.maySee(mount)) {
            routers.put(
                name,
                access.isAlwaysInRouters(Access.READ)
                    ? root
                    : top(root, mount, schemas.router().nodes().root()));
          }
        });
    return new Trees(device, routers);
  }

  /// What of a node in a tree the user may read; null: nothing.
  ///
  /// @param path of the node; the user may read what is above
  public @Nullable NormalizedNode readable(
      TreeId tree, YangInstanceIdentifier path, NormalizedNode node) {
    Standing at = access.standing(tree, path);
    Place place = at.place();
    if (place == null || path.isEmpty() || node instanceof ChoiceNode) {
      return inside(node, place, at.schema());
    }
    return at.isWhole()
        ? child(node, at.instance(), at.schema()) // each of its entries is looked at
        : instance(node, place, at.schema());
  }

  private ContainerNode top(ContainerNode root, @Nullable Place at, SchemaNode schema) {
    NormalizedNode kept = inside(root, at, schema);
    return kept instanceof ContainerNode container ? container : TreeSchema.EMPTY;
  }

  /// A node without what of its children may not be read.
  private @Nullable NormalizedNode inside(
      NormalizedNode node, @Nullable Place at, SchemaNode schema) {
    NodePruning pruning = new NodePruning(node);
    for (NormalizedNode child : ((DistinctNodeContainer<?, ?>) node).body()) {
      SchemaNode of =
          child instanceof ChoiceNode ? null : schema.lookup(child.name().getNodeType());
      pruning.replace(child, of == null ? inside(child, at, schema) : child(child, at, of));
    }
    return pruning.finish();
  }

  /// @param of the child's schema
  private @Nullable NormalizedNode child(
      NormalizedNode child, @Nullable Place parent, SchemaNode of) {
    if (of.isKey() || access.isAlways(Access.READ, of)) {
      return child;
    }
    if (access.isNever(Access.READ, of)) {
      return null;
    }
    if (of.hasEntries()
        && child instanceof DistinctNodeContainer<?, ?> entries
        && child.name() instanceof NodeIdentifier) {
      NodePruning pruning = new NodePruning(child);
      for (NormalizedNode entry : entries.body()) {
        pruning.replace(entry, instance(entry, new Place(parent, of, entry.name()), of));
      }
      return pruning.finish();
    }
    Place place = new Place(parent, of, null);
    return child instanceof UnkeyedListNode list
        ? unkeyed(list, place, of)
        : instance(child, place, of);
  }

  // RFC 7950 §7.8.2: state may be lists without keys. What is permitted of one entry is of all.
  private @Nullable NormalizedNode unkeyed(UnkeyedListNode list, Place place, SchemaNode of) {
    List<UnkeyedListEntryNode> kept = new ArrayList<>();
    for (UnkeyedListEntryNode entry : list.body()) {
      if (instance(entry, place, of) instanceof UnkeyedListEntryNode left) {
        kept.add(left);
      }
    }
    return kept.isEmpty()
        ? null
        : ImmutableNodes.newUnkeyedListBuilder()
            .withNodeIdentifier(list.name())
            .withValue(kept)
            .build();
  }

  private @Nullable NormalizedNode instance(NormalizedNode node, Place place, SchemaNode of) {
    if (!access.may(Access.READ, place)) {
      return null;
    }
    boolean inner =
        (of.kind() == NodeKind.CONTAINER || of.kind() == NodeKind.LIST)
            && node instanceof DistinctNodeContainer<?, ?>;
    NormalizedNode kept = inner ? inside(node, place, of) : node;
    // A container that was there is there still, be it empty; so RFC 8341 §3.2.4 has it.
    return kept;
  }
}
