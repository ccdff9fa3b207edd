package io.vireo.datastore.xpath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.datastore.TestTrees;
import io.vireo.datastore.api.Selection;
import io.vireo.datastore.api.Trees;
import io.vireo.schema.document.DeviceAndRouters;
import io.vireo.schema.xml.SafeXml;
import io.vireo.schema.xml.XmlTreeReader;
import java.io.StringReader;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opendaylight.yangtools.yang.common.QName;

/// What a query costs, and what it says it needs.
class XPathQueryTest {
  private static final int INTERFACES = 20_000;
  private static final String LNE = "urn:ietf:params:xml:ns:yang:ietf-logical-network-element";
  private static final String IF = "urn:ietf:params:xml:ns:yang:ietf-interfaces";
  private static final Map<String, String> PREFIXES = Map.of("lne", LNE, "if", IF);
  private static final String ROOT =
      "/lne:logical-network-elements/lne:logical-network-element[lne:name='blue']/lne:root";

  private static XPathQuery query(String text) {
    return XPathQuery.of(TestTrees.DEVICE_TREE, TestTrees.ROUTER_TREE, text, PREFIXES::get);
  }

  private static Trees trees() throws Exception {
    StringBuilder xml =
        new StringBuilder(
            "<config><logical-network-elements xmlns='%s'><logical-network-element>".formatted(LNE)
                + "<name>blue</name><root><interfaces xmlns='%s'>".formatted(IF));
    for (int i = 0; i < INTERFACES; i++) {
      xml.append("<interface><name>lo").append(i).append("</name>");
      xml.append("<type xmlns:t='urn:ietf:params:xml:ns:yang:iana-if-type'>t:softwareLoopback");
      xml.append("</type></interface>");
    }
    xml.append("</interfaces></root></logical-network-element>");
    xml.append("</logical-network-elements></config>");
    XMLStreamReader in = SafeXml.reader(new StringReader(xml.toString()));
    in.nextTag();
    DeviceAndRouters read =
        XmlTreeReader.ofDevice(TestTrees.DEVICE_TREE, TestTrees.ROUTER_TREE).readDocument(in, true);
    return new Trees(read.device(), read.routers());
  }

  @Test
  void namedEntry_ofManyThousand_isFoundWithoutASearch() throws Exception {
    Trees trees = trees();
    XPathQuery.Answer one =
        query(ROOT + "/if:interfaces/if:interface[if:name='lo7777']").ask(trees);
    assertEquals(1, one.nodes().size());
    assertTrue(one.visits() < 20, one.visits() + " nodes visited");
    XPathQuery.Answer all = query(ROOT + "/if:interfaces/if:interface").ask(trees);
    assertEquals(INTERFACES, all.nodes().size());
  }

  @Test
  void costlyQuery_isStopped() throws Exception {
    Trees trees = trees();
    XPathQuery costly = query("//if:interface[//if:interface[if:name='none']]");
    XPathFault fault = assertThrows(XPathFault.class, () -> costly.ask(trees));
    assertTrue(fault.toString().contains("visits"), fault.toString());
    XPathQuery compares =
        query("//if:interface[1][//if:interface/if:name < //if:interface/if:name]");
    assertThrows(XPathFault.class, () -> compares.ask(trees));
  }

  /// Top-level nodes of the device, routers, top-level nodes of routers; `*`: all.
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          /if:interfaces ; interfaces ; '' ; ''
          /if:interfaces/if:interface[if:name='a'] | /if:interfaces ; interfaces ; '' ; ''
          /lne:logical-network-elements/lne:logical-network-element[lne:name='a']/lne:root/if:interfaces ; logical-network-elements ; a ; interfaces
          /lne:logical-network-elements/lne:logical-network-element/lne:root/if:interfaces ; logical-network-elements ; * ; interfaces
          /lne:logical-network-elements ; logical-network-elements ; * ; *
          /lne:logical-network-elements/lne:logical-network-element[lne:name='a']/lne:name ; logical-network-elements ; a ; ''
          /lne:logical-network-elements/lne:logical-network-element[lne:root/if:interfaces]/lne:name ; logical-network-elements ; * ; *
          /lne:logical-network-elements/lne:logical-network-element[lne:name='a'][lne:root/if:interfaces]/lne:name ; logical-network-elements ; a ; *
          /lne:logical-network-elements/lne:logical-network-element/lne:root[*]/if:interfaces ; logical-network-elements ; * ; *
          /lne:logical-network-elements[*/lne:root]/lne:logical-network-element[lne:name='a']/lne:name ; logical-network-elements ; * ; *
          //if:interface ; * ; * ; *
          /if:interfaces/if:interface[if:name = /if:interfaces/if:interface/if:type] ; * ; * ; *
          /if:interfaces/../lne:logical-network-elements ; * ; * ; *
          """)
  void selection_isWhatTheQueryMayLookAt(
      String text, String device, String routers, String routerNodes) {
    Selection selection = query(text).selection();
    assertEquals(device, names(selection.deviceNodes()));
    Set<String> named = selection.routers();
    assertEquals(routers, named == null ? "*" : String.join(" ", named));
    assertEquals(routerNodes, names(selection.routerNodes()));
  }

  private static String names(@org.jspecify.annotations.Nullable Set<QName> names) {
    return names == null
        ? "*"
        : names.stream().map(QName::getLocalName).sorted().collect(Collectors.joining(" "));
  }
}
