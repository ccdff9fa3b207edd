package io.vireo.vr.forward;

/// Why a packet went no further: one reason, one counter, one `enum` of the YANG type
/// `vireo-forwarding:drop-reason`. The last five are no losses: the packet had done its work.
public enum DropReason {
  /// The frame ends inside its Ethernet header.
  ETHERNET_TOO_SHORT("ethernet-too-short"),
  /// The destination address is another station's.
  ETHERNET_NOT_FOR_US("ethernet-not-for-us"),
  /// No protocol here has the frame's EtherType.
  ETHERTYPE_UNKNOWN("ethertype-unknown"),
  /// The interface is administratively or operationally down.
  INTERFACE_DOWN("interface-down"),
  /// An ARP packet of wrong length, type or operation.
  ARP_MALFORMED("arp-malformed"),
  /// An ARP packet about an address of another station.
  ARP_NOT_FOR_US("arp-not-for-us"),
  /// No sub-interface has the frame's VLAN tags.
  VLAN_UNKNOWN("vlan-unknown"),
  /// The packet ends inside its IPv4 header.
  IPV4_TOO_SHORT("ipv4-too-short"),
  /// The version is not 4 or the header length is below 5 words.
  IPV4_BAD_VERSION("ipv4-bad-version"),
  /// The total length is below the header's or beyond the frame's.
  IPV4_BAD_LENGTH("ipv4-bad-length"),
  /// The header checksum is wrong.
  IPV4_BAD_CHECKSUM("ipv4-bad-checksum"),
  /// The source address may not be a source.
  IPV4_MARTIAN_SOURCE("ipv4-martian-source"),
  /// The destination address may not be forwarded.
  IPV4_MARTIAN_DESTINATION("ipv4-martian-destination"),
  /// The time to live has run out.
  IPV4_TTL_EXPIRED("ipv4-ttl-expired"),
  /// No route leads to the destination.
  IPV4_NO_ROUTE("ipv4-no-route"),
  /// The route says to drop without a word.
  IPV4_BLACKHOLE("ipv4-blackhole"),
  /// The route says unreachable.
  IPV4_UNREACHABLE("ipv4-unreachable"),
  /// The route says prohibited.
  IPV4_PROHIBIT("ipv4-prohibit"),
  /// Forwarding is off on the interface.
  IPV4_FORWARDING_OFF("ipv4-forwarding-off"),
  /// Larger than the outgoing MTU and not to be fragmented.
  IPV4_FRAGMENTATION_NEEDED("ipv4-fragmentation-needed"),
  /// Options that run over the header.
  IPV4_OPTIONS_MALFORMED("ipv4-options-malformed"),
  /// The packet's options tell its way.
  IPV4_SOURCE_ROUTED("ipv4-source-routed"),
  /// No route leads back to the source, or not by where the packet came from.
  REVERSE_PATH("reverse-path"),
  /// The next hop did not answer.
  NEIGHBOR_UNRESOLVED("neighbor-unresolved"),
  /// Too many packets wait for the next hop's address.
  NEIGHBOR_QUEUE_FULL("neighbor-queue-full"),
  /// No room for another neighbour.
  NEIGHBOR_TABLE_FULL("neighbor-table-full"),
  /// Too many neighbours were asked for lately.
  NEIGHBOR_RATE_LIMITED("neighbor-rate-limited"),
  /// No protocol here has the packet's protocol number.
  PROTOCOL_UNKNOWN("protocol-unknown"),
  /// An ICMP message too short or with a wrong checksum.
  ICMP_MALFORMED("icmp-malformed"),
  /// An ICMP message that the rate limit held back.
  ICMP_RATE_LIMITED("icmp-rate-limited"),
  /// A UDP datagram with a wrong length or checksum.
  UDP_MALFORMED("udp-malformed"),
  /// No socket for the datagram.
  UDP_NO_SOCKET("udp-no-socket"),
  /// The socket's receive queue is full.
  SOCKET_QUEUE_FULL("socket-queue-full"),
  /// More packets for the router itself than the policer lets by.
  PUNT_RATE_LIMITED("punt-rate-limited"),
  /// The port could not take the packet.
  TRANSMIT_RING_FULL("transmit-ring-full"),
  /// The packet pool was empty.
  NO_BUFFER("no-buffer"),
  /// The frame is larger than a packet buffer.
  FRAME_TOO_LONG("frame-too-long"),
  /// The packet ends inside its IPv6 header.
  IPV6_TOO_SHORT("ipv6-too-short"),
  /// The version is not 6.
  IPV6_BAD_VERSION("ipv6-bad-version"),
  /// The payload length is beyond the frame's.
  IPV6_BAD_LENGTH("ipv6-bad-length"),
  /// The source address may not be a source.
  IPV6_MARTIAN_SOURCE("ipv6-martian-source"),
  /// The destination address may not be forwarded.
  IPV6_MARTIAN_DESTINATION("ipv6-martian-destination"),
  /// A link-local address would leave its link.
  IPV6_SCOPE_EXCEEDED("ipv6-scope-exceeded"),
  /// The hop limit has run out.
  IPV6_HOP_LIMIT_EXCEEDED("ipv6-hop-limit-exceeded"),
  /// No route leads to the destination.
  IPV6_NO_ROUTE("ipv6-no-route"),
  /// The route says to drop without a word.
  IPV6_BLACKHOLE("ipv6-blackhole"),
  /// The route says unreachable.
  IPV6_UNREACHABLE("ipv6-unreachable"),
  /// The route says prohibited.
  IPV6_PROHIBIT("ipv6-prohibit"),
  /// Forwarding is off on the interface, or IPv6 is.
  IPV6_FORWARDING_OFF("ipv6-forwarding-off"),
  /// Larger than the outgoing MTU.
  IPV6_PACKET_TOO_BIG("ipv6-packet-too-big"),
  /// Extension headers that run over the packet, or out of order.
  IPV6_EXTENSION_MALFORMED("ipv6-extension-malformed"),
  /// An extension header or an option that has to be understood.
  IPV6_EXTENSION_UNKNOWN("ipv6-extension-unknown"),
  /// A fragment that overlaps or does not fit with others of its datagram, or of a datagram refused
  /// for that.
  FRAGMENT_REFUSED("fragment-refused"),
  /// A fragment that is there already.
  FRAGMENT_DUPLICATE("fragment-duplicate"),
  /// A fragment that had to make room for those of another datagram.
  FRAGMENT_TABLE_FULL("fragment-table-full"),
  /// A fragment whose datagram did not become whole in time.
  FRAGMENT_EXPIRED("fragment-expired"),
  /// To a multicast group that nobody here has joined.
  GROUP_NOT_JOINED("group-not-joined"),
  /// A neighbour discovery message that is not sound.
  ND_MALFORMED("nd-malformed"),
  /// A multicast listener message that is not sound.
  MLD_MALFORMED("mld-malformed"),
  /// A multicast membership message (IGMP) that is not sound.
  IGMP_MALFORMED("igmp-malformed"),
  /// An ARP packet was taken in.
  ARP_DONE(""),
  /// An ICMP message was taken in.
  ICMP_DONE(""),
  /// A multicast membership message was taken in.
  IGMP_DONE(""),
  /// A fragment's data is in its datagram.
  FRAGMENT_DONE(""),
  /// A datagram reached its socket.
  DELIVERED("");

  private final String yangName;

  DropReason(String yangName) {
    this.yangName = yangName;
  }

  /// The name in YANG; empty for what is no loss.
  public String yangName() {
    return yangName;
  }

  public boolean isLoss() {
    return !yangName.isEmpty();
  }
}
