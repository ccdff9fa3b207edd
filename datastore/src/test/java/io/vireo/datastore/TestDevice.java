package io.vireo.datastore;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vireo.datastore.api.Caller;
import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.datastore.api.Selection;
import io.vireo.datastore.api.Trees;
import io.vireo.datastore.store.StorageException;
import io.vireo.schema.document.DeviceAndRouters;
import io.vireo.schema.document.DocumentOperation;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.xml.SafeXml;
import io.vireo.schema.xml.XmlTreeReader;
import io.vireo.schema.xml.XmlTreeWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// The datastores of a device whose virtual routers are stood in for, spoken to in XML.
public final class TestDevice implements AutoCloseable {
  public final ManagementEngine engine;
  public final FakeRouters routers = new FakeRouters();

  /// A session of the router manager itself.
  public final ManagementSession system;

  public TestDevice(Path directory, EngineOptions options) throws StorageException {
    this(directory, TestTrees.DEVICE_TREE, options);
  }

  public TestDevice(Path directory, SchemaTree device, EngineOptions options)
      throws StorageException {
    engine = ManagementEngine.open(directory, device, TestTrees.ROUTER_TREE, routers, options);
    system = engine.open(new Caller("system", Caller.Door.SYSTEM, "local"), () -> {});
  }

  /// A session through a door.
  public ManagementSession as(String user) {
    return engine.open(new Caller(user, Caller.Door.NETCONF, "192.0.2.1:4000"), () -> {});
  }

  /// Commits what the XML says.
  public void commit(String... documents) throws Exception {
    system.edit(Datastore.CANDIDATE, edits(documents)).get();
    system.commit(null).get();
  }

  /// The edits of several edit-configs, one after the other; `nc` is NETCONF's prefix.
  public static List<TreeEdit> edits(String... documents) throws Exception {
    List<TreeEdit> edits = new ArrayList<>();
    for (String document : documents) {
      edits.addAll(document(document));
    }
    return edits;
  }

  private static List<TreeEdit> document(String xml) throws Exception {
    byte[] document =
        ("<config xmlns:nc=\"urn:ietf:params:xml:ns:netconf:base:1.0\">" + xml + "</config>")
            .getBytes(StandardCharsets.UTF_8);
    XMLStreamReader in = SafeXml.reader(new ByteArrayInputStream(document));
    in.nextTag();
    return XmlTreeReader.ofDevice(TestTrees.DEVICE_TREE, TestTrees.ROUTER_TREE)
        .readEdits(in, DocumentOperation.MERGE);
  }

  /// What a session is shown of a datastore.
  public static String shown(ManagementSession session, Datastore datastore) throws Exception {
    List<Trees> pages = new ArrayList<>();
    session.read(datastore, Selection.ALL, pages::add).get();
    SortedMap<String, ContainerNode> routers = new TreeMap<>();
    pages.forEach(page -> routers.putAll(page.routers()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    XMLStreamWriter xml = SafeXml.writer(out);
    xml.writeStartElement("data");
    XmlTreeWriter.ofDevice(TestTrees.DEVICE_TREE, TestTrees.ROUTER_TREE)
        .write(xml, new DeviceAndRouters(pages.getFirst().device(), routers));
    xml.writeEndElement();
    xml.close();
    return out.toString(StandardCharsets.UTF_8);
  }

  /// Why a call was refused.
  public static List<ManagementError> refusals(CompletableFuture<?> call) {
    ExecutionException failure = assertThrows(ExecutionException.class, call::get);
    return assertInstanceOf(ManagementException.class, failure.getCause()).errors();
  }

  /// The first reason.
  public static ManagementError refused(CompletableFuture<?> call) {
    return refusals(call).getFirst();
  }

  public static String contact(String text) {
    return "<system xmlns=\"urn:vireo:yang:vireo-system\"><contact>" + text + "</contact></system>";
  }

  public static String hostname(String text) {
    return "<system xmlns=\"urn:vireo:yang:vireo-system\"><hostname>"
        + text
        + "</hostname></system>";
  }

  public static String description(String interfaceName, String text) {
    return "<interfaces xmlns=\"urn:ietf:params:xml:ns:yang:ietf-interfaces\"><interface><name>"
        + interfaceName
        + "</name><description>"
        + text
        + "</description></interface></interfaces>";
  }

  /// A loopback interface with a description.
  public static String loopback(String name, String text) {
    return description(name, text)
        .replace(
            "<description>",
            "<type xmlns:t=\"urn:ietf:params:xml:ns:yang:iana-if-type\">t:softwareLoopback</type>"
                + "<description>");
  }

  public static String inRouter(String router, String xml) {
    return "<logical-network-elements"
        + " xmlns=\"urn:ietf:params:xml:ns:yang:ietf-logical-network-element\">"
        + "<logical-network-element><name>"
        + router
        + "</name><root>"
        + xml
        + "</root></logical-network-element></logical-network-elements>";
  }

  @Override
  public void close() throws StorageException {
    engine.close();
  }
}
