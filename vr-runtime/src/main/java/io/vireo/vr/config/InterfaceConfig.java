package io.vireo.vr.config;

import io.vireo.vr.forward.RouterInterface.InterfaceAddress;
import io.vireo.vr.forward.Ipv6Settings;
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
}
