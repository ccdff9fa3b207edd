package io.vireo.rsock.client.rules;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// An IPv4 or IPv6 prefix. Address literals only: nothing here asks a resolver.
///
/// @param network the first address of the prefix; bits beyond `length` are zero
public record IpPrefix(InetAddress network, int length) {

  public IpPrefix {
    int bits = 8 * network.getAddress().length;
    if (length < 0 || length > bits) {
      throw new IllegalArgumentException(
          "prefix length " + length + " of " + network.getHostAddress() + " is not in 0.." + bits);
    }
    network = masked(network, length);
  }

  /// Reads `ADDRESS/LENGTH`, or `ADDRESS` for that address alone.
  public static IpPrefix parse(String text) {
    int slash = text.indexOf('/');
    String literal = slash < 0 ? text : text.substring(0, slash);
    InetAddress address;
    try {
      address = InetAddress.ofLiteral(literal);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a prefix: need ADDRESS/LENGTH, such as 10.1.0.0/16", e);
    }
    int bits = 8 * address.getAddress().length;
    if (slash < 0) {
      return new IpPrefix(address, bits);
    }
    try {
      return new IpPrefix(address, Integer.parseInt(text, slash + 1, text.length(), 10));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'" + text + "' has no prefix length: need a number from 0 to " + bits, e);
    }
  }

  /// True when `address` is of this prefix's family and inside it.
  public boolean contains(InetAddress address) {
    return address.getAddress().length == network.getAddress().length
        && masked(address, length).equals(network);
  }

  private static InetAddress masked(InetAddress address, int length) {
    byte[] octets = address.getAddress();
    for (int i = 0; i < octets.length; i++) {
      int kept = Math.clamp(length - 8L * i, 0, 8);
      octets[i] &= (byte) (0xff00 >> kept);
    }
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new AssertionError("an address's own octets", e);
    }
  }

  @Override
  public String toString() {
    return network.getHostAddress() + "/" + length;
  }
}
