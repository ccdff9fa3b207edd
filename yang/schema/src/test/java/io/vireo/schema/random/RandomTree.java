package io.vireo.schema.random;

import io.vireo.schema.node.ChoiceStep;
import io.vireo.schema.node.NodeAssembly;
import io.vireo.schema.node.NodeKind;
import io.vireo.schema.node.SchemaNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.builder.CollectionNodeBuilder;
import org.opendaylight.yangtools.yang.data.api.schema.builder.ListNodeBuilder;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;
import org.opendaylight.yangtools.yang.model.api.MandatoryAware;

/// A tree that fits its schema's types, lists and choices, drawn from a seed. `must`, `when`,
/// mandatory and leafref targets are not heeded, but by luck: [#config] draws from few values.
public final class RandomTree {
  private static final int MAX_DEPTH = 12;
  private static final int MAX_ENTRIES = 3;
  private static final int MANY_VALUES = 28;
  private static final int FEW_VALUES = 3;

  private final Random random;
  private final RandomValue values;
  private final boolean complete;
  private final boolean configOnly;

  private RandomTree(long seed, boolean complete, boolean configOnly) {
    this.random = new Random(seed);
    this.values = new RandomValue(random, configOnly ? FEW_VALUES : MANY_VALUES);
    this.complete = complete;
    this.configOnly = configOnly;
  }

  /// About half of all nodes that may be there.
  public static ContainerNode sparse(SchemaNode root, long seed) {
    return new RandomTree(seed, false, false).container(root, 0);
  }

  /// Every node that may be there, of each choice one case.
  public static ContainerNode complete(SchemaNode root, long seed) {
    return new RandomTree(seed, true, false).container(root, 0);
  }

  /// Configuration that is often valid: mandatory nodes are nearly always there, values repeat.
  public static ContainerNode config(SchemaNode root, long seed) {
    return new RandomTree(seed, false, true).container(root, 0);
  }

  private ContainerNode container(SchemaNode schema, int depth) {
    var builder = ImmutableNodes.newContainerBuilder().withNodeIdentifier(schema.identifier());
    content(schema, depth, Map.of()).addTo(builder);
    return builder.build();
  }

  private NodeAssembly content(SchemaNode schema, int depth, Map<QName, Object> keys) {
    NodeAssembly assembly = new NodeAssembly();
    Map<QName, QName> cases = new HashMap<>();
    for (SchemaNode child : schema.children()) {
      Object key = keys.get(child.name());
      if (key != null) {
        assembly.add(child, ImmutableNodes.leafNode(child.identifier(), key));
      } else if ((!configOnly || child.isConfig())
          && wanted(child, depth)
          && inChosenCase(schema, child, cases)) {
        DataContainerChild data = node(child, depth + 1);
        if (data != null) {
          assembly.add(child, data);
        }
      }
    }
    return assembly;
  }

  private boolean wanted(SchemaNode child, int depth) {
    if (depth >= MAX_DEPTH) {
      return false;
    }
    if (!configOnly) {
      return complete || random.nextBoolean();
    }
    boolean needed =
        child.schema() instanceof MandatoryAware aware && aware.isMandatory()
            || child.kind() == NodeKind.CONTAINER && !child.isPresence();
    return random.nextInt(100) < (needed ? 97 : 35);
  }

  /// Draws the case of each choice passed, once for each content.
  private boolean inChosenCase(SchemaNode parent, SchemaNode child, Map<QName, QName> cases) {
    for (ChoiceStep step : child.choices()) {
      var names =
          parent.children().stream()
              .flatMap(node -> node.choices().stream())
              .filter(other -> other.choice().equals(step.choice()))
              .map(ChoiceStep::caseName)
              .distinct()
              .toList();
      QName chosen =
          cases.computeIfAbsent(step.choice(), name -> names.get(random.nextInt(names.size())));
      if (!chosen.equals(step.caseName())) {
        return false;
      }
    }
    return true;
  }

  private @Nullable DataContainerChild node(SchemaNode schema, int depth) {
    return switch (schema.kind()) {
      case ROOT, CONTAINER -> {
        ContainerNode container = container(schema, depth);
        yield container.isEmpty() && !schema.isPresence() ? null : container;
      }
      case LIST -> schema.keys().isEmpty() ? unkeyed(schema, depth) : map(schema, depth);
      case LEAF -> {
        Object value = values.of(schema);
        yield value == null ? null : ImmutableNodes.leafNode(schema.identifier(), value);
      }
      case LEAF_LIST -> leafList(schema);
      case ANYDATA -> null;
    };
  }

  private @Nullable DataContainerChild map(SchemaNode schema, int depth) {
    CollectionNodeBuilder<MapEntryNode, ? extends DataContainerChild> map =
        schema.isUserOrdered()
            ? ImmutableNodes.newUserMapBuilder().withNodeIdentifier(schema.identifier())
            : ImmutableNodes.newSystemMapBuilder().withNodeIdentifier(schema.identifier());
    int entries = 1 + random.nextInt(MAX_ENTRIES);
    for (int i = 0; i < entries; i++) {
      Map<QName, Object> keys = new LinkedHashMap<>();
      for (QName name : schema.keys()) {
        Object value = values.of(schema.require(name));
        if (value == null) {
          return null;
        }
        keys.put(name, value);
      }
      var entry =
          ImmutableNodes.newMapEntryBuilder()
              .withNodeIdentifier(NodeIdentifierWithPredicates.of(schema.name(), keys));
      content(schema, depth, keys).addTo(entry);
      map.withChild(entry.build());
    }
    return map.build();
  }

  private DataContainerChild unkeyed(SchemaNode schema, int depth) {
    var list = ImmutableNodes.newUnkeyedListBuilder().withNodeIdentifier(schema.identifier());
    int entries = 1 + random.nextInt(MAX_ENTRIES);
    for (int i = 0; i < entries; i++) {
      var entry =
          ImmutableNodes.newUnkeyedListEntryBuilder().withNodeIdentifier(schema.identifier());
      content(schema, depth, Map.of()).addTo(entry);
      list.withChild(entry.build());
    }
    return list.build();
  }

  private @Nullable DataContainerChild leafList(SchemaNode schema) {
    ListNodeBuilder<Object, ? extends DataContainerChild> list =
        schema.isUserOrdered()
            ? ImmutableNodes.<Object>newUserLeafSetBuilder().withNodeIdentifier(schema.identifier())
            : ImmutableNodes.<Object>newSystemLeafSetBuilder()
                .withNodeIdentifier(schema.identifier());
    int entries = 1 + random.nextInt(MAX_ENTRIES);
    for (int i = 0; i < entries; i++) {
      Object value = values.of(schema);
      if (value == null) {
        return null;
      }
      list.withChild(ImmutableNodes.leafSetEntry(new NodeWithValue<>(schema.name(), value)));
    }
    return list.build();
  }
}
