package io.vireo.vr.rib;

import io.vireo.vr.fib.Adjacency;
import io.vireo.vr.forward.Ipv6Interface;
import io.vireo.vr.forward.RouterInterface;
import io.vireo.vr.forward.RouterInterface.InterfaceAddress;
import io.vireo.vr.wire.IpPrefix;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Ipv4Prefix;
import io.vireo.vr.wire.Ipv6Prefix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What follows from one address of an interface.
///
/// @param host the address itself
/// @param subnet what is on the link; null: nothing but the address
/// @param special an address that the subnet has besides; null: none
/// @param specialIs what is done with packets to it
record OwnAddress<P extends IpPrefix>(
    P host, @Nullable P subnet, @Nullable P special, Adjacency specialIs) {
  private static final Adjacency BROADCAST = Adjacency.of(Adjacency.Kind.DIRECTED_BROADCAST);

  static List<OwnAddress<Ipv4Prefix>> ofIpv4(RouterInterface up) {
    return up.addresses().stream().map(OwnAddress::of).toList();
  }

  private static OwnAddress<Ipv4Prefix> of(InterfaceAddress own) {
    int length = own.prefixLength();
    int broadcast = own.address() | ~Ipv4Address.mask(length);
    return new OwnAddress<>(
        new Ipv4Prefix(own.address(), 32),
        length == 32 ? null : own.subnet(),
        length > 30 ? null : new Ipv4Prefix(broadcast, 32), // RFC 3021: a /31 has none
        BROADCAST);
  }

  /// Link-local addresses have no route: which link they are of, no table of the router's knows.
  static List<OwnAddress<Ipv6Prefix>> ofIpv6(RouterInterface up) {
    return up.ipv6().addresses().stream()
        .filter(own -> own.status() != Ipv6Interface.AddressStatus.DUPLICATE)
        .map(Ipv6Interface.Assigned::address)
        .filter(own -> !own.isLinkLocal())
        .map(own -> {
          Ipv6Prefix subnet = own.subnet();
          return new OwnAddress<>(
              own.host(),
              own.prefixLength() == 128 ? null : subnet,
              // RFC 4291 §2.6.1, RFC 6164 §5: every router of a subnet has its first address.
              own.prefixLength() > 126 ? null : new Ipv6Prefix(subnet.high(), subnet.low(), 128),
              Adjacency.LOCAL);
        })
        .toList();
  }
}
