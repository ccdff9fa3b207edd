package io.vireo.datastore.tree;

import java.util.List;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.ChoiceNode;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.api.schema.SystemLeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.SystemMapNode;
import org.opendaylight.yangtools.yang.data.api.schema.UnkeyedListEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.UserLeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.UserMapNode;
import org.opendaylight.yangtools.yang.data.api.schema.builder.NormalizedNodeContainerBuilder;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;
import org.opendaylight.yangtools.yang.model.api.ChoiceSchemaNode;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.LeafListSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ListSchemaNode;

/// A copy of an immutable inner node in the making: children are put in or taken out, all others
/// are shared with the original. Making one costs the number of a container's children; of a list
/// whose order is the system's it costs next to nothing, whatever its size: large ones are tries
/// that are copied as they are changed. A user-ordered list is copied whole.
///
/// One thread, one use.
@SuppressWarnings({"rawtypes", "unchecked"})
public final class NodeDraft {
  private static final NormalizedNode.BuilderFactory FACTORY = ImmutableNodes.builderFactory();

  private final NormalizedNodeContainerBuilder builder;

  private NodeDraft(NormalizedNodeContainerBuilder builder) {
    this.builder = builder;
  }

  /// A copy of a node that has children.
  public static NodeDraft of(NormalizedNode original) {
    return new NodeDraft(
        switch (original) {
          case ContainerNode container -> FACTORY.newContainerBuilder(container);
          case ChoiceNode choice -> FACTORY.newChoiceBuilder(choice);
          case MapEntryNode entry -> FACTORY.newMapEntryBuilder(entry);
          case SystemMapNode map -> FACTORY.newSystemMapBuilder(map);
          case UserMapNode map -> FACTORY.newUserMapBuilder(map);
          case SystemLeafSetNode<?> set -> FACTORY.newSystemLeafSetBuilder(set);
          case UserLeafSetNode<?> set -> FACTORY.newUserLeafSetBuilder(set);
          case UnkeyedListEntryNode entry ->
              FACTORY
                  .newUnkeyedListEntryBuilder()
                  .withNodeIdentifier(entry.name())
                  .withValue(List.copyOf(entry.body()));
          default -> throw new IllegalArgumentException(original.contract() + " has no children");
        });
  }

  /// A node without children: a container, choice, list or leaf-list, or an entry, which has its
  /// keys.
  ///
  /// @param schema the node's schema
  /// @param name its last path step
  public static NodeDraft empty(DataSchemaNode schema, PathArgument name) {
    if (name instanceof NodeIdentifierWithPredicates entry) {
      NodeDraft draft = new NodeDraft(FACTORY.newMapEntryBuilder().withNodeIdentifier(entry));
      entry
          .entrySet()
          .forEach(key -> draft.put(ImmutableNodes.leafNode(key.getKey(), key.getValue())));
      return draft;
    }
    NodeIdentifier plain = (NodeIdentifier) name;
    return new NodeDraft(
        switch (schema) {
          case ChoiceSchemaNode choice -> FACTORY.newChoiceBuilder().withNodeIdentifier(plain);
          case ListSchemaNode list ->
              list.isUserOrdered()
                  ? FACTORY.newUserMapBuilder().withNodeIdentifier(plain)
                  : FACTORY.newSystemMapBuilder().withNodeIdentifier(plain);
          case LeafListSchemaNode set ->
              set.isUserOrdered()
                  ? FACTORY.newUserLeafSetBuilder().withNodeIdentifier(plain)
                  : FACTORY.newSystemLeafSetBuilder().withNodeIdentifier(plain);
          default -> FACTORY.newContainerBuilder().withNodeIdentifier(plain);
        });
  }

  /// Puts a child in, in the place of its namesake if there is one, else last.
  public NodeDraft put(NormalizedNode child) {
    builder.addChild(child);
    return this;
  }

  /// Takes a child out, if it is there.
  public NodeDraft take(PathArgument child) {
    builder.removeChild(child);
    return this;
  }

  public NormalizedNode build() {
    return builder.build();
  }
}
