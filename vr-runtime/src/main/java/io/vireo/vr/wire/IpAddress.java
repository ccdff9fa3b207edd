package io.vireo.vr.wire;

import java.util.Optional;

/// An address of either family, in network order; an IPv4 address is its IPv4-mapped IPv6 address
/// (RFC 4291 §2.5.5.2), which no packet carries.
public record IpAddress(long high, long low) implements Comparable<IpAddress> {
  private static final long MAPPED = 0xffff_0000_0000L;

  public static IpAddress ofIpv4(int address) {
    return new IpAddress(0, mapped(address));
  }

  /// The low half of an IPv4 address; the high half is 0.
  public static long mapped(int ipv4) {
    return MAPPED | ipv4 & 0xffff_ffffL;
  }

  /// Whether these halves are an IPv4 address.
  public static boolean isIpv4(long high, long low) {
    return high == 0 && low >>> Integer.SIZE == MAPPED >>> Integer.SIZE;
  }

  /// A hash of an address on an interface, good in all its bits.
  public static int hash(int interfaceIndex, long high, long low) {
    long hash =
        (high * 0xc2b2ae3d27d4eb4fL ^ low ^ interfaceIndex * 0x9e3779b97f4a7c15L)
            * 0x9fb21c651e98df25L;
    return (int) (hash >>> Integer.SIZE);
  }

  /// Reads the text of an address of either family, without a zone.
  public static Optional<IpAddress> parse(String text) {
    return text.indexOf(':') < 0
        ? Ipv4Address.parse(text).map(IpAddress::ofIpv4)
        : Ipv6Address.parse(text);
  }

  public boolean isIpv4() {
    return isIpv4(high, low);
  }

  /// The 32 bits of an IPv4 address.
  public int ipv4() {
    return (int) low;
  }

  /// Unsigned; IPv4 before most IPv6.
  @Override
  public int compareTo(IpAddress other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }

  @Override
  public String toString() {
    return isIpv4() ? Ipv4Address.format(ipv4()) : Ipv6Address.format(high, low);
  }
}
