package io.vireo.vr.forward;

/// Packets for the router itself that are policed together; YANG `vireo-punt:traffic-class`. Those
/// of the first classes are taken before those of the last.
public enum PuntClass {
  /// ARP, neighbour discovery, multicast listener discovery; a policer for each interface.
  RESOLUTION("resolution", 10_000, 1_000),
  /// OSPF, PIM, VRRP, BGP, LDP, BFD, RIP.
  ROUTING("routing", 50_000, 5_000),
  /// SSH and NETCONF.
  MANAGEMENT("management", 20_000, 2_000),
  /// Other TCP and UDP.
  TRANSPORT("transport", 1_000_000, 10_000),
  /// Echo requests and replies, errors.
  ICMP("icmp", 20_000, 1_000),
  /// Fragments, before their datagram is whole.
  FRAGMENT("fragment", 20_000, 1_000),
  /// Every other protocol.
  OTHER("other", 1_000, 100),
  /// Packets that are answered with an error (RFC 1812 §4.3.2.8, RFC 4443 §2.4 (f)).
  ERROR("error", 1_000, 100);

  private final String yangName;
  private final PolicerSettings defaults;

  PuntClass(String yangName, int ratePerSecond, int burst) {
    this.yangName = yangName;
    this.defaults = new PolicerSettings(ratePerSecond, burst);
  }

  public String yangName() {
    return yangName;
  }

  /// Whether it is taken before others.
  boolean isUrgent() {
    return ordinal() <= MANAGEMENT.ordinal();
  }

  /// What holds where nothing is configured.
  public PolicerSettings defaults() {
    return defaults;
  }
}
