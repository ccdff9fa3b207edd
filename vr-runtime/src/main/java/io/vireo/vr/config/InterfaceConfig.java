package io.vireo.vr.config;

import io.vireo.vr.forward.RouterInterface.InterfaceAddress;
import java.util.List;

/// One interface as configured (RFC 8343, RFC 8344).
public record InterfaceConfig(
    String name,
    boolean loopback,
    boolean enabled,
    boolean forwarding,
    List<InterfaceAddress> addresses,
    List<StaticNeighbour> neighbours) {
  /// A configured neighbour.
  public record StaticNeighbour(int address, long mac) {}

  public InterfaceConfig {
    addresses = List.copyOf(addresses);
    neighbours = List.copyOf(neighbours);
  }
}
