package io.vireo.vr.forward;

/// Why a packet went no further: one reason, one counter. [#yangName] is its leaf.
public enum DropReason {
  INTERFACE_DOWN("interface-down"),
  NOT_FOR_US("not-for-us"),
  FRAME_TOO_SHORT("frame-too-short"),
  UNKNOWN_ETHERTYPE("unknown-ethertype"),
  ARP_MALFORMED("arp-malformed"),
  ARP_NOT_ON_LINK("arp-not-on-link"),
  ARP_DONE("arp-done"),
  ARP_POLICED("arp-policed"),
  IPV4_TOO_SHORT("ipv4-too-short"),
  IPV4_BAD_VERSION("ipv4-bad-version"),
  IPV4_BAD_HEADER_LENGTH("ipv4-bad-header-length"),
  IPV4_BAD_TOTAL_LENGTH("ipv4-bad-total-length"),
  IPV4_BAD_CHECKSUM("ipv4-bad-checksum"),
  IPV4_DISABLED("ipv4-disabled"),
  MARTIAN_SOURCE("martian-source"),
  MARTIAN_DESTINATION("martian-destination"),
  OWN_SOURCE("own-source"),
  LINK_BROADCAST_UNICAST("link-broadcast-unicast"),
  DIRECTED_BROADCAST("directed-broadcast"),
  MULTICAST_NOT_FORWARDED("multicast-not-forwarded"),
  NO_ROUTE("no-route"),
  BLACKHOLE("blackhole"),
  UNREACHABLE("unreachable"),
  PROHIBITED("prohibited"),
  FORWARDING_DISABLED("forwarding-disabled"),
  TTL_EXPIRED("ttl-expired"),
  MTU_EXCEEDED("mtu-exceeded"),
  NEIGHBOUR_UNRESOLVED("neighbour-unresolved"),
  NEIGHBOUR_QUEUE_FULL("neighbour-queue-full"),
  NEIGHBOUR_TABLE_FULL("neighbour-table-full"),
  NO_BUFFER("no-buffer"),
  LOCAL_FRAGMENT("local-fragment"),
  LOCAL_POLICED("local-policed"),
  UNKNOWN_PROTOCOL("unknown-protocol"),
  ICMP_MALFORMED("icmp-malformed"),
  ICMP_BAD_CHECKSUM("icmp-bad-checksum"),
  ICMP_UNHANDLED("icmp-unhandled"),
  ICMP_DONE("icmp-done"),
  ICMP_ERROR_SUPPRESSED("icmp-error-suppressed"),
  ICMP_ERROR_RATE_LIMITED("icmp-error-rate-limited"),
  UDP_MALFORMED("udp-malformed"),
  UDP_BAD_CHECKSUM("udp-bad-checksum"),
  UDP_NO_PORT("udp-no-port"),
  SOCKET_QUEUE_FULL("socket-queue-full"),
  DELIVERED("delivered");

  private final String yangName;

  DropReason(String yangName) {
    this.yangName = yangName;
  }

  public String yangName() {
    return yangName;
  }

  /// Whether the packet had done its work: a buffer is freed, nothing was lost.
  public boolean isConsumption() {
    return this == ARP_DONE || this == ICMP_DONE || this == DELIVERED;
  }
}
