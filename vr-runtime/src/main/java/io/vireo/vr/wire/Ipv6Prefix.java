package io.vireo.vr.wire;

/// An IPv6 prefix: an address whose bits beyond `length` are zero.
public record Ipv6Prefix(long high, long low, int length)
    implements IpPrefix, Comparable<Ipv6Prefix> {
  public Ipv6Prefix {
    if (length < 0 || length > 128) {
      throw new IllegalArgumentException("prefix length " + length + " is not 0..128");
    }
    if ((high & ~Ipv6Address.highMask(length)) != 0 || (low & ~Ipv6Address.lowMask(length)) != 0) {
      throw new IllegalArgumentException(
          Ipv6Address.format(high, low) + "/" + length + " has bits beyond its length");
    }
  }

  /// The prefix of `length` that an address lies in.
  public static Ipv6Prefix containing(long high, long low, int length) {
    return new Ipv6Prefix(
        high & Ipv6Address.highMask(length), low & Ipv6Address.lowMask(length), length);
  }

  /// `x:x::x/n`.
  public static Ipv6Prefix of(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("'" + text + "' has no prefix length; write x:x::x/n");
    }
    IpAddress address = Ipv6Address.of(text.substring(0, slash));
    return new Ipv6Prefix(
        address.high(), address.low(), Integer.parseInt(text.substring(slash + 1)));
  }

  @Override
  public boolean contains(IpAddress other) {
    return !other.isIpv4() && contains(other.high(), other.low());
  }

  public boolean contains(long otherHigh, long otherLow) {
    return (otherHigh & Ipv6Address.highMask(length)) == high
        && (otherLow & Ipv6Address.lowMask(length)) == low;
  }

  /// By address, unsigned; a shorter prefix before the longer ones in it.
  @Override
  public int compareTo(Ipv6Prefix other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    int byLow = byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    return byLow != 0 ? byLow : Integer.compare(length, other.length);
  }

  @Override
  public String toString() {
    return Ipv6Address.format(high, low) + "/" + length;
  }
}
