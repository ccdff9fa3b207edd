package io.vireo.vr.config;

import io.vireo.vr.forward.Ipv6Settings;
import io.vireo.vr.forward.RouterInterface.InterfaceAddress;
import io.vireo.vr.wire.IpAddress;
import java.util.List;

/// One interface as configured (RFC 8343, RFC 8344).
public record InterfaceConfig(
    String name,
    boolean loopback,
    boolean enabled,
    boolean forwarding,
    List<InterfaceAddress> addresses,
    List<StaticNeighbour> neighbours,
    Ipv6Settings ipv6,
    List<StaticNeighbour> ipv6Neighbours) {
  /// A configured neighbour.
  public record StaticNeighbour(IpAddress address, long mac) {}

  public InterfaceConfig {
    addresses = List.copyOf(addresses);
    neighbours = List.copyOf(neighbours);
    ipv6Neighbours = List.copyOf(ipv6Neighbours);
  }

  /// An Ethernet interface that forwards IPv4 and has no IPv6.
  public static InterfaceConfig ofIpv4(
      String name, List<InterfaceAddress> addresses, List<StaticNeighbour> neighbours) {
    return new InterfaceConfig(
        name, false, true, true, addresses, neighbours, Ipv6Settings.OFF, List.of());
  }
}
