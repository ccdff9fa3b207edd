package io.vireo.schema.cbor;

import io.vireo.schema.node.NodeAssembly;
import io.vireo.schema.node.SchemaNode;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.node.SchemaTree.Operation;
import io.vireo.wire.cbor.CborException;
import io.vireo.wire.cbor.CborReader;
import io.vireo.wire.cbor.CborType;
import io.vireo.wire.cbor.RawCbor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.UnkeyedListEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.builder.CollectionNodeBuilder;
import org.opendaylight.yangtools.yang.data.api.schema.builder.ListNodeBuilder;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

/// Reads data trees of one schema.
public final class TreeCborReader {
  private final SchemaTree tree;
  private final ValueCodecs codecs = new ValueCodecs();
  private final AtomicLong unknownSids = new AtomicLong();

  public TreeCborReader(SchemaTree tree) {
    this.tree = tree;
  }

  /// How many map entries were skipped because nobody here knows their SID.
  public long unknownSids() {
    return unknownSids.get();
  }

  /// A whole data tree.
  public ContainerNode readTree(byte[] bytes) throws TreeCborException {
    CborReader in = new CborReader(bytes);
    ContainerNode data = readTree(in);
    try {
      in.requireEnd();
    } catch (CborException e) {
      throw new TreeCborException("", e);
    }
    return data;
  }

  /// A whole data tree.
  public ContainerNode readTree(CborReader in) throws TreeCborException {
    return readContainer(in, tree.root());
  }

  /// What an rpc takes, from `{rpc SID: {...}}`.
  public ContainerNode readInput(CborReader in, Operation operation) throws TreeCborException {
    return readNamed(in, operation.sid(), operation.input());
  }

  /// What an rpc gives, from `{rpc SID: {...}}`.
  public ContainerNode readOutput(CborReader in, Operation operation) throws TreeCborException {
    return readNamed(in, operation.sid(), operation.output());
  }

  /// A notification, from `{SID: {...}}`.
  public ContainerNode readNotification(CborReader in, SchemaNode notification)
      throws TreeCborException {
    return readNamed(in, notification.sid(), notification);
  }

  /// A container's content, or that of a [NodeKind#ROOT].
  public ContainerNode readContainer(CborReader in, SchemaNode schema) throws TreeCborException {
    var builder = ImmutableNodes.newContainerBuilder().withNodeIdentifier(schema.identifier());
    readContent(in, schema, null).addTo(builder);
    return builder.build();
  }

  /// One node's value, in the form in which it stands in its parent.
  public DataContainerChild readValue(CborReader in, SchemaNode schema) throws TreeCborException {
    return switch (schema.kind()) {
      case CONTAINER, ROOT -> readContainer(in, schema);
      case LIST -> readList(in, schema);
      case LEAF -> ImmutableNodes.leafNode(schema.identifier(), readLeaf(in, schema));
      case LEAF_LIST -> readLeafList(in, schema);
      case ANYDATA -> {
        try {
          yield ImmutableNodes.newAnydataBuilder(RawCbor.class)
              .withNodeIdentifier(schema.identifier())
              .withValue(in.readRaw())
              .build();
        } catch (CborException e) {
          throw new TreeCborException(schema.schemaPath(), e);
        }
      }
    };
  }

  private ContainerNode readNamed(CborReader in, long sid, SchemaNode schema)
      throws TreeCborException {
    try {
      in.startMap();
      if (!in.more() || in.readSidDelta(0) != sid) {
        throw in.fail(CborException.Reason.MISSING, "SID " + sid + " is expected as only key");
      }
      ContainerNode data = readContainer(in, schema);
      if (in.more()) {
        throw in.fail(CborException.Reason.TRAILING, "SID " + sid + " is expected as only key");
      }
      return data;
    } catch (CborException e) {
      throw new TreeCborException(schema.schemaPath(), e);
    }
  }

  /// The child that a map key names: a SID as delta, or a name; null when there is none.
  static @Nullable SchemaNode readKey(CborReader in, SchemaNode schema) throws CborException {
    if (in.peek() == CborType.TEXT) {
      String name = in.readText();
      return schema.children().stream()
          .filter(child -> child.sid() == 0 && child.qualifiedName().equals(name))
          .findFirst()
          .orElse(null);
    }
    int delta = in.readSidDelta(schema.sid());
    return delta == CborReader.NO_DELTA ? null : schema.lookupSid(schema.sid() + delta);
  }

  /// @param keys receives the values of list keys
  private NodeAssembly readContent(
      CborReader in, SchemaNode schema, @Nullable Map<QName, Object> keys)
      throws TreeCborException {
    NodeAssembly assembly = new NodeAssembly();
    try {
      in.startMap();
      while (in.more()) {
        SchemaNode child = readKey(in, schema);
        if (child == null) {
          unknownSids.incrementAndGet();
          in.skipValue();
          continue;
        }
        DataContainerChild data = readValue(in, child);
        if (keys != null && child.isKey()) {
          keys.put(child.name(), data.body());
        }
        if (!assembly.add(child, data)) {
          throw in.fail(
              CborException.Reason.OUT_OF_RANGE,
              child.schemaPath() + " is of another case than what stands before it");
        }
      }
    } catch (CborException e) {
      throw new TreeCborException(schema.schemaPath(), e);
    }
    return assembly;
  }

  private DataContainerChild readList(CborReader in, SchemaNode schema) throws TreeCborException {
    if (schema.keys().isEmpty()) {
      var list = ImmutableNodes.newUnkeyedListBuilder().withNodeIdentifier(schema.identifier());
      readEntries(in, schema, () -> list.withChild(readUnkeyedEntry(in, schema)));
      return list.build();
    }
    CollectionNodeBuilder<MapEntryNode, ? extends DataContainerChild> map =
        schema.isUserOrdered()
            ? ImmutableNodes.newUserMapBuilder().withNodeIdentifier(schema.identifier())
            : ImmutableNodes.newSystemMapBuilder().withNodeIdentifier(schema.identifier());
    readEntries(in, schema, () -> map.withChild(readEntry(in, schema)));
    return map.build();
  }

  private DataContainerChild readLeafList(CborReader in, SchemaNode schema)
      throws TreeCborException {
    ListNodeBuilder<Object, ? extends DataContainerChild> list =
        schema.isUserOrdered()
            ? ImmutableNodes.<Object>newUserLeafSetBuilder().withNodeIdentifier(schema.identifier())
            : ImmutableNodes.<Object>newSystemLeafSetBuilder()
                .withNodeIdentifier(schema.identifier());
    readEntries(
        in,
        schema,
        () -> {
          LeafSetEntryNode<Object> entry =
              ImmutableNodes.leafSetEntry(new NodeWithValue<>(schema.name(), readLeaf(in, schema)));
          list.withChild(entry);
        });
    return list.build();
  }

  private interface EntryStep {
    void read() throws TreeCborException;
  }

  private static void readEntries(CborReader in, SchemaNode schema, EntryStep step)
      throws TreeCborException {
    try {
      in.startArray();
      while (in.more()) {
        step.read();
      }
    } catch (CborException e) {
      throw new TreeCborException(schema.schemaPath(), e);
    }
  }

  private UnkeyedListEntryNode readUnkeyedEntry(CborReader in, SchemaNode schema)
      throws TreeCborException {
    var entry = ImmutableNodes.newUnkeyedListEntryBuilder().withNodeIdentifier(schema.identifier());
    readContent(in, schema, null).addTo(entry);
    return entry.build();
  }

  MapEntryNode readEntry(CborReader in, SchemaNode schema) throws TreeCborException {
    Map<QName, Object> found = new HashMap<>();
    NodeAssembly content = readContent(in, schema, found);
    Map<QName, Object> keys = new LinkedHashMap<>();
    for (QName key : schema.keys()) {
      Object value = found.get(key);
      if (value == null) {
        throw new TreeCborException(
            schema.schemaPath(),
            in.fail(CborException.Reason.MISSING, "no key " + key.getLocalName()));
      }
      keys.put(key, value);
    }
    var entry =
        ImmutableNodes.newMapEntryBuilder()
            .withNodeIdentifier(NodeIdentifierWithPredicates.of(schema.name(), keys));
    content.addTo(entry);
    return entry.build();
  }

  private Object readLeaf(CborReader in, SchemaNode schema) throws TreeCborException {
    try {
      return codecs.of(schema).read(in);
    } catch (CborException e) {
      throw new TreeCborException(schema.schemaPath(), e);
    }
  }
}
