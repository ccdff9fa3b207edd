package io.vireo.netconf.rpc;

/// XML namespaces of the protocol itself.
public final class Namespaces {
  /// RFC 6241 §3.1.
  public static final String BASE = "urn:ietf:params:xml:ns:netconf:base:1.0";

  /// RFC 6022 §5.
  public static final String MONITORING = "urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring";

  /// RFC 7950 §7.15: `action` and YANG's own error-info.
  public static final String YANG = "urn:ietf:params:xml:ns:yang:1";

  /// RFC 6241 §10.4: capability of the framing with chunks.
  public static final String BASE_1_1 = "urn:ietf:params:netconf:base:1.1";

  public static final String BASE_1_0 = "urn:ietf:params:netconf:base:1.0";

  /// RFC 6243 §5: the parameter.
  public static final String WITH_DEFAULTS =
      "urn:ietf:params:xml:ns:yang:ietf-netconf-with-defaults";

  /// RFC 6243 §6: the attribute that marks default data.
  public static final String DEFAULT_ATTRIBUTE = "urn:ietf:params:xml:ns:netconf:default:1.0";

  /// RFC 8526 §4.
  public static final String NMDA = "urn:ietf:params:xml:ns:yang:ietf-netconf-nmda";

  /// RFC 5717 §6.
  public static final String PARTIAL_LOCK = "urn:ietf:params:xml:ns:netconf:partial-lock:1.0";

  /// RFC 8342 §7: the names of datastores.
  public static final String DATASTORES = "urn:ietf:params:xml:ns:yang:ietf-datastores";

  /// RFC 8342 §7: the names of origins, and the attribute.
  public static final String ORIGIN = "urn:ietf:params:xml:ns:yang:ietf-origin";

  /// RFC 8530 §3: where virtual routers' trees are mounted.
  public static final String LNE = "urn:ietf:params:xml:ns:yang:ietf-logical-network-element";

  private Namespaces() {}
}
