package io.vireo.netconf.filter;

import java.util.List;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ChoiceNode;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.UnkeyedListEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.UnkeyedListNode;
import org.opendaylight.yangtools.yang.data.api.schema.UserLeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.UserMapNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

/// Nodes of the same name and kind as others, with some of what these have.
final class Rebuild {
  private Rebuild() {}

  static ContainerNode container(ContainerNode like, List<DataContainerChild> children) {
    return ImmutableNodes.newContainerBuilder()
        .withNodeIdentifier(like.name())
        .withValue(children)
        .build();
  }

  static ChoiceNode choice(ChoiceNode like, List<DataContainerChild> children) {
    return ImmutableNodes.newChoiceBuilder()
        .withNodeIdentifier(like.name())
        .withValue(children)
        .build();
  }

  static MapNode list(MapNode like, List<MapEntryNode> entries) {
    return like instanceof UserMapNode
        ? ImmutableNodes.newUserMapBuilder()
            .withNodeIdentifier(like.name())
            .withValue(entries)
            .build()
        : ImmutableNodes.newSystemMapBuilder()
            .withNodeIdentifier(like.name())
            .withValue(entries)
            .build();
  }

  /// With its keys, be they among the children or not.
  static MapEntryNode entry(MapEntryNode like, List<DataContainerChild> children) {
    MapEntryNode.Builder builder = ImmutableNodes.newMapEntryBuilder();
    builder.withNodeIdentifier(like.name());
    builder.withValue(children);
    for (QName key : like.name().keySet()) {
      DataContainerChild leaf = like.childByArg(NodeIdentifier.create(key));
      if (leaf != null) {
        builder.withChild(leaf);
      }
    }
    return builder.build();
  }

  static UnkeyedListNode unkeyedList(UnkeyedListNode like, List<UnkeyedListEntryNode> entries) {
    return ImmutableNodes.newUnkeyedListBuilder()
        .withNodeIdentifier(like.name())
        .withValue(entries)
        .build();
  }

  static UnkeyedListEntryNode unkeyedEntry(
      UnkeyedListEntryNode like, List<DataContainerChild> children) {
    return ImmutableNodes.newUnkeyedListEntryBuilder()
        .withNodeIdentifier(like.name())
        .withValue(children)
        .build();
  }

  static <T> LeafSetNode<T> leafList(LeafSetNode<T> like, List<LeafSetEntryNode<T>> entries) {
    return like instanceof UserLeafSetNode
        ? ImmutableNodes.<T>newUserLeafSetBuilder()
            .withNodeIdentifier(like.name())
            .withValue(entries)
            .build()
        : ImmutableNodes.<T>newSystemLeafSetBuilder()
            .withNodeIdentifier(like.name())
            .withValue(entries)
            .build();
  }
}
