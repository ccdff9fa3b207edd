package io.vireo.ssh;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Prints the far end of a connection.
final class Peer {
  private static final int PREFIX_BYTES = 8;

  private Peer() {}

  /// What throttling and limits count by: an IPv4 address, or the /64 of an IPv6 address, since one
  /// host has all of that (RFC 7934 §6).
  static String address(@Nullable SocketAddress remote) {
    if (remote instanceof InetSocketAddress inet && inet.getAddress() instanceof Inet6Address v6) {
      return HexFormat.of().formatHex(v6.getAddress(), 0, PREFIX_BYTES) + "/64";
    }
    return remote instanceof InetSocketAddress inet && inet.getAddress() != null
        ? inet.getAddress().getHostAddress()
        : String.valueOf(remote);
  }

  /// `address:port`, an IPv6 address in brackets (RFC 5952 §6).
  static String text(@Nullable SocketAddress remote) {
    if (remote instanceof InetSocketAddress inet && inet.getAddress() != null) {
      String address = inet.getAddress().getHostAddress();
      return (address.contains(":") ? "[" + address + "]" : address) + ":" + inet.getPort();
    }
    return String.valueOf(remote);
  }
}
