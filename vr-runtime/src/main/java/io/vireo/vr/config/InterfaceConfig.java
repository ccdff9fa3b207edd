package io.vireo.vr.config;

import io.vireo.vr.forward.Ipv6Settings;
import io.vireo.vr.forward.RouterInterface.InterfaceAddress;
import io.vireo.vr.forward.SourceCheck;
import io.vireo.vr.forward.VlanTags;
import io.vireo.vr.wire.IpAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One interface as configured (RFC 8343, RFC 8344).
///
/// @param vlan of a sub-interface; null: it is none
public record InterfaceConfig(
    String name,
    boolean loopback,
    @Nullable Vlan vlan,
    boolean enabled,
    boolean forwarding,
    SourceCheck sourceCheck,
    boolean redirects,
    List<InterfaceAddress> addresses,
    List<StaticNeighbour> neighbours,
    Ipv6Settings ipv6,
    List<StaticNeighbour> ipv6Neighbours) {
  /// What makes a sub-interface.
  public record Vlan(String parent, VlanTags tags) {}

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
        name,
        false,
        null,
        true,
        true,
        SourceCheck.NONE,
        true,
        addresses,
        neighbours,
        Ipv6Settings.OFF,
        List.of());
  }
}
