package io.vireo.vr.wire;

/// A destination of one of the two address families.
public sealed interface IpPrefix permits Ipv4Prefix, Ipv6Prefix {
  /// The bits that count.
  int length();

  /// Whether an address of the family lies in it.
  boolean contains(IpAddress address);
}
