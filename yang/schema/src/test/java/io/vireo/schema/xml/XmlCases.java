package io.vireo.schema.xml;

import io.vireo.schema.SchemaContexts;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.random.TestSchemas;
import java.io.StringReader;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Schemas and documents that the tests of this package share.
final class XmlCases {
  static final SchemaTree DEVICE = TestSchemas.numbered(SchemaContexts.DEVICE);
  static final SchemaTree ROUTER = TestSchemas.numbered(SchemaContexts.ROUTER);
  static final SchemaTree TYPES = TestSchemas.numbered("types");
  static final XmlTreeReader READER = XmlTreeReader.ofDevice(DEVICE, ROUTER);

  static final String LNE = "urn:ietf:params:xml:ns:yang:ietf-logical-network-element";
  static final String IF = "urn:ietf:params:xml:ns:yang:ietf-interfaces";
  static final String RT = "urn:ietf:params:xml:ns:yang:ietf-routing";
  static final String IP = "urn:ietf:params:xml:ns:yang:ietf-ip";

  private XmlCases() {}

  /// A reader at the start of a `config` around `content`.
  static XMLStreamReader config(String content) throws XMLStreamException {
    XMLStreamReader in =
        SafeXml.reader(
            new StringReader(
                "<config xmlns:nc='urn:ietf:params:xml:ns:netconf:base:1.0'>"
                    + content
                    + "</config>"));
    in.nextTag();
    return in;
  }

  /// The list of routers with `content` in it.
  static String routers(String attributes, String content) {
    return "<logical-network-elements xmlns='%s' %s>%s</logical-network-elements>"
        .formatted(LNE, attributes, content);
  }

  /// A router's entry.
  static String router(String name, String attributes, String content) {
    return "<logical-network-element %s><name>%s</name>%s</logical-network-element>"
        .formatted(attributes, name, content);
  }

  /// A router's interface eth0 with an address.
  static String interfaces(String attributes, String address) {
    return ("<interfaces xmlns='%s' %s><interface><name>eth0</name>"
            + "<type xmlns:t='urn:ietf:params:xml:ns:yang:iana-if-type'>t:ethernetCsmacd</type>"
            + "<ipv4 xmlns='%s'><address><ip>%s</ip><prefix-length>24</prefix-length></address>"
            + "</ipv4></interface></interfaces>")
        .formatted(IF, attributes, IP, address);
  }
}
