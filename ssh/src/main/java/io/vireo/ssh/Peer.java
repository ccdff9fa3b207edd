package io.vireo.ssh;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// Prints the far end of a connection.
final class Peer {
  private Peer() {}

  /// The address alone: what throttling and limits count by.
  static String address(@Nullable SocketAddress remote) {
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
