package io.vireo.tests.bench;

import java.nio.charset.StandardCharsets;

/// Configurations of the datastore's benchmark, as NETCONF would bring them.
final class BenchTrees {
  private static final String LNE = "urn:ietf:params:xml:ns:yang:ietf-logical-network-element";
  private static final String IF = "urn:ietf:params:xml:ns:yang:ietf-interfaces";
  private static final String RT = "urn:ietf:params:xml:ns:yang:ietf-routing";
  private static final String V4UR = "urn:ietf:params:xml:ns:yang:ietf-ipv4-unicast-routing";

  private BenchTrees() {}

  /// A document on the device: a virtual router 'blue' that holds `content`.
  static byte[] device(String content) {
    return ("<config><logical-network-elements xmlns='"
            + LNE
            + "'><logical-network-element><name>blue</name><root>"
            + content
            + "</root></logical-network-element></logical-network-elements></config>")
        .getBytes(StandardCharsets.UTF_8);
  }

  /// The same content as a document of the router's schema alone.
  static byte[] bare(String content) {
    return ("<data>" + content + "</data>").getBytes(StandardCharsets.UTF_8);
  }

  static String interfaces(int count) {
    StringBuilder xml = new StringBuilder("<interfaces xmlns='").append(IF).append("'>");
    for (int i = 0; i < count; i++) {
      xml.append("<interface><name>eth").append(i).append("</name><type xmlns:i='");
      xml.append("urn:ietf:params:xml:ns:yang:iana-if-type'>i:ethernetCsmacd</type></interface>");
    }
    return xml.append("</interfaces>").toString();
  }

  /// Static routes; the n-th leaves by interface n modulo `interfaces`.
  static String routes(int count, int interfaces) {
    StringBuilder xml = new StringBuilder();
    for (int i = 0; i < count; i++) {
      xml.append("<route><destination-prefix>")
          .append(prefix(i))
          .append("</destination-prefix><next-hop><outgoing-interface>eth")
          .append(i % interfaces)
          .append("</outgoing-interface></next-hop></route>");
    }
    return around(xml.toString());
  }

  /// One leaf of one route.
  static String description(int route, String text) {
    return around(
        "<route><destination-prefix>"
            + prefix(route)
            + "</destination-prefix><description>"
            + text
            + "</description></route>");
  }

  /// A route that is not among the first.
  static String route(int number) {
    return around(
        "<route><destination-prefix>"
            + prefix(number)
            + "</destination-prefix><next-hop><outgoing-interface>eth0"
            + "</outgoing-interface></next-hop></route>");
  }

  static String interfaceDescription(String text) {
    return "<interfaces xmlns='"
        + IF
        + "'><interface><name>eth0</name><description>"
        + text
        + "</description></interface></interfaces>";
  }

  static String withoutInterface(int number) {
    return "<interfaces xmlns='"
        + IF
        + "' xmlns:nc='urn:ietf:params:xml:ns:netconf:base:1.0'><interface nc:operation='delete'>"
        + "<name>eth"
        + number
        + "</name></interface></interfaces>";
  }

  static String prefix(int number) {
    return (10 + (number >> 16)) + "." + (number >> 8 & 0xFF) + "." + (number & 0xFF) + ".0/24";
  }

  private static String around(String routes) {
    return "<routing xmlns='"
        + RT
        + "'><control-plane-protocols><control-plane-protocol><type>static</type><name>s</name>"
        + "<static-routes><ipv4 xmlns='"
        + V4UR
        + "'>"
        + routes
        + "</ipv4></static-routes></control-plane-protocol></control-plane-protocols></routing>";
  }
}
