package io.vireo.datastore.xpath;

import io.vireo.datastore.tree.NodeLookup;
import io.vireo.schema.node.PathWalk;
import io.vireo.schema.node.SchemaNode;
import io.vireo.schema.node.SchemaTree;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// The tree that expressions see (RFC 7950 §6.4.1).
public final class AccessibleTree {
  /// Whether a default is in use, as far as conditions tell.
  @FunctionalInterface
  public interface DefaultsInUse {
    /// Every default whose node's parent exists and whose case is chosen.
    DefaultsInUse ALL = (parent, leaf) -> true;

    /// @param parent the data node that the leaf would stand in
    boolean test(DataNode parent, SchemaNode leaf);
  }

  /// What stands at mount points (RFC 8528): trees of one schema, each named by the key of the
  /// entry that it is mounted in.
  public record Mounts(SchemaTree schema, Map<String, ContainerNode> roots) {}

  private final SchemaTree schema;
  private final DefaultsInUse defaults;
  private final @Nullable Mounts mounts;
  private final DataNode root;

  public AccessibleTree(SchemaTree schema, ContainerNode data, DefaultsInUse defaults) {
    this(schema, data, defaults, null);
  }

  /// With other trees in their places.
  public AccessibleTree(
      SchemaTree schema, ContainerNode data, DefaultsInUse defaults, @Nullable Mounts mounts) {
    this.schema = schema;
    this.defaults = defaults;
    this.mounts = mounts;
    this.root = new DataNode(this, null, schema.root(), schema.root().identifier(), data, false);
  }

  private AccessibleTree(
      SchemaTree schema,
      DataNode mountedIn,
      SchemaNode mount,
      ContainerNode data,
      DefaultsInUse defaults) {
    this.schema = schema;
    this.defaults = defaults;
    this.mounts = null;
    this.root = new DataNode(this, mountedIn, schema.root(), mount.identifier(), data, false);
  }

  /// The root of the tree that is mounted in an entry; null: none.
  @Nullable DataNode mounted(DataNode entry, SchemaNode mount) {
    if (mounts == null || !(entry.name() instanceof NodeIdentifierWithPredicates keys)) {
      return null;
    }
    ContainerNode data = mounts.roots().get(String.valueOf(keys.values().iterator().next()));
    return data == null
        ? null
        : new AccessibleTree(mounts.schema(), entry, mount, data, defaults).root();
  }

  public SchemaTree schema() {
    return schema;
  }

  /// The node above all others.
  public DataNode root() {
    return root;
  }

  boolean isDefaultInUse(DataNode parent, SchemaNode leaf) {
    return defaults.test(parent, leaf);
  }

  /// A child of a node, whose data is known already.
  ///
  /// @param step the last step of its path
  public DataNode step(DataNode parent, SchemaNode child, PathArgument step, NormalizedNode data) {
    return parent.childOf(child, step, data);
  }

  /// The data node at a path whose steps go through lists and choices, be it implied; null: there
  /// is none.
  public @Nullable DataNode find(YangInstanceIdentifier path) {
    DataNode at = root;
    PathWalk walk = new PathWalk(root.schema());
    NormalizedNode data = root.data();
    List<PathArgument> steps = path.getPathArguments();
    for (int i = 0; i < steps.size(); i++) {
      PathArgument step = steps.get(i);
      NormalizedNode next = NodeLookup.child(data, step);
      if (next == null) {
        return implied(at, walk, steps.subList(i, steps.size()));
      }
      data = next;
      if (walk.take(step)) {
        at = at.childOf(walk.at(), step, data);
      }
    }
    return at;
  }

  // A container without presence, or a default in use: RFC 7950 §9.9 and §9.13 let refer to them.
  private static @Nullable DataNode implied(
      DataNode from, PathWalk walk, List<PathArgument> steps) {
    DataNode at = from;
    for (PathArgument step : steps) {
      boolean isDataNode = walk.take(step);
      if (walk.at().hasEntries()) {
        return null;
      }
      if (isDataNode) {
        DataNode next = at.only(walk.at());
        if (next == null) {
          return null;
        }
        at = next;
      }
    }
    return at;
  }
}
