package io.vireo.schema.xml;

import io.vireo.schema.SchemaDataException;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.NodeKind;
import io.vireo.schema.node.SchemaNode;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.node.SchemaTree.Operation;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
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
    XmlElement top = new XmlElement(schema.root(), tree);
    new XmlElementReader(mounted, false, configOnly).readContent(in, top);
    SortedMap<String, ContainerNode> routers = new TreeMap<>();
    collectRouters(top, routers);
    return new DeviceAndRouters(ElementTree.WHOLE.container(schema.root(), top), routers);
  }

  /// An `edit-config` payload (RFC 6241 §7.2) as primitive edits, to be made in order.
  public List<TreeEdit> readEdits(XMLStreamReader in, XmlOperation defaultOperation)
      throws SchemaDataException {
    XmlElement top = new XmlElement(schema.root(), tree);
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
    XmlElement top = new XmlElement(node, tree);
    new XmlElementReader(null, false, false).readContent(in, top);
    return ElementTree.WHOLE.container(node, top);
  }

  private void collectRouters(XmlElement element, SortedMap<String, ContainerNode> routers)
      throws SchemaDataException {
    if (mounted == null) {
      return;
    }
    for (XmlElement child : element.children()) {
      if (child.schema().children().stream().anyMatch(SchemaNode::isMountPoint)) {
        XmlElement empty = new XmlElement(mounted.root(), tree);
        XmlElement mount =
            child.children().stream()
                .filter(inner -> inner.schema().isMountPoint())
                .findFirst()
                .orElse(empty);
        routers.put(child.routerTree().name(), ElementTree.WHOLE.container(mounted.root(), mount));
      } else if (child.schema().kind() == NodeKind.CONTAINER) {
        collectRouters(child, routers);
      }
    }
  }
}
