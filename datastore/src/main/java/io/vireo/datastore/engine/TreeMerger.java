package io.vireo.datastore.engine;

import io.vireo.datastore.tree.TreeSchema;
import java.util.List;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.tree.api.DataTree;
import org.opendaylight.yangtools.yang.data.tree.api.DataTreeConfiguration;
import org.opendaylight.yangtools.yang.data.tree.api.DataTreeModification;
import org.opendaylight.yangtools.yang.data.tree.api.DataValidationFailedException;
import org.opendaylight.yangtools.yang.data.tree.api.TreeType;
import org.opendaylight.yangtools.yang.data.tree.impl.ReferenceDataTreeFactory;

/// Lays pages of state over a configuration.
final class TreeMerger {
  private static final DataTreeConfiguration CONFIGURATION =
      DataTreeConfiguration.builder(TreeType.OPERATIONAL)
          .setMandatoryNodesValidation(false)
          .build();
  private static final ReferenceDataTreeFactory FACTORY = new ReferenceDataTreeFactory();

  private TreeMerger() {}

  /// All of them in one tree; later pages win.
  ///
  /// @throws IllegalArgumentException a page does not fit the schema
  static ContainerNode merge(TreeSchema schema, ContainerNode root, List<ContainerNode> pages) {
    if (pages.stream().allMatch(ContainerNode::isEmpty)) {
      return root;
    }
    DataTree tree = FACTORY.create(CONFIGURATION, schema.context());
    DataTreeModification modification = tree.takeSnapshot().newModification();
    modification.write(YangInstanceIdentifier.of(), root);
    for (ContainerNode page : pages) {
      modification.merge(YangInstanceIdentifier.of(), page);
    }
    try {
      modification.ready();
      tree.validate(modification);
      tree.commit(tree.prepare(modification));
    } catch (DataValidationFailedException e) {
      throw new IllegalArgumentException("state that does not fit the schema", e);
    }
    return (ContainerNode)
        tree.takeSnapshot().readNode(YangInstanceIdentifier.of()).orElse(TreeSchema.EMPTY);
  }
}
