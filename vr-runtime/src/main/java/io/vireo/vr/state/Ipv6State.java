package io.vireo.vr.state;

import io.vireo.records.router.ietfinterfaces.Interfaces.Interface.Ipv6;
import io.vireo.records.router.ietfinterfaces.Interfaces.Interface.Ipv6.Ipv6RouterAdvertisements;
import io.vireo.records.router.ietfip.IpAddressOrigin;
import io.vireo.records.router.ietfip.NeighborOrigin;
import io.vireo.vr.forward.Ipv6Interface;
import io.vireo.vr.forward.Ipv6InterfaceAddress;
import io.vireo.vr.forward.Ipv6Settings;
import io.vireo.vr.forward.RouterAdvertisements;
import io.vireo.vr.neighbour.NeighbourState;
import io.vireo.vr.neighbour.NeighbourTable.Neighbour;
import io.vireo.vr.wire.IpAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An interface's `ietf-ip:ipv6` (RFC 8344), as it is. What lists are made of is copied on the
/// worker.
///
/// @param neighbours those whose link-layer address is known
record Ipv6State(
    Ipv6Settings settings, List<Ipv6Interface.Assigned> addresses, List<Neighbour> neighbours) {
  static Ipv6State of(Ipv6Interface ipv6, List<Neighbour> neighbours) {
    return new Ipv6State(ipv6.settings(), ipv6.addresses(), neighbours);
  }

  /// Long lists go on over several parts; there is none where IPv6 is off.
  List<Ipv6> parts() {
    if (!settings.enabled()) {
      return List.of();
    }
    var addressParts = Pages.cut(addresses, one -> 1);
    var neighbourParts = Pages.cut(neighbours, one -> 1);
    List<Ipv6> parts = new ArrayList<>();
    for (int i = 0; i < Math.max(1, Math.max(addressParts.size(), neighbourParts.size())); i++) {
      parts.add(
          part(
              i < addressParts.size() ? addressParts.get(i) : List.of(),
              i < neighbourParts.size() ? neighbourParts.get(i) : List.of()));
    }
    return parts;
  }

  @SuppressWarnings("NullAway") // javac drops the annotation of a compact constructor's parameter
  private Ipv6 part(List<Ipv6Interface.Assigned> own, List<Neighbour> known) {
    return new Ipv6(
        true,
        settings.forwarding(),
        own.stream().map(Ipv6State::address).toList(),
        known.stream().map(Ipv6State::neighbour).toList(),
        (long) settings.probes(),
        advertisements(),
        settings.redirects(),
        InterfaceState.sourceCheck(settings.sourceCheck()));
  }

  private static Ipv6.Address address(Ipv6Interface.Assigned assigned) {
    Ipv6InterfaceAddress own = assigned.address();
    return new Ipv6.Address(
        InterfaceState.ipv6Address(new IpAddress(own.high(), own.low())),
        own.prefixLength(),
        own.automatic() ? IpAddressOrigin.LINK_LAYER : IpAddressOrigin.STATIC,
        switch (assigned.status()) {
          case TENTATIVE -> Ipv6.Address.Status.TENTATIVE;
          case PREFERRED -> Ipv6.Address.Status.PREFERRED;
          case DUPLICATE -> Ipv6.Address.Status.DUPLICATE;
        });
  }

  @SuppressWarnings("NullAway") // javac drops the annotation of a compact constructor's parameter
  private static Ipv6.Neighbor neighbour(Neighbour known) {
    boolean configured = known.state() == NeighbourState.STATIC;
    return new Ipv6.Neighbor(
        InterfaceState.ipv6Address(known.address()),
        InterfaceState.mac(known.mac()),
        configured ? NeighborOrigin.STATIC : NeighborOrigin.DYNAMIC,
        known.isRouter(),
        switch (known.state()) {
          case INCOMPLETE -> Ipv6.Neighbor.State.INCOMPLETE;
          case REACHABLE -> Ipv6.Neighbor.State.REACHABLE;
          case STALE -> Ipv6.Neighbor.State.STALE;
          case DELAY -> Ipv6.Neighbor.State.DELAY;
          case PROBE -> Ipv6.Neighbor.State.PROBE;
          case STATIC -> null;
        });
  }

  private @Nullable Ipv6RouterAdvertisements advertisements() {
    RouterAdvertisements sent = settings.advertisements();
    if (!sent.send()) {
      return null;
    }
    return Ipv6RouterAdvertisements.builder()
        .sendAdvertisements(true)
        .maxRtrAdvInterval(sent.maxIntervalSeconds())
        .minRtrAdvInterval(sent.minIntervalSeconds())
        .managedFlag(sent.managed())
        .otherConfigFlag(sent.otherConfig())
        .linkMtu(Integer.toUnsignedLong(sent.linkMtuBytes()))
        .reachableTime(Integer.toUnsignedLong(sent.reachableTimeMs()))
        .retransTimer(Integer.toUnsignedLong(sent.retransTimerMs()))
        .curHopLimit(sent.hopLimit())
        .defaultLifetime(sent.lifetimeSeconds())
        .build();
  }
}
