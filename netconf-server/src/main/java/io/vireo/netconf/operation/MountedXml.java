package io.vireo.netconf.operation;

import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementError.ErrorType;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.Trees;
import io.vireo.netconf.filter.DataFilter;
import io.vireo.netconf.filter.FilterReader;
import io.vireo.netconf.filter.FilterTooLargeException;
import io.vireo.netconf.filter.NodeSieve;
import io.vireo.netconf.filter.SubtreeFilter;
import io.vireo.netconf.filter.XPathFilter;
import io.vireo.netconf.rpc.Namespaces;
import io.vireo.netconf.rpc.Params;
import io.vireo.netconf.rpc.RpcErrors;
import io.vireo.schema.SchemaDataException;
import io.vireo.schema.document.DeviceAndRouters;
import io.vireo.schema.document.DocumentOperation;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.xml.NodeMarks;
import io.vireo.schema.xml.XmlTreeReader;
import io.vireo.schema.xml.XmlTreeWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.namespace.NamespaceContext;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// XML of the device's tree with the virtual routers' trees mounted in it.
public final class MountedXml implements DataXml {
  private final SchemaTree device;
  private final SchemaTree router;
  private final XmlTreeReader reader;
  private final XmlTreeWriter writer;

  public MountedXml(SchemaTree device, SchemaTree router) {
    this.device = device;
    this.router = router;
    reader = XmlTreeReader.ofDevice(device, router);
    writer = XmlTreeWriter.ofDevice(device, router);
  }

  @Override
  public void write(XMLStreamWriter xml, Trees trees) throws XMLStreamException {
    writer.write(xml, new DeviceAndRouters(trees.device(), trees.routers()));
  }

  @Override
  public void write(XMLStreamWriter xml, Trees trees, NodeMarks marks) throws XMLStreamException {
    writer.write(xml, new DeviceAndRouters(trees.device(), trees.routers()), marks);
  }

  @Override
  public DataFilter readSubtree(XMLStreamReader xml)
      throws XMLStreamException, ManagementException {
    try {
      return new SubtreeFilter(
          FilterReader.read(xml), device.context().model(), router.context().model());
    } catch (FilterTooLargeException e) {
      throw RpcErrors.tooBig(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public DataFilter readXPath(XMLStreamReader xml, String expression) throws ManagementException {
    NamespaceContext scope = xml.getNamespaceContext();
    return XPathFilter.of(
        device,
        router,
        expression,
        prefix -> {
          String namespace = scope.getNamespaceURI(prefix);
          return namespace == null || namespace.isEmpty() ? null : namespace;
        });
  }

  @Override
  public NodeSieve sieve(NodeSieve.Test test) {
    return new NodeSieve(device, router, test);
  }

  @Override
  public List<TreeEdit> readEdits(XMLStreamReader xml, DefaultOperation operation)
      throws XMLStreamException, ManagementException {
    DocumentOperation above =
        switch (operation) {
          case MERGE -> DocumentOperation.MERGE;
          case REPLACE -> DocumentOperation.REPLACE;
          case NONE -> DocumentOperation.NONE;
        };
    try {
      return reader.readEdits(xml, above);
    } catch (SchemaDataException e) {
      throw refusal(e);
    }
  }

  @Override
  public Trees readConfig(XMLStreamReader xml) throws XMLStreamException, ManagementException {
    try {
      DeviceAndRouters trees = reader.readDocument(xml, true);
      return new Trees(trees.device(), trees.routers());
    } catch (SchemaDataException e) {
      throw refusal(e);
    }
  }

  @Override
  public Call readCall(XMLStreamReader xml) throws XMLStreamException, ManagementException {
    return Namespaces.YANG.equals(xml.getNamespaceURI())
        ? readAction(xml)
        : read(xml, device, TreeId.DEVICE);
  }

  /// The path to the mount point, the RPC below it, and nothing else (RFC 7950 §7.15.2).
  private Call readAction(XMLStreamReader xml) throws XMLStreamException, ManagementException {
    step(xml, "logical-network-elements");
    step(xml, "logical-network-element");
    step(xml, "name");
    String name = xml.getElementText().strip();
    if (name.isEmpty()) {
      throw RpcErrors.missingElement("name", "logical-network-element");
    }
    step(xml, "root");
    if (!Params.nextElement(xml)) {
      throw RpcErrors.missingElement("an RPC of the virtual router", "root");
    }
    Call call = read(xml, router, new TreeId.Router(name));
    for (int i = 0; i < 4; i++) { // root, element, elements, action
      if (Params.nextElement(xml)) {
        throw RpcErrors.badElement(
            xml.getLocalName(), "an <action> names one RPC and nothing beside it");
      }
    }
    return call;
  }

  private static void step(XMLStreamReader xml, String name)
      throws XMLStreamException, ManagementException {
    String parent = xml.getLocalName();
    boolean found = Params.nextElement(xml);
    if (!found && parent.equals("name")) {
      found = Params.nextElement(xml);
    }
    if (!found) {
      throw RpcErrors.missingElement(name, "action");
    }
    if (!xml.getLocalName().equals(name) || !Namespaces.LNE.equals(xml.getNamespaceURI())) {
      throw RpcErrors.unknownElement(ErrorType.PROTOCOL, xml.getLocalName(), "action");
    }
  }

  private Call read(XMLStreamReader xml, SchemaTree schema, TreeId tree)
      throws XMLStreamException, ManagementException {
    String namespace = xml.getNamespaceURI() == null ? "" : xml.getNamespaceURI();
    SchemaTree.@Nullable Operation operation =
        schema.lookupOperation(namespace, xml.getLocalName());
    if (operation == null) {
      throw RpcErrors.unknownElement(ErrorType.PROTOCOL, xml.getLocalName(), "root");
    }
    try {
      return new Call(tree, operation.name(), reader.readInput(xml, operation));
    } catch (SchemaDataException e) {
      throw refusal(e);
    }
  }

  @Override
  public void writeOutput(XMLStreamWriter xml, Call call, ContainerNode output)
      throws XMLStreamException {
    SchemaTree schema = call.tree() instanceof TreeId.Router ? router : device;
    SchemaTree.@Nullable Operation operation = schema.lookupOperation(call.rpc());
    if (operation == null) {
      throw new IllegalStateException(call.rpc() + " was called and is not in the schema");
    }
    writer.writeContent(xml, operation.output(), output);
  }

  private static ManagementException refusal(SchemaDataException e) throws XMLStreamException {
    if (e.getCause() instanceof XMLStreamException malformed) {
      throw malformed;
    }
    Map<String, String> info = new TreeMap<>();
    ErrorTag tag = tag(e.tag());
    String bad = e.badElement();
    if (bad != null) {
      boolean attribute = tag == ErrorTag.BAD_ATTRIBUTE || tag == ErrorTag.MISSING_ATTRIBUTE;
      info.put(attribute ? "bad-attribute" : "bad-element", bad);
    }
    String value = e.value();
    if (value != null && tag == ErrorTag.UNKNOWN_NAMESPACE) {
      info.put("bad-namespace", value);
    }
    return new ManagementException(
        new ManagementError(
            ErrorType.APPLICATION,
            tag,
            e.appTag(),
            e.place().tree(),
            e.place().path().isEmpty() ? null : e.place().path(),
            String.valueOf(e.getMessage()),
            info));
  }

  private static ErrorTag tag(SchemaDataException.Tag tag) {
    return switch (tag) {
      case UNKNOWN_ELEMENT -> ErrorTag.UNKNOWN_ELEMENT;
      case UNKNOWN_NAMESPACE -> ErrorTag.UNKNOWN_NAMESPACE;
      case BAD_ELEMENT -> ErrorTag.BAD_ELEMENT;
      case MISSING_ELEMENT -> ErrorTag.MISSING_ELEMENT;
      case INVALID_VALUE -> ErrorTag.INVALID_VALUE;
      case BAD_ATTRIBUTE -> ErrorTag.BAD_ATTRIBUTE;
      case MISSING_ATTRIBUTE -> ErrorTag.MISSING_ATTRIBUTE;
      case OPERATION_NOT_SUPPORTED -> ErrorTag.OPERATION_NOT_SUPPORTED;
      case MALFORMED_MESSAGE -> ErrorTag.MALFORMED_MESSAGE;
      case TOO_BIG -> ErrorTag.TOO_BIG;
    };
  }
}
