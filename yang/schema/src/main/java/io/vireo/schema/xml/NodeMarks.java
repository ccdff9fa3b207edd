package io.vireo.schema.xml;

import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.SchemaNode;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// What a document says of its nodes beside their contents: attributes (RFC 7952). Of one document,
/// whose nodes come in the order of the document; the keys of entries are left out.
public interface NodeMarks {
  /// A node's element has begun: attributes may be written.
  void enter(XMLStreamWriter out, TreeId tree, SchemaNode schema, NormalizedNode node)
      throws XMLStreamException;

  /// The node that was entered last and not left has ended.
  void leave();
}
