package io.vireo.schema.cbor;

import io.vireo.schema.node.NodeKind;
import io.vireo.schema.node.PathWalk;
import io.vireo.schema.node.SchemaNode;
import io.vireo.schema.node.SchemaTree;
import io.vireo.wire.cbor.CborException;
import io.vireo.wire.cbor.CborReader;
import io.vireo.wire.cbor.CborType;
import io.vireo.wire.cbor.CborWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;

/// RFC 9254 §6.13.1: the node's SID, or an array of it and the keys passed, outermost first; in a
/// union tagged.
record InstanceIdCodec(SchemaTree tree, ValueCodecs codecs) implements ValueCodec {
  /// A value on the path and the leaf it belongs to.
  private record KeyValue(SchemaNode leaf, Object value) {}

  @Override
  public void write(CborWriter out, Object value) {
    PathWalk walk = new PathWalk(tree.root());
    List<KeyValue> keys = new ArrayList<>();
    for (PathArgument argument : ((YangInstanceIdentifier) value).getPathArguments()) {
      walk.take(argument);
      if (argument instanceof NodeIdentifierWithPredicates entry) {
        for (QName key : walk.at().keys()) {
          keys.add(new KeyValue(walk.at().require(key), entry.getValue(key)));
        }
      } else if (argument instanceof NodeWithValue<?> entry) {
        keys.add(new KeyValue(walk.at(), entry.getValue()));
      }
    }
    SchemaNode at = walk.at();
    if (at.sid() == 0) {
      throw new IllegalStateException(at + " has no SID: run the SID tool");
    }
    if (keys.isEmpty()) {
      out.writeUnsigned(at.sid());
    } else {
      out.startArray(keys.size() + 1);
      out.writeUnsigned(at.sid());
      keys.forEach(key -> codecs.of(key.leaf).write(out, key.value));
    }
  }

  @Override
  public Object read(CborReader in) throws CborException {
    boolean keyed = in.peek() == CborType.ARRAY;
    if (keyed) {
      in.startArray();
      if (!in.more()) {
        throw in.fail(CborException.Reason.MISSING, "an instance-identifier without a SID");
      }
    }
    long sid = in.readLong();
    SchemaNode target = tree.lookupSid(sid);
    if (target == null) {
      throw in.fail(CborException.Reason.OUT_OF_RANGE, "SID " + sid + " is no data node");
    }
    Deque<SchemaNode> way = new ArrayDeque<>();
    for (@Nullable SchemaNode n = target; n != null && n.kind() != NodeKind.ROOT; n = n.parent()) {
      way.addFirst(n);
    }
    List<PathArgument> arguments = new ArrayList<>();
    for (SchemaNode node : way) {
      arguments.addAll(node.pathArguments());
      if (node.kind() == NodeKind.LIST && !node.keys().isEmpty()) {
        Map<QName, Object> keys = new LinkedHashMap<>();
        for (QName key : node.keys()) {
          keys.put(key, readKey(in, keyed, node.require(key)));
        }
        arguments.add(NodeIdentifierWithPredicates.of(node.name(), keys));
      } else if (node.kind() == NodeKind.LEAF_LIST) {
        arguments.add(new NodeWithValue<>(node.name(), readKey(in, keyed, node)));
      }
    }
    if (keyed && in.more()) {
      throw in.fail(CborException.Reason.OUT_OF_RANGE, "more keys than lists are passed");
    }
    return YangInstanceIdentifier.of(arguments);
  }

  private Object readKey(CborReader in, boolean keyed, SchemaNode leaf) throws CborException {
    if (!keyed || !in.more()) {
      throw in.fail(CborException.Reason.MISSING, "no value for key " + leaf.schemaPath());
    }
    return codecs.of(leaf).read(in);
  }

  @Override
  public boolean accepts(Object value) {
    return value instanceof YangInstanceIdentifier;
  }

  @Override
  public void writeInUnion(CborWriter out, Object value) {
    out.writeTag(CborWriter.TAG_INSTANCE_ID);
    write(out, value);
  }

  @Override
  public Object readInUnion(CborReader in) throws CborException {
    in.requireTag(CborWriter.TAG_INSTANCE_ID);
    return read(in);
  }
}
