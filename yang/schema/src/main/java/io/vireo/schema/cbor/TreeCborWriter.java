package io.vireo.schema.cbor;

import io.vireo.schema.node.NodeContent;
import io.vireo.schema.node.SchemaNode;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.node.SchemaTree.Operation;
import io.vireo.wire.cbor.CborWriter;
import io.vireo.wire.cbor.RawCbor;
import java.util.Collection;
import java.util.List;
import org.opendaylight.yangtools.yang.data.api.schema.AnydataNode;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.api.schema.UnkeyedListNode;

/// Writes data trees of one schema.
public final class TreeCborWriter {
  private final SchemaTree tree;
  private final ValueCodecs codecs = new ValueCodecs();

  public TreeCborWriter(SchemaTree tree) {
    this.tree = tree;
  }

  /// A whole data tree: a map keyed by absolute SIDs.
  public void writeTree(CborWriter out, ContainerNode data) {
    writeContent(out, tree.root(), data);
  }

  /// A whole data tree as bytes.
  public byte[] treeBytes(ContainerNode data) {
    CborWriter out = new CborWriter();
    writeTree(out, data);
    return out.toByteArray();
  }

  /// What an rpc takes: `{rpc SID: {delta: value ...}}`.
  public void writeInput(CborWriter out, Operation operation, ContainerNode input) {
    writeNamed(out, operation.sid(), operation.input(), input);
  }

  /// What an rpc gives: `{rpc SID: {delta: value ...}}`.
  public void writeOutput(CborWriter out, Operation operation, ContainerNode output) {
    writeNamed(out, operation.sid(), operation.output(), output);
  }

  /// A notification: `{SID: {delta: value ...}}`.
  public void writeNotification(CborWriter out, SchemaNode notification, ContainerNode data) {
    writeNamed(out, notification.sid(), notification, data);
  }

  /// One node's value alone: a container's or entry's map, a list's array, a leaf's value.
  public void writeValue(CborWriter out, SchemaNode schema, NormalizedNode data) {
    switch (data) {
      case LeafNode<?> leaf -> writeLeaf(out, schema, leaf.body());
      case LeafSetEntryNode<?> entry -> writeLeaf(out, schema, entry.body());
      case LeafSetNode<?> leafSet -> {
        Collection<? extends LeafSetEntryNode<?>> entries = leafSet.body();
        out.startArray(entries.size());
        entries.forEach(entry -> writeLeaf(out, schema, entry.body()));
      }
      case MapNode map -> {
        out.startArray(map.size());
        map.body().forEach(entry -> writeContent(out, schema, entry));
      }
      case UnkeyedListNode list -> {
        out.startArray(list.size());
        list.body().forEach(entry -> writeContent(out, schema, entry));
      }
      case AnydataNode<?> anydata when anydata.body() instanceof RawCbor raw -> out.writeRaw(raw);
      case DataContainerNode container -> writeContent(out, schema, container);
      default ->
          throw new IllegalArgumentException(
              schema + " holds " + data.contract().getSimpleName() + ", which has no CBOR form");
    }
  }

  private void writeNamed(CborWriter out, long sid, SchemaNode schema, ContainerNode data) {
    out.startMap(1);
    out.writeUnsigned(requireSid(sid, schema));
    writeContent(out, schema, data);
  }

  private void writeContent(CborWriter out, SchemaNode schema, DataContainerNode data) {
    List<NodeContent> content = NodeContent.of(schema, data);
    out.startMap(content.size());
    for (NodeContent child : content) {
      if (child.schema().sid() == 0) {
        // RFC 9254 §3.3: a node without a SID, of a site's own module, goes by its name.
        out.writeText(child.schema().qualifiedName());
      } else {
        // RFC 9254 §4.2.1: keys are deltas to the parent's SID, 0 above the top.
        out.writeLong(child.schema().sid() - schema.sid());
      }
      writeValue(out, child.schema(), child.data());
    }
  }

  private void writeLeaf(CborWriter out, SchemaNode schema, Object value) {
    codecs.of(schema).write(out, value);
  }

  private static long requireSid(long sid, SchemaNode schema) {
    if (sid == 0) {
      throw new IllegalStateException(schema.schemaPath() + " has no SID: run the SID tool");
    }
    return sid;
  }
}
