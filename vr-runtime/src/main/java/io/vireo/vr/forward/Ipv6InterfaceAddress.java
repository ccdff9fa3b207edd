package io.vireo.vr.forward;

import io.vireo.vr.wire.Ipv6Address;
import io.vireo.vr.wire.Ipv6Prefix;

/// One IPv6 address of an interface with the length of its subnet.
///
/// @param automatic made of the link-layer address, not configured
public record Ipv6InterfaceAddress(long high, long low, int prefixLength, boolean automatic) {
  public Ipv6InterfaceAddress {
    if (prefixLength < 0 || prefixLength > 128) {
      throw new IllegalArgumentException("prefix length " + prefixLength + " is not 0..128");
    }
  }

  /// The link-local address that every Ethernet station makes itself (RFC 4862 §5.3).
  static Ipv6InterfaceAddress linkLocal(long mac) {
    return new Ipv6InterfaceAddress(
        Ipv6Address.linkLocalHigh(), Ipv6Address.interfaceIdentifier(mac), 64, true);
  }

  public boolean isLinkLocal() {
    return Ipv6Address.isLinkLocal(high);
  }

  public Ipv6Prefix host() {
    return new Ipv6Prefix(high, low, 128);
  }

  public Ipv6Prefix subnet() {
    return Ipv6Prefix.containing(high, low, prefixLength);
  }

  boolean isOnLink(long otherHigh, long otherLow) {
    return ((high ^ otherHigh) & Ipv6Address.highMask(prefixLength)) == 0
        && ((low ^ otherLow) & Ipv6Address.lowMask(prefixLength)) == 0;
  }

  @Override
  public String toString() {
    return Ipv6Address.format(high, low) + "/" + prefixLength;
  }
}
