package io.vireo.datastore.access;

/// Rules for the group `staff`, of which bob is one.
final class StaffRules {
  private StaffRules() {}

  /// `/nacm` with these rules, named 0, 1 and so on.
  ///
  /// @param defaults what stands before the groups
  /// @param rules what stands in each rule; `sys`, `if`, `lne`, `vsock` and `s` (a site's own
  ///   module) are declared
  static String of(String defaults, String... rules) {
    StringBuilder xml = new StringBuilder();
    xml.append(
        """
        <nacm xmlns="urn:ietf:params:xml:ns:yang:ietf-netconf-acm"
            xmlns:sys="urn:vireo:yang:vireo-system"
            xmlns:if="urn:ietf:params:xml:ns:yang:ietf-interfaces"
            xmlns:lne="urn:ietf:params:xml:ns:yang:ietf-logical-network-element"
            xmlns:vsock="urn:vireo:yang:vireo-sockets"
            xmlns:rt="urn:ietf:params:xml:ns:yang:ietf-routing"
            xmlns:s="urn:acme:site">
          %s
          <groups><group><name>staff</name><user-name>bob</user-name></group></groups>
          <rule-list><name>staff</name><group>staff</group>
        """
            .formatted(defaults));
    for (int i = 0; i < rules.length; i++) {
      xml.append("<rule><name>").append(i).append("</name>").append(rules[i]).append("</rule>");
    }
    return xml + "</rule-list></nacm>";
  }

  /// A rule about a path.
  static String rule(String path, String accesses, String action) {
    return "<path>"
        + path
        + "</path><access-operations>"
        + accesses
        + "</access-operations><action>"
        + action
        + "</action>";
  }
}
