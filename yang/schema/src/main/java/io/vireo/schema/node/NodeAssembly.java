package io.vireo.schema.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.builder.DataContainerNodeBuilder;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

/// Collects the children of one data node as a document has them, in any order, and puts them under
/// their choices as a data tree has them. One thread, one use.
public final class NodeAssembly {
  private final List<DataContainerChild> direct = new ArrayList<>();
  private @Nullable Map<QName, Alternative> choices;

  /// The case taken of a choice, and what it holds.
  private record Alternative(QName caseName, NodeAssembly content) {}

  /// Adds a child.
  ///
  /// @return false when a child of another case of the same choice is here already (RFC 7950 §7.9)
  public boolean add(SchemaNode child, DataContainerChild data) {
    NodeAssembly target = this;
    for (ChoiceStep step : child.choices()) {
      if (target.choices == null) {
        target.choices = new LinkedHashMap<>();
      }
      Alternative taken =
          target.choices.computeIfAbsent(
              step.choice(), name -> new Alternative(step.caseName(), new NodeAssembly()));
      if (!taken.caseName.equals(step.caseName())) {
        return false;
      }
      target = taken.content;
    }
    target.direct.add(data);
    return true;
  }

  /// Hands everything to a builder.
  public void addTo(DataContainerNodeBuilder<?, ?> builder) {
    direct.forEach(builder::withChild);
    if (choices != null) {
      choices.forEach((name, taken) -> {
        var choice =
            ImmutableNodes.newChoiceBuilder().withNodeIdentifier(NodeIdentifier.create(name));
        taken.content.addTo(choice);
        builder.withChild(choice.build());
      });
    }
  }
}
