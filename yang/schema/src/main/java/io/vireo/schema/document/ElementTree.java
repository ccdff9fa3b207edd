package io.vireo.schema.document;

import io.vireo.schema.SchemaDataException;
import io.vireo.schema.SchemaDataException.Tag;
import io.vireo.schema.node.NodeAssembly;
import io.vireo.schema.node.SchemaNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.api.schema.builder.CollectionNodeBuilder;
import org.opendaylight.yangtools.yang.data.api.schema.builder.ListNodeBuilder;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

/// Makes data of elements.
///
/// @param kept tells which elements count; what is mounted never does
record ElementTree(Predicate<DocumentElement> kept) {
  /// Everything.
  static final ElementTree WHOLE = new ElementTree(element -> true);

  /// A container of `schema`'s name with the content of `holder`.
  ContainerNode container(SchemaNode schema, DocumentElement holder) throws SchemaDataException {
    var builder = ImmutableNodes.newContainerBuilder().withNodeIdentifier(schema.identifier());
    contentOf(holder.children()).addTo(builder);
    return builder.build();
  }

  /// One element: a container, entry, or leaf.
  NormalizedNode node(DocumentElement element) throws SchemaDataException {
    SchemaNode schema = element.schema();
    return switch (schema.kind()) {
      case LIST -> entry(element);
      case LEAF -> ImmutableNodes.leafNode(schema.identifier(), valueOf(element));
      case LEAF_LIST ->
          ImmutableNodes.leafSetEntry(new NodeWithValue<>(schema.name(), valueOf(element)));
      case CONTAINER, ROOT, ANYDATA -> inner(element);
    };
  }

  private ContainerNode inner(DocumentElement element) throws SchemaDataException {
    if (element.data() instanceof ContainerNode made) {
      return made;
    }
    return element.schema().isMountPoint()
        ? ImmutableNodes.newContainerBuilder()
            .withNodeIdentifier(element.schema().identifier())
            .build()
        : container(element.schema(), element);
  }

  private MapEntryNode entry(DocumentElement element) throws SchemaDataException {
    if (element.data() instanceof MapEntryNode made) {
      return made;
    }
    SchemaNode schema = element.schema();
    var builder =
        ImmutableNodes.newMapEntryBuilder()
            .withNodeIdentifier(NodeIdentifierWithPredicates.of(schema.name(), element.keys()));
    contentOf(element.children()).addTo(builder);
    return builder.build();
  }

  private NodeAssembly contentOf(List<DocumentElement> elements) throws SchemaDataException {
    NodeAssembly assembly = new NodeAssembly();
    // Entries of one list may stand apart from each other.
    Map<SchemaNode, List<DocumentElement>> lists = null;
    for (DocumentElement element : elements) {
      if (kept.test(element)) {
        if (element.schema().hasEntries()) {
          lists = lists == null ? new LinkedHashMap<>() : lists;
          lists.computeIfAbsent(element.schema(), schema -> new ArrayList<>()).add(element);
        } else {
          add(assembly, element, child(element.schema(), List.of(element)));
        }
      }
    }
    if (lists != null) {
      for (Map.Entry<SchemaNode, List<DocumentElement>> list : lists.entrySet()) {
        add(assembly, list.getValue().getFirst(), child(list.getKey(), list.getValue()));
      }
    }
    return assembly;
  }

  private static void add(
      NodeAssembly assembly, DocumentElement first, @Nullable DataContainerChild data)
      throws SchemaDataException {
    SchemaNode schema = first.schema();
    if (data != null && !assembly.add(schema, data)) {
      throw new SchemaDataException(
          Tag.BAD_ELEMENT,
          first.place(),
          schema.name().getLocalName(),
          null,
          "only one case of choice '"
              + schema.choices().getFirst().choice().getLocalName()
              + "' may be given",
          null);
    }
  }

  private @Nullable DataContainerChild child(SchemaNode schema, List<DocumentElement> elements)
      throws SchemaDataException {
    return switch (schema.kind()) {
      case CONTAINER, ROOT, ANYDATA -> {
        ContainerNode container = inner(elements.getFirst());
        // RFC 7950 §7.5.1: a container without presence that is empty is not there.
        yield container.isEmpty() && !schema.isPresence() ? null : container;
      }
      case LEAF -> ImmutableNodes.leafNode(schema.identifier(), valueOf(elements.getFirst()));
      case LIST -> schema.keys().isEmpty() ? unkeyed(schema, elements) : map(schema, elements);
      case LEAF_LIST -> leafList(schema, elements);
    };
  }

  private DataContainerChild map(SchemaNode schema, List<DocumentElement> elements)
      throws SchemaDataException {
    CollectionNodeBuilder<MapEntryNode, ? extends DataContainerChild> map =
        schema.isUserOrdered()
            ? ImmutableNodes.newUserMapBuilder().withNodeIdentifier(schema.identifier())
            : ImmutableNodes.newSystemMapBuilder().withNodeIdentifier(schema.identifier());
    for (DocumentElement element : elements) {
      map.withChild(entry(element));
    }
    DataContainerChild built = map.build();
    if (built instanceof MapNode entries && entries.size() < elements.size()) {
      throw repeated(schema, elements);
    }
    return built;
  }

  private SchemaDataException repeated(SchemaNode schema, List<DocumentElement> elements)
      throws SchemaDataException {
    Set<NodeIdentifierWithPredicates> seen = new HashSet<>();
    for (DocumentElement element : elements) {
      if (!seen.add(entry(element).name())) {
        return twice(element, schema);
      }
    }
    throw new IllegalStateException(schema + ": no entry stands twice");
  }

  private DataContainerChild unkeyed(SchemaNode schema, List<DocumentElement> elements)
      throws SchemaDataException {
    var list = ImmutableNodes.newUnkeyedListBuilder().withNodeIdentifier(schema.identifier());
    for (DocumentElement element : elements) {
      var entry =
          ImmutableNodes.newUnkeyedListEntryBuilder().withNodeIdentifier(schema.identifier());
      contentOf(element.children()).addTo(entry);
      list.withChild(entry.build());
    }
    return list.build();
  }

  private static DataContainerChild leafList(SchemaNode schema, List<DocumentElement> elements)
      throws SchemaDataException {
    ListNodeBuilder<Object, ? extends DataContainerChild> list =
        schema.isUserOrdered()
            ? ImmutableNodes.<Object>newUserLeafSetBuilder().withNodeIdentifier(schema.identifier())
            : ImmutableNodes.<Object>newSystemLeafSetBuilder()
                .withNodeIdentifier(schema.identifier());
    Set<NodeWithValue<Object>> seen = new HashSet<>();
    for (DocumentElement element : elements) {
      LeafSetEntryNode<Object> entry =
          ImmutableNodes.leafSetEntry(new NodeWithValue<>(schema.name(), valueOf(element)));
      if (!seen.add(entry.name())) {
        throw twice(element, schema);
      }
      list.withChild(entry);
    }
    return list.build();
  }

  private static SchemaDataException twice(DocumentElement element, SchemaNode schema) {
    return new SchemaDataException(
        Tag.BAD_ELEMENT,
        element.place(),
        schema.name().getLocalName(),
        null,
        "the same entry of '" + schema.name().getLocalName() + "' stands twice",
        null);
  }

  private static Object valueOf(DocumentElement element) {
    return Objects.requireNonNull(element.value());
  }
}
