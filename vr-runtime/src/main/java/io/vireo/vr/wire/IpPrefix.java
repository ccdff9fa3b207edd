package io.vireo.vr.wire;

/// A destination of one of the two address families.
public sealed interface IpPrefix permits Ipv4Prefix, Ipv6Prefix {
  /// The bits that count.
  int length();
}
