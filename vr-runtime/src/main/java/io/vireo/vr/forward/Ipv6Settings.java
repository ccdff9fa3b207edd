package io.vireo.vr.forward;

import java.util.List;

/// IPv6 of an interface as configured (RFC 8344).
///
/// @param enabled whether the interface has IPv6 at all
/// @param forwarding whether packets from here may be forwarded; if not it is a host's interface
/// @param addresses the configured ones
/// @param redirects whether hosts are told of better first hops
/// @param probes DupAddrDetectTransmits (RFC 4862 §5.1); 0: addresses are used unasked
public record Ipv6Settings(
    boolean enabled,
    boolean forwarding,
    List<Ipv6InterfaceAddress> addresses,
    int probes,
    SourceCheck sourceCheck,
    boolean redirects,
    RouterAdvertisements advertisements) {
  /// No IPv6.
  public static final Ipv6Settings OFF =
      new Ipv6Settings(
          false, true, List.of(), 1, SourceCheck.NONE, true, RouterAdvertisements.NONE);

  public Ipv6Settings {
    addresses = List.copyOf(addresses);
  }
}
