package io.vireo.vr.forward;

/// The nodes that whole vectors go through, in order, as `show runtime` names them.
public enum GraphNode {
  ETHERNET_INPUT("ethernet-input"),
  IPV4_INPUT("ipv4-input"),
  IPV4_LOOKUP("ipv4-lookup"),
  IPV4_REWRITE("ipv4-rewrite"),
  IPV6_INPUT("ipv6-input"),
  IPV6_LOOKUP("ipv6-lookup"),
  IPV6_REWRITE("ipv6-rewrite"),
  INTERFACE_OUTPUT("interface-output");

  private final String yangName;

  GraphNode(String yangName) {
    this.yangName = yangName;
  }

  public String yangName() {
    return yangName;
  }
}
