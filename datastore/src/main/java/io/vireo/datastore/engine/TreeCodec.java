package io.vireo.datastore.engine;

import io.vireo.schema.cbor.TreeCborException;
import io.vireo.schema.cbor.TreeCborReader;
import io.vireo.schema.cbor.TreeCborWriter;
import io.vireo.schema.node.SchemaTree;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// How a whole tree becomes the bytes that lie on disk, and back: YANG-CBOR with SIDs (RFC 9254).
public final class TreeCodec {
  private final TreeCborWriter writer;
  private final TreeCborReader reader;

  public TreeCodec(SchemaTree tree) {
    this.writer = new TreeCborWriter(tree);
    this.reader = new TreeCborReader(tree);
  }

  byte[] encode(ContainerNode tree) {
    return writer.treeBytes(tree);
  }

  /// @throws TreeCborException the bytes do not fit the schema
  public ContainerNode decode(byte[] bytes) throws TreeCborException {
    return reader.readTree(bytes);
  }

  /// How many nodes were left out because this version does not know their SIDs.
  public long unknownNodes() {
    return reader.unknownSids();
  }
}
