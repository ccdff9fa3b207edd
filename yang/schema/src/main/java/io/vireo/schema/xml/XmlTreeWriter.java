package io.vireo.schema.xml;

import io.vireo.schema.document.DeviceAndRouters;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.EntryOrder;
import io.vireo.schema.node.NodeContent;
import io.vireo.schema.node.SchemaNode;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.type.XPathText;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.AnydataNode;
import org.opendaylight.yangtools.yang.data.api.schema.AnyxmlNode;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.api.schema.UnkeyedListNode;
import org.opendaylight.yangtools.yang.data.codec.xml.XmlCodec;

/// Writes trees of a schema, and the trees mounted in it, as one document.
///
/// Writes content only: the element around it is the caller's. Entries of lists whose order is the
/// system's are sorted by key, keys stand first (RFC 7950 §7.8.5).
public final class XmlTreeWriter {
  private final SchemaTree schema;
  private final @Nullable SchemaTree mounted;

  private XmlTreeWriter(SchemaTree schema, @Nullable SchemaTree mounted) {
    this.schema = schema;
    this.mounted = mounted;
  }

  /// For sessions on the device: the device's tree with the routers' mounted.
  public static XmlTreeWriter ofDevice(SchemaTree device, SchemaTree router) {
    return new XmlTreeWriter(device, router);
  }

  /// For sessions on one virtual router: its tree alone.
  public static XmlTreeWriter ofRouter(SchemaTree router) {
    return new XmlTreeWriter(router, null);
  }

  /// The device's tree with those of its routers in their places.
  public void write(XMLStreamWriter out, DeviceAndRouters trees) throws XMLStreamException {
    new Pass(out, trees.routers()).content(schema.root(), trees.device(), "");
  }

  /// The same, with marks at its nodes.
  public void write(XMLStreamWriter out, DeviceAndRouters trees, NodeMarks marks)
      throws XMLStreamException {
    new Pass(out, trees.routers(), marks).content(schema.root(), trees.device(), "");
  }

  /// The tree alone.
  public void write(XMLStreamWriter out, ContainerNode data) throws XMLStreamException {
    new Pass(out, Map.of()).content(schema.root(), data, "");
  }

  /// The content of any node: an rpc's input or output.
  public void writeContent(XMLStreamWriter out, SchemaNode node, DataContainerNode data)
      throws XMLStreamException {
    new Pass(out, Map.of()).content(node, data, "");
  }

  /// A node with its own element: a part of a tree, a notification.
  public void writeNode(XMLStreamWriter out, SchemaNode node, NormalizedNode data)
      throws XMLStreamException {
    new Pass(out, Map.of()).node(node, data, "");
  }

  /// One document on its way out.
  private final class Pass {
    private final XMLStreamWriter out;
    private final XMLStreamWriter valueOut;
    private final Map<String, ContainerNode> routers;
    private final @Nullable NodeMarks marks;
    private TreeId tree = TreeId.DEVICE;

    Pass(XMLStreamWriter out, Map<String, ContainerNode> routers) {
      this(out, routers, null);
    }

    Pass(XMLStreamWriter out, Map<String, ContainerNode> routers, @Nullable NodeMarks marks) {
      this.out = out;
      this.valueOut = new PrefixedValueWriter(out);
      this.routers = routers;
      this.marks = marks;
    }

    private void enter(SchemaNode node, NormalizedNode data) throws XMLStreamException {
      if (marks != null) {
        marks.enter(out, tree, node, data);
      }
    }

    private void leave() {
      if (marks != null) {
        marks.leave();
      }
    }

    void content(SchemaNode node, DataContainerNode data, String outer) throws XMLStreamException {
      for (NodeContent child : NodeContent.of(node, data)) {
        node(child.schema(), child.data(), outer);
      }
    }

    void node(SchemaNode node, NormalizedNode data, String outer) throws XMLStreamException {
      switch (data) {
        case LeafNode<?> leaf -> leaf(node, leaf, outer);
        case LeafSetEntryNode<?> entry -> leaf(node, entry, outer);
        case LeafSetNode<?> list -> {
          for (LeafSetEntryNode<?> entry : list.body()) {
            leaf(node, entry, outer);
          }
        }
        case MapNode map -> {
          for (MapEntryNode entry : EntryOrder.sorted(node, map)) {
            entry(node, entry, outer);
          }
        }
        case MapEntryNode entry -> entry(node, entry, outer);
        case UnkeyedListNode list -> {
          for (DataContainerNode entry : list.body()) {
            container(node, entry, outer);
          }
        }
        case DataContainerNode container -> container(node, container, outer);
        case AnydataNode<?> anydata -> unsupported(node);
        case AnyxmlNode<?> anyxml -> unsupported(node);
        default -> unsupported(node);
      }
    }

    private void unsupported(SchemaNode node) {
      throw new IllegalArgumentException(node + ": free-form content is not supported");
    }

    private void container(SchemaNode node, DataContainerNode data, String outer)
        throws XMLStreamException {
      String namespace = start(node, outer);
      enter(node, data);
      content(node, data, namespace);
      leave();
      out.writeEndElement();
    }

    private void entry(SchemaNode node, MapEntryNode data, String outer) throws XMLStreamException {
      String namespace = start(node, outer);
      enter(node, data);
      for (QName key : node.keys()) {
        start(node.require(key), namespace);
        value(node.require(key), data.name().getValue(key));
      }
      for (NodeContent child : NodeContent.of(node, data)) {
        if (!child.schema().isKey()) {
          node(child.schema(), child.data(), namespace);
        }
      }
      if (mounted != null && node.hasMounts() && !routers.isEmpty()) {
        for (SchemaNode child : node.children()) {
          if (child.isMountPoint()) {
            mount(child, data, namespace);
          }
        }
      }
      leave();
      out.writeEndElement();
    }

    private void mount(SchemaNode mount, MapEntryNode element, String outer)
        throws XMLStreamException {
      String name = String.valueOf(element.name().values().iterator().next());
      ContainerNode root = routers.get(name);
      if (mounted != null && root != null && !root.isEmpty()) {
        String namespace = start(mount, outer);
        tree = new TreeId.Router(name);
        content(mounted.root(), root, namespace);
        tree = TreeId.DEVICE;
        out.writeEndElement();
      }
    }

    private void leaf(SchemaNode node, NormalizedNode data, String outer)
        throws XMLStreamException {
      start(node, outer);
      enter(node, data);
      leave();
      value(node, data.body());
    }

    /// A leaf's value and the end of its element.
    @SuppressWarnings("unchecked")
    private void value(SchemaNode node, Object value) throws XMLStreamException {
      if (value instanceof String text && node.isExpression()) {
        declarePrefixes(node, text);
      }
      ((XmlCodec<Object>) node.tree().xmlCodec(node)).writeValue(valueOut, value);
      out.writeEndElement();
    }

    // An expression is kept with module names for prefixes.
    private void declarePrefixes(SchemaNode node, String expression) throws XMLStreamException {
      for (String prefix : XPathText.prefixes(expression)) {
        String namespace = node.tree().lookupNamespace(prefix);
        if (namespace == null && mounted != null) {
          namespace = mounted.lookupNamespace(prefix);
        }
        if (namespace != null) {
          out.writeNamespace(prefix, namespace);
        }
      }
    }

    private String start(SchemaNode node, String outer) throws XMLStreamException {
      String namespace = node.name().getNamespace().toString();
      out.writeStartElement("", node.name().getLocalName(), namespace);
      if (!namespace.equals(outer)) {
        out.writeDefaultNamespace(namespace);
      }
      return namespace;
    }
  }
}
