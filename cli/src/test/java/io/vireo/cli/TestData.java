package io.vireo.cli;

import io.vireo.cli.schema.BadValueException;
import io.vireo.cli.schema.CliNode;
import io.vireo.cli.schema.ValueText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.LeafNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

/// Data trees written as maps of names: a list is a list of maps.
final class TestData {
  private TestData() {}

  static ContainerNode container(CliNode node, Map<String, ?> content) {
    var builder =
        ImmutableNodes.newContainerBuilder().withNodeIdentifier(new NodeIdentifier(node.qname()));
    children(node, content).forEach(builder::withChild);
    return builder.build();
  }

  private static List<DataContainerChild> children(CliNode node, Map<String, ?> content) {
    List<DataContainerChild> children = new ArrayList<>();
    content.forEach((name, value) -> {
      CliNode child =
          named(node, name).orElseThrow(() -> new AssertionError(node + " has no " + name));
      DataContainerChild data = child(child, value);
      for (CliNode.Via via : child.via().reversed()) {
        NodeIdentifier choice = new NodeIdentifier(via.choice());
        DataContainerChild inner = data;
        data =
            ImmutableNodes.newChoiceBuilder().withNodeIdentifier(choice).withChild(inner).build();
      }
      children.add(data);
    });
    return children;
  }

  // `module:name`, or the name alone where it is one child's only.
  private static Optional<CliNode> named(CliNode node, String name) {
    int colon = name.indexOf(':');
    return colon < 0
        ? node.child(name)
        : node.children().stream()
            .filter(each -> each.name().equals(name.substring(colon + 1)))
            .filter(each ->
                each.qname().getNamespace().toString().endsWith(":" + name.substring(0, colon)))
            .findFirst();
  }

  @SuppressWarnings("unchecked")
  private static DataContainerChild child(CliNode node, Object value) {
    NodeIdentifier id = new NodeIdentifier(node.qname());
    return switch (node.kind()) {
      case LEAF -> ImmutableNodes.leafNode(id, parse(node, value.toString()));
      case CONTAINER -> container(node, (Map<String, ?>) value);
      case LIST -> list(node, id, (List<Map<String, ?>>) value);
      case LEAF_LIST, ANY -> throw new AssertionError(node);
    };
  }

  private static Object parse(CliNode leaf, String text) {
    try {
      return ValueText.parse(leaf, text);
    } catch (BadValueException e) {
      throw new AssertionError(leaf.toString(), e);
    }
  }

  private static DataContainerChild list(
      CliNode node, NodeIdentifier id, List<Map<String, ?>> entries) {
    if (node.keys().isEmpty()) {
      var list = ImmutableNodes.newUnkeyedListBuilder().withNodeIdentifier(id);
      for (Map<String, ?> entry : entries) {
        var builder = ImmutableNodes.newUnkeyedListEntryBuilder().withNodeIdentifier(id);
        children(node, entry).forEach(builder::withChild);
        list.withChild(builder.build());
      }
      return list.build();
    }
    var map = ImmutableNodes.newSystemMapBuilder().withNodeIdentifier(id);
    for (Map<String, ?> entry : entries) {
      List<DataContainerChild> children = children(node, entry);
      Map<QName, Object> keys = new LinkedHashMap<>();
      for (CliNode key : node.keys()) {
        children.stream()
            .filter(c -> c.name().getNodeType().equals(key.qname()))
            .forEach(c -> keys.put(key.qname(), ((LeafNode<?>) c).body()));
      }
      var builder =
          ImmutableNodes.newMapEntryBuilder()
              .withNodeIdentifier(NodeIdentifierWithPredicates.of(node.qname(), keys));
      children.forEach(builder::withChild);
      map.withChild(builder.build());
    }
    return map.build();
  }
}
