package io.vireo.schema.xml;

import io.vireo.schema.SchemaDataException;
import io.vireo.schema.document.DeviceAndRouters;
import io.vireo.schema.document.DocumentElement;
import io.vireo.schema.document.DocumentOperation;
import io.vireo.schema.document.EditPlanner;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.SchemaNode;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.node.SchemaTree.Operation;
import java.util.List;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// Reads documents of a tree, and of the trees mounted in it.
///
/// All calls take a stream reader that is at the start of an element (`config`, `data`, the rpc's
/// own), read what is inside, and leave it at that element's end.
public final class XmlTreeReader {
  private final TreeId tree;
  private final SchemaTree schema;
  private final @Nullable SchemaTree mounted;

  private XmlTreeReader(TreeId tree, SchemaTree schema, @Nullable SchemaTree mounted) {
    this.tree = tree;
    this.schema = schema;
    this.mounted = mounted;
  }

  /// For sessions on the device: the device's tree with the routers' mounted.
  public static XmlTreeReader ofDevice(SchemaTree device, SchemaTree router) {
    return new XmlTreeReader(TreeId.DEVICE, device, router);
  }

  /// For sessions on one virtual router: its tree alone.
  public static XmlTreeReader ofRouter(String name, SchemaTree router) {
    return new XmlTreeReader(new TreeId.Router(name), router, null);
  }

  /// A document, taken apart at the mount points.
  ///
  /// @param configOnly whether state in it is an error
  public DeviceAndRouters readDocument(XMLStreamReader in, boolean configOnly)
      throws SchemaDataException {
    DocumentElement top = new DocumentElement(schema.root(), tree);
    new XmlElementReader(mounted, false, configOnly).readContent(in, top);
    return DeviceAndRouters.of(top, schema, mounted);
  }

  /// An `edit-config` payload (RFC 6241 §7.2) as primitive edits, to be made in order.
  public List<TreeEdit> readEdits(XMLStreamReader in, DocumentOperation defaultOperation)
      throws SchemaDataException {
    DocumentElement top = new DocumentElement(schema.root(), tree);
    new XmlElementReader(mounted, true, true).readContent(in, top);
    return EditPlanner.of(top, defaultOperation);
  }

  /// What an rpc takes.
  public ContainerNode readInput(XMLStreamReader in, Operation operation)
      throws SchemaDataException {
    return read(in, operation.input());
  }

  /// The content of any node: an rpc's output, a notification.
  public ContainerNode read(XMLStreamReader in, SchemaNode node) throws SchemaDataException {
    DocumentElement top = new DocumentElement(node, tree);
    new XmlElementReader(null, false, false).readContent(in, top);
    return top.container(node);
  }
}
