package io.vireo.schema.xml;

import static io.vireo.schema.xml.XmlCases.DEVICE;
import static io.vireo.schema.xml.XmlCases.READER;
import static io.vireo.schema.xml.XmlCases.ROUTER;
import static io.vireo.schema.xml.XmlCases.RT;
import static io.vireo.schema.xml.XmlCases.TYPES;
import static io.vireo.schema.xml.XmlCases.config;
import static io.vireo.schema.xml.XmlCases.interfaces;
import static io.vireo.schema.xml.XmlCases.router;
import static io.vireo.schema.xml.XmlCases.routers;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.schema.SchemaDataException;
import io.vireo.schema.SchemaDataException.Tag;
import io.vireo.schema.document.DeviceAndRouters;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.random.RandomTree;
import io.vireo.schema.random.SameData;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

class XmlTreeTest {
  @TestFactory
  Stream<DynamicTest> randomTree_writtenAndRead_isTheSame() {
    return LongStream.range(0, 40)
        .boxed()
        .flatMap(seed ->
            Stream.of(TYPES, ROUTER)
                .map(tree ->
                    DynamicTest.dynamicTest(
                        tree.context().name() + " seed " + seed,
                        () -> checkRoundTrip(tree, seed))));
  }

  private static void checkRoundTrip(SchemaTree tree, long seed) throws Exception {
    ContainerNode data =
        seed % 4 == 0
            ? RandomTree.complete(tree.root(), seed)
            : RandomTree.sparse(tree.root(), seed);
    ContainerNode read = writeAndRead(tree, data);

    if (tree == TYPES) {
      // XML does not tell a union's member: 5 may have been text, and a date passes as base64 which
      // reads as a number. What was read twice stays as it is.
      ContainerNode settled = writeAndRead(tree, read);
      assertEquals(settled, writeAndRead(tree, settled));
    } else {
      SameData.check(data, read);
    }
  }

  private static ContainerNode writeAndRead(SchemaTree tree, ContainerNode data) throws Exception {
    byte[] xml = write(XmlTreeWriter.ofRouter(tree), new DeviceAndRouters(data, new TreeMap<>()));
    return XmlTreeReader.ofRouter("blue", tree).readDocument(reader(xml), false).device();
  }

  @Test
  void twoRouters_writtenAndRead_areStitchedAndTakenApart() throws Exception {
    String document =
        routers(
            "",
            router("blue", "", "<root>" + interfaces("", "192.0.2.1") + "</root>")
                + router("green", "", ""));
    DeviceAndRouters trees = READER.readDocument(config(document), true);
    assertEquals(Set.of("blue", "green"), trees.routers().keySet());
    assertEquals(1, requireNonNull(trees.routers().get("blue")).size());
    assertTrue(requireNonNull(trees.routers().get("green")).isEmpty());

    byte[] xml = write(XmlTreeWriter.ofDevice(DEVICE, ROUTER), trees);

    assertEquals(trees, READER.readDocument(reader(xml), true));
  }

  @Test
  void rpcInput_read_isContainerOfItsInput() throws Exception {
    SchemaTree.Operation act = requireNonNull(TYPES.lookupOperation("urn:vireo:test-types", "act"));
    // What XML can't tell of a union's members has settled after two readings.
    ContainerNode drawn = RandomTree.complete(act.input(), 8);
    ContainerNode input = writeAndReadInput(act, writeAndReadInput(act, drawn));

    assertEquals(drawn.size(), input.size());
    assertEquals(input, writeAndReadInput(act, input));
  }

  private static ContainerNode writeAndReadInput(SchemaTree.Operation act, ContainerNode input)
      throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    XMLStreamWriter out = SafeXml.writer(bytes);
    out.writeStartElement("act");
    XmlTreeWriter.ofRouter(TYPES).writeContent(out, act.input(), input);
    out.writeEndElement();
    out.close();
    return XmlTreeReader.ofRouter("blue", TYPES).readInput(reader(bytes.toByteArray()), act);
  }

  @Test
  void addressWherePrefixIsNeeded_read_messageNamesLeafValueAndForm() {
    String route =
        "<routing xmlns='%s'><control-plane-protocols><control-plane-protocol>".formatted(RT)
            + "<type>static</type><name>s</name><static-routes>"
            + "<ipv4 xmlns='urn:ietf:params:xml:ns:yang:ietf-ipv4-unicast-routing'><route>"
            + "<destination-prefix>10.0.0.1</destination-prefix></route></ipv4>"
            + "</static-routes></control-plane-protocol></control-plane-protocols></routing>";
    SchemaDataException failure =
        fails(routers("", router("blue", "", "<root>" + route + "</root>")));

    assertEquals(Tag.INVALID_VALUE, failure.tag());
    assertEquals("10.0.0.1", failure.value());
    assertEquals("destination-prefix", failure.badElement());
    assertEquals(new TreeId.Router("blue"), failure.place().tree());
    String message = String.valueOf(failure.getMessage());
    assertTrue(message.contains("'10.0.0.1'"), message);
    assertTrue(message.contains("an IPv4 prefix such as 192.0.2.0/24"), message);
    assertTrue(message.contains("logical-network-element[name='blue']/root/routing"), message);
  }

  @Test
  void strangeDocuments_read_tagSaysWhatIsWrong() {
    assertEquals(Tag.UNKNOWN_NAMESPACE, fails("<nonsense xmlns='urn:x'/>").tag());
    assertEquals(Tag.UNKNOWN_ELEMENT, fails("<nonsense xmlns='%s'/>".formatted(RT)).tag());
    assertEquals(Tag.UNKNOWN_NAMESPACE, fails("<interfaces xmlns='urn:x'/>").tag());
    assertEquals(Tag.MISSING_ELEMENT, fails(routers("", "<logical-network-element/>")).tag());
    assertEquals(Tag.BAD_ELEMENT, fails(routers("", "text")).tag());
    assertEquals(
        Tag.BAD_ELEMENT, fails(routers("", router("a", "", "") + router("a", "", ""))).tag());
    assertEquals(Tag.BAD_ELEMENT, fails(routers("", router("a", "", "<name>b</name>"))).tag());
    assertEquals(
        Tag.UNKNOWN_ELEMENT,
        fails(routers("", router("a", "", "<description><x/></description>"))).tag());
    assertEquals(Tag.BAD_ELEMENT, fails(routers("", router("a", "", "<root/><root/>"))).tag());
    assertEquals(Tag.MALFORMED_MESSAGE, fails(routers("", "</b>")).tag());
    assertEquals(Tag.BAD_ATTRIBUTE, fails(routers("nc:operation='merge'", "")).tag());
  }

  @Test
  void entityOrDepthBomb_read_isMalformed() throws Exception {
    String deep = "<a>".repeat(1000) + "</a>".repeat(1000);
    assertThrows(SchemaDataException.class, () -> READER.readDocument(config(deep), true));
    String entity =
        "<!DOCTYPE config [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><config>"
            + routers("", router("&x;", "", ""))
            + "</config>";

    assertThrows(XMLStreamException.class, () -> reader(entity.getBytes(StandardCharsets.UTF_8)));
    assertEquals(Tag.MALFORMED_MESSAGE, fails(routers("", router("&x;", "", ""))).tag());
    assertEquals(Tag.MALFORMED_MESSAGE, fails(routers("", "&x;")).tag());
  }

  @Test
  void hundredThousandRoutes_read_timeIsShown() throws Exception {
    StringBuilder routes = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      routes.append(
          "<route><destination-prefix>%d.%d.%d.0/24</destination-prefix><next-hop><next-hop-address>192.0.2.1</next-hop-address></next-hop></route>"
              .formatted(10 + (i >> 16), (i >> 8) & 0xff, i & 0xff));
    }
    String document =
        "<routing xmlns='%s'><control-plane-protocols><control-plane-protocol><type>static</type><name>s</name><static-routes><ipv4 xmlns='urn:ietf:params:xml:ns:yang:ietf-ipv4-unicast-routing'>%s</ipv4></static-routes></control-plane-protocol></control-plane-protocols></routing>"
            .formatted(RT, routes);
    XmlTreeReader reader = XmlTreeReader.ofRouter("blue", ROUTER);
    DeviceAndRouters read = null;
    for (int run = 0; run < 3; run++) {
      long startNs = System.nanoTime();
      read = reader.readDocument(config(document), true);
      System.out.printf(
          "100000 static routes, %d kB of XML, read in %d ms%n",
          document.length() >> 10, (System.nanoTime() - startNs) / 1_000_000);
    }
    long startNs = System.nanoTime();
    byte[] xml = write(XmlTreeWriter.ofRouter(ROUTER), requireNonNull(read));
    System.out.printf(
        "written as %d kB in %d ms%n", xml.length >> 10, (System.nanoTime() - startNs) / 1_000_000);
    assertTrue(xml.length > 100_000);
  }

  private static SchemaDataException fails(String content) {
    return assertThrows(
        SchemaDataException.class, () -> READER.readDocument(config(content), true));
  }

  private static byte[] write(XmlTreeWriter writer, DeviceAndRouters trees) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    XMLStreamWriter out = SafeXml.writer(bytes);
    out.writeStartElement("config");
    writer.write(out, trees);
    out.writeEndElement();
    out.close();
    return bytes.toByteArray();
  }

  private static XMLStreamReader reader(byte[] xml) throws Exception {
    XMLStreamReader in = SafeXml.reader(new ByteArrayInputStream(xml));
    in.nextTag();
    return in;
  }
}
