package io.vireo.netconf.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vireo.datastore.api.Trees;
import io.vireo.schema.SchemaContexts;
import io.vireo.schema.document.DeviceAndRouters;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.xml.SafeXml;
import io.vireo.schema.xml.XmlTreeReader;
import io.vireo.schema.xml.XmlTreeWriter;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Parts of a router's routes (RFC 8349), which are a list without keys.
class ExcerptTest {
  private static final SchemaTree DEVICE =
      SchemaTree.of(SchemaContexts.ofClassPath().load("device"));
  private static final SchemaTree ROUTER =
      SchemaTree.of(SchemaContexts.ofClassPath().load("router"));
  private static final String LNE = "urn:ietf:params:xml:ns:yang:ietf-logical-network-element";
  private static final String RT = "urn:ietf:params:xml:ns:yang:ietf-routing";
  private static final String ROUTE =
      "<route><route-preference>%d</route-preference><next-hop>"
          + "<outgoing-interface>eth%1$d</outgoing-interface></next-hop></route>";
  private static final String DOCUMENT =
      "<config><logical-network-elements xmlns='"
          + LNE
          + "'><logical-network-element><name>blue</name><root><routing xmlns='"
          + RT
          + "'><ribs><rib><name>main</name><routes>"
          + ROUTE.formatted(1)
          + ROUTE.formatted(5)
          + ROUTE.formatted(7)
          + "</routes></rib></ribs></routing></root></logical-network-element>"
          + "</logical-network-elements></config>";

  private static Trees read() throws Exception {
    XMLStreamReader in = SafeXml.reader(new StringReader(DOCUMENT));
    in.nextTag();
    DeviceAndRouters trees = XmlTreeReader.ofDevice(DEVICE, ROUTER).readDocument(in, false);
    return new Trees(trees.device(), trees.routers());
  }

  private static String write(Trees trees) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    XMLStreamWriter out = SafeXml.writer(bytes);
    out.writeStartElement("config");
    XmlTreeWriter.ofDevice(DEVICE, ROUTER)
        .write(out, new DeviceAndRouters(trees.device(), trees.routers()));
    out.writeEndElement();
    out.close();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static int count(String wanted, String text) {
    return (text.length() - text.replace(wanted, "").length()) / wanted.length();
  }

  /// The expression, the levels, and how many routes, preferences and interfaces come of it.
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          //rt:route ; 0 ; 3 ; 3 ; 3
          //rt:route[rt:route-preference='5'] ; 0 ; 1 ; 1 ; 1
          //rt:route[rt:route-preference='5'] ; 1 ; 1 ; 0 ; 0
          //rt:route[rt:route-preference='5'] ; 2 ; 1 ; 1 ; 0
          //rt:route/rt:route-preference ; 0 ; 3 ; 3 ; 0
          //rt:route/rt:route-preference ; 1 ; 3 ; 3 ; 0
          //rt:route[2]/rt:next-hop | //rt:route[3] ; 0 ; 2 ; 1 ; 2
          //rt:route[2]/rt:next-hop | //rt:route[3] ; 2 ; 2 ; 1 ; 1
          //rt:routes | //rt:route[1] ; 2 ; 3 ; 1 ; 0
          /l:logical-network-elements ; 3 ; 0 ; 0 ; 0
          /l:logical-network-elements ; 7 ; 0 ; 0 ; 0
          /l:logical-network-elements ; 8 ; 3 ; 0 ; 0
          //* ; 1 ; 3 ; 3 ; 3
          """)
  void routes_selected_comeWithTheirLevels(
      String expression, int levels, int routes, int preferences, int interfaces) throws Exception {
    XPathFilter filter =
        XPathFilter.of(DEVICE, ROUTER, expression, Map.of("rt", RT, "l", LNE)::get);
    String taken = write(filter.apply(read(), levels == 0 ? Depth.UNBOUNDED : levels));
    assertEquals(routes, count("<route>", taken) + count("<route/>", taken), taken);
    assertEquals(preferences, count("<route-preference>", taken), taken);
    assertEquals(interfaces, count("<outgoing-interface>", taken), taken);
  }
}
