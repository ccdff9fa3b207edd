package io.vireo.datastore.xpath;

import io.vireo.datastore.tree.NodeLookup;
import io.vireo.schema.node.ChoiceStep;
import io.vireo.schema.node.NodeContent;
import io.vireo.schema.node.NodeKind;
import io.vireo.schema.node.SchemaNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.ChoiceNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.api.schema.UnkeyedListEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.UnkeyedListNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

/// A data node in its place: containers, entries of lists and leaf-lists, leafs. Two are equal
/// where they are the same place of the same tree.
public final class DataNode {
  private final AccessibleTree tree;
  private final @Nullable DataNode parent;
  private final SchemaNode schema;
  private final PathArgument name;
  private final NormalizedNode data;
  private final boolean implied;
  private final int hash;

  DataNode(
      AccessibleTree tree,
      @Nullable DataNode parent,
      SchemaNode schema,
      PathArgument name,
      NormalizedNode data,
      boolean implied) {
    this.tree = tree;
    this.parent = parent;
    this.schema = schema;
    this.name = name;
    this.data = data;
    this.implied = implied;
    this.hash = 31 * (parent == null ? 0 : parent.hash) + name.hashCode();
  }

  public AccessibleTree tree() {
    return tree;
  }

  /// The data node above; null for the root. Above the root of a mounted tree is the entry that it
  /// is mounted in.
  public @Nullable DataNode parent() {
    return parent;
  }

  public SchemaNode schema() {
    return schema;
  }

  /// Its name; a mounted root has that of its mount point.
  QName qualifiedName() {
    return name.getNodeType();
  }

  /// The last step of its path.
  public PathArgument name() {
    return name;
  }

  public NormalizedNode data() {
    return data;
  }

  /// Whether it is not configured: a default, or a container without presence.
  public boolean isImplied() {
    return implied;
  }

  /// Whether it has a value.
  public boolean isLeaf() {
    return schema.kind() == NodeKind.LEAF || schema.kind() == NodeKind.LEAF_LIST;
  }

  /// A leaf's or leaf-list entry's value.
  public Object value() {
    return data.body();
  }

  /// The root of its own tree.
  DataNode top() {
    DataNode at = this;
    while (at.parent != null && at.schema.kind() != NodeKind.ROOT) {
      at = at.parent;
    }
    return at;
  }

  /// The path from its tree's root, through lists and choices.
  public YangInstanceIdentifier path() {
    List<PathArgument> steps = new ArrayList<>();
    for (DataNode at = this;
        at.parent != null && at.schema.kind() != NodeKind.ROOT;
        at = at.parent) {
      if (at.schema.hasEntries() && !(at.name instanceof NodeIdentifier)) {
        steps.add(at.name);
        steps.add(at.schema.identifier());
      } else {
        steps.add(at.name);
      }
      List<ChoiceStep> choices = at.schema.choices();
      for (int i = choices.size() - 1; i >= 0; i--) {
        steps.add(NodeIdentifier.create(choices.get(i).choice()));
      }
    }
    Collections.reverse(steps);
    return YangInstanceIdentifier.of(steps);
  }

  /// The node at or above this one whose schema node is `ancestor`; null: none.
  public @Nullable DataNode ancestor(SchemaNode ancestor) {
    DataNode at = this;
    while (at != null && !at.schema.equals(ancestor)) {
      at = at.parent;
    }
    return at;
  }

  /// Whether a list has an entry of these keys.
  public boolean hasEntry(SchemaNode list, NodeIdentifierWithPredicates keys) {
    return entry(list, keys) != null;
  }

  /// Stands for a child that is not there, or for a list as a whole.
  public DataNode placeholder(SchemaNode child) {
    NormalizedNode nothing =
        child.kind() == NodeKind.LEAF || child.kind() == NodeKind.LEAF_LIST
            ? ImmutableNodes.leafNode(child.identifier(), "")
            : ImmutableNodes.newContainerBuilder().withNodeIdentifier(child.identifier()).build();
    return new DataNode(tree, this, child, child.identifier(), nothing, true);
  }

  DataNode childOf(SchemaNode child, PathArgument step, NormalizedNode content) {
    return new DataNode(tree, this, child, step, content, false);
  }

  /// Hands over all children.
  public void children(Consumer<DataNode> consumer) {
    if (data instanceof DataContainerNode) {
      for (SchemaNode child : schema.children()) {
        children(child, consumer);
      }
    }
  }

  /// Hands over the children of one schema node, implied ones too.
  public void children(SchemaNode child, Consumer<DataNode> consumer) {
    if (!(data instanceof DataContainerNode holder)) {
      return;
    }
    if (child.isMountPoint()) {
      DataNode mounted = tree.mounted(this, child);
      if (mounted != null) {
        consumer.accept(mounted);
        return;
      }
    }
    DataContainerChild found = NodeContent.find(child, holder);
    if (found == null) {
      implied(child, holder, consumer);
    } else {
      children(child, found, consumer);
    }
  }

  /// Hands over the children of one schema node.
  ///
  /// @param found what stands for them in this node's data
  public void children(SchemaNode child, NormalizedNode found, Consumer<DataNode> consumer) {
    switch (found) {
      case MapNode map -> {
        for (MapEntryNode entry : map.body()) {
          consumer.accept(childOf(child, entry.name(), entry));
        }
      }
      case LeafSetNode<?> set -> {
        for (var entry : set.body()) {
          consumer.accept(childOf(child, entry.name(), entry));
        }
      }
      case UnkeyedListNode list -> {
        // Without keys, an entry's number tells it from its like.
        int number = 0;
        for (UnkeyedListEntryNode entry : list.body()) {
          consumer.accept(childOf(child, new NodeWithValue<>(child.name(), number++), entry));
        }
      }
      default -> consumer.accept(childOf(child, found.name(), found));
    }
  }

  /// An entry of a list, by its keys; null: none.
  @Nullable DataNode entry(SchemaNode list, NodeIdentifierWithPredicates keys) {
    if (data instanceof DataContainerNode holder
        && NodeContent.find(list, holder) instanceof MapNode map) {
      NormalizedNode entry = NodeLookup.child(map, keys);
      return entry == null ? null : childOf(list, keys, entry);
    }
    return null;
  }

  /// The only child of a schema node that is no list and no leaf-list; null: none.
  public @Nullable DataNode only(SchemaNode child) {
    List<DataNode> found = new ArrayList<>(1);
    children(child, found::add);
    return found.isEmpty() ? null : found.getFirst();
  }

  // RFC 7950 §6.4.1: containers without presence exist, and defaults that are in use (§7.6.1).
  private void implied(SchemaNode child, DataContainerNode holder, Consumer<DataNode> consumer) {
    if (!child.isConfig()) {
      // State has no defaults in a configuration.
      return;
    }
    switch (child.kind()) {
      case CONTAINER -> {
        if (!child.isPresence()
            && !child.isMountPoint()
            && isCaseInUse(child, holder)
            && tree.isDefaultInUse(this, child)) {
          consumer.accept(
              new DataNode(
                  tree,
                  this,
                  child,
                  child.identifier(),
                  ImmutableNodes.newContainerBuilder()
                      .withNodeIdentifier(child.identifier())
                      .build(),
                  true));
        }
      }
      case LEAF -> {
        for (Object value : child.defaults()) {
          if (isCaseInUse(child, holder) && tree.isDefaultInUse(this, child)) {
            consumer.accept(
                new DataNode(
                    tree,
                    this,
                    child,
                    child.identifier(),
                    ImmutableNodes.leafNode(child.identifier(), value),
                    true));
          }
        }
      }
      case LEAF_LIST -> {
        for (Object value : child.defaults()) {
          if (isCaseInUse(child, holder) && tree.isDefaultInUse(this, child)) {
            NodeWithValue<Object> entry = new NodeWithValue<>(child.name(), value);
            consumer.accept(
                new DataNode(tree, this, child, entry, ImmutableNodes.leafSetEntry(entry), true));
          }
        }
      }
      case LIST, ANYDATA, ROOT -> {}
    }
  }

  // RFC 7950 §7.6.1: the case is chosen, or is the default one of a choice that has none chosen.
  private static boolean isCaseInUse(SchemaNode child, DataContainerNode holder) {
    DataContainerNode at = holder;
    for (ChoiceStep step : child.choices()) {
      DataContainerNode chosen =
          at != null && at.childByArg(step.identifier()) instanceof ChoiceNode c ? c : null;
      if (chosen == null ? !step.isDefaultCase() : !step.isChosen(chosen)) {
        return false;
      }
      at = chosen;
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof DataNode node
            && hash == node.hash
            && schema.equals(node.schema)
            && name.equals(node.name)
            && (parent != null || tree.equals(node.tree))
            && Objects.equals(parent, node.parent));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return path().toString();
  }
}
