package io.vireo.vr.wire;

/// An IPv4 prefix: an address whose bits beyond `length` are zero.
public record Ipv4Prefix(int address, int length) implements IpPrefix, Comparable<Ipv4Prefix> {
  public Ipv4Prefix {
    if (length < 0 || length > 32) {
      throw new IllegalArgumentException("prefix length " + length + " is not 0..32");
    }
    if ((address & ~Ipv4Address.mask(length)) != 0) {
      throw new IllegalArgumentException(
          Ipv4Address.format(address) + "/" + length + " has bits beyond its length");
    }
  }

  /// The prefix of `length` that `address` lies in.
  public static Ipv4Prefix containing(int address, int length) {
    return new Ipv4Prefix(address & Ipv4Address.mask(length), length);
  }

  /// `a.b.c.d/n`.
  public static Ipv4Prefix of(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("'" + text + "' has no prefix length; write a.b.c.d/n");
    }
    return new Ipv4Prefix(
        Ipv4Address.of(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
  }

  @Override
  public boolean contains(IpAddress other) {
    return other.isIpv4() && contains(other.ipv4());
  }

  public boolean contains(int other) {
    return (other & Ipv4Address.mask(length)) == address;
  }

  /// By address, unsigned; a shorter prefix before the longer ones in it.
  @Override
  public int compareTo(Ipv4Prefix other) {
    int byAddress = Integer.compareUnsigned(address, other.address);
    return byAddress != 0 ? byAddress : Integer.compare(length, other.length);
  }

  @Override
  public String toString() {
    return Ipv4Address.format(address) + "/" + length;
  }
}
