package io.vireo.datastore;

import io.vireo.datastore.tree.TreeSchema;
import io.vireo.datastore.tree.TreeSchemas;
import io.vireo.schema.SchemaContext;
import io.vireo.schema.SchemaContexts;
import io.vireo.schema.node.SchemaTree;
import java.io.StringReader;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamReader;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNodes;
import org.opendaylight.yangtools.yang.data.codec.xml.XmlParserStream;
import org.opendaylight.yangtools.yang.data.impl.schema.ImmutableNormalizedNodeStreamWriter;
import org.opendaylight.yangtools.yang.data.impl.schema.NormalizationResultHolder;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;

/// The real schema contexts, parsed once for all tests, and trees written as XML.
public final class TestTrees {
  public static final SchemaContexts CONTEXTS = SchemaContexts.ofClassPath();
  public static final SchemaContext DEVICE = CONTEXTS.load(SchemaContexts.DEVICE);
  public static final SchemaContext ROUTER = CONTEXTS.load(SchemaContexts.ROUTER);
  public static final SchemaTree DEVICE_TREE = SchemaTree.of(DEVICE);
  public static final SchemaTree ROUTER_TREE = SchemaTree.of(ROUTER);
  public static final TreeSchemas SCHEMAS = TreeSchemas.of(DEVICE_TREE, ROUTER_TREE);

  // Prefixes that the XML of all tests may use.
  private static final Map<String, String> NAMESPACES =
      Map.of(
          "if", "urn:ietf:params:xml:ns:yang:ietf-interfaces",
          "ianaift", "urn:ietf:params:xml:ns:yang:iana-if-type",
          "ip", "urn:ietf:params:xml:ns:yang:ietf-ip",
          "rt", "urn:ietf:params:xml:ns:yang:ietf-routing",
          "v4ur", "urn:ietf:params:xml:ns:yang:ietf-ipv4-unicast-routing",
          "lne", "urn:ietf:params:xml:ns:yang:ietf-logical-network-element",
          "vport", "urn:vireo:yang:vireo-port",
          "vsys", "urn:vireo:yang:vireo-system",
          "vsock", "urn:vireo:yang:vireo-sockets",
          "vvr", "urn:vireo:yang:vireo-virtual-router");

  public static final QName INTERFACES =
      QName.create("urn:ietf:params:xml:ns:yang:ietf-interfaces", "2018-02-20", "interfaces");
  public static final QName INTERFACE = QName.create(INTERFACES, "interface");
  public static final QName NAME = QName.create(INTERFACES, "name");

  private TestTrees() {}

  /// A device's tree from the XML of its top-level nodes.
  public static ContainerNode device(String xml) {
    return parse(DEVICE.model(), xml);
  }

  /// A virtual router's tree.
  public static ContainerNode router(String xml) {
    return parse(ROUTER.model(), xml);
  }

  private static ContainerNode parse(EffectiveModelContext context, String xml) {
    StringBuilder document = new StringBuilder("<data");
    NAMESPACES.forEach((prefix, namespace) ->
        document.append(" xmlns:").append(prefix).append("='").append(namespace).append('\''));
    document.append('>').append(xml).append("</data>");
    NormalizationResultHolder holder = new NormalizationResultHolder();
    try (var writer = ImmutableNormalizedNodeStreamWriter.from(holder);
        var parser = XmlParserStream.create(writer, context)) {
      XMLStreamReader reader =
          XMLInputFactory.newFactory().createXMLStreamReader(new StringReader(document.toString()));
      parser.parse(reader);
    } catch (Exception e) {
      throw new IllegalArgumentException(xml, e);
    }
    return (ContainerNode) holder.getResult().data();
  }

  /// An interface with its name and type, and more.
  public static String interfaceXml(String name, String more) {
    return "<if:interfaces><if:interface><if:name>"
        + name
        + "</if:name>"
        + more
        + "</if:interface></if:interfaces>";
  }

  public static final String ETHERNET = "<if:type>ianaift:ethernetCsmacd</if:type>";

  /// A device with one virtual router of each name.
  public static String routersXml(String... names) {
    StringBuilder xml = new StringBuilder("<lne:logical-network-elements>");
    for (String name : names) {
      xml.append("<lne:logical-network-element><lne:name>")
          .append(name)
          .append("</lne:name></lne:logical-network-element>");
    }
    return xml.append("</lne:logical-network-elements>").toString();
  }

  public static YangInstanceIdentifier interfacePath(String name) {
    return YangInstanceIdentifier.of(INTERFACES, INTERFACE)
        .node(NodeIdentifierWithPredicates.of(INTERFACE, NAME, name));
  }

  /// What stands at a path of a tree.
  public static NormalizedNode at(ContainerNode tree, YangInstanceIdentifier path) {
    return find(tree, path).orElseThrow(() -> new AssertionError("nothing at " + path));
  }

  public static Optional<NormalizedNode> find(ContainerNode tree, YangInstanceIdentifier path) {
    return path.isEmpty() ? Optional.of(tree) : NormalizedNodes.findNode(tree, path);
  }

  /// A path as the schemas of routers print it.
  public static String text(TreeSchema schema, YangInstanceIdentifier path) {
    return schema.text(path);
  }
}
