package io.vireo.vr.state;

import io.vireo.drivers.Port;
import io.vireo.drivers.PortStatistics;
import io.vireo.records.router.ianaiftype.IanaIfTypeIdentity;
import io.vireo.records.router.ietfinettypes.Ipv4AddressNoZone;
import io.vireo.records.router.ietfinterfaces.Interfaces;
import io.vireo.records.router.ietfinterfaces.Interfaces.Interface.Ipv4;
import io.vireo.records.router.ietfinterfaces.Interfaces.Interface.OperStatus;
import io.vireo.records.router.ietfip.IpAddressOrigin;
import io.vireo.records.router.ietfip.NeighborOrigin;
import io.vireo.records.router.ietfyangtypes.DateAndTime;
import io.vireo.records.router.ietfyangtypes.PhysAddress;
import io.vireo.vr.forward.DataPlane;
import io.vireo.vr.forward.InterfaceCounters;
import io.vireo.vr.forward.RouterInterface;
import io.vireo.vr.neighbour.NeighbourState;
import io.vireo.vr.neighbour.NeighbourTable;
import io.vireo.vr.neighbour.NeighbourTable.Neighbour;
import io.vireo.vr.wire.Ipv4Address;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `/ietf-interfaces:interfaces` with statistics, addresses and neighbours (RFC 8343, RFC 8344).
final class InterfaceState {
  private InterfaceState() {}

  static Interfaces of(DataPlane plane, Instant started, Instant now, long nowNs) {
    List<Neighbour> neighbours = plane.neighbours().snapshot();
    return new Interfaces(
        plane.interfaces().all().stream()
            .map(each -> entry(each, neighbours, started, now, nowNs))
            .toList());
  }

  private static Interfaces.Interface entry(
      RouterInterface each, List<Neighbour> all, Instant started, Instant now, long nowNs) {
    Port port = each.port();
    boolean present = port != null || each.isLoopback();
    OperStatus status =
        !present ? OperStatus.NOT_PRESENT : each.operUp() ? OperStatus.UP : OperStatus.DOWN;
    String reason =
        each.operUp()
            ? null
            : !present
                ? "no port of this name is bound to the router"
                : each.adminUp() ? "the port's link is down" : "disabled by configuration";
    var entry =
        Interfaces.Interface.builder()
            .name(each.name())
            .type(
                each.isLoopback()
                    ? IanaIfTypeIdentity.SOFTWARE_LOOPBACK
                    : IanaIfTypeIdentity.ETHERNET_CSMACD)
            .enabled(each.adminUp())
            .operStatus(status)
            .mtu(Math.min(each.mtuBytes(), 65535))
            .reason(reason)
            .statistics(statistics(each.counters(), port, started))
            .ipv4(ipv4(each, all));
    if (each.lastChangeNs() != 0) {
      entry.lastChange(time(now.minusNanos(nowNs - each.lastChangeNs())));
    }
    if (port != null) {
      entry.physAddress(mac(port.mac()));
    }
    return entry.build();
  }

  private static Ipv4 ipv4(RouterInterface each, List<Neighbour> all) {
    var addresses =
        each.addresses().stream()
            .map(own ->
                new Ipv4.Address(
                    address(own.address()),
                    new Ipv4.Address.SubnetChoice.PrefixLength(own.prefixLength()),
                    IpAddressOrigin.STATIC))
            .toList();
    var neighbours =
        all.stream()
            .filter(n -> n.interfaceIndex() == each.index())
            .filter(n -> n.mac() != NeighbourTable.UNKNOWN_MAC)
            .map(n ->
                new Ipv4.Neighbor(
                    address(n.address()),
                    mac(n.mac()),
                    n.state() == NeighbourState.STATIC
                        ? NeighborOrigin.STATIC
                        : NeighborOrigin.DYNAMIC))
            .toList();
    return new Ipv4(true, each.forwarding(), addresses, neighbours);
  }

  /// The router's counters and those of the driver below it: together every frame once.
  private static Interfaces.Interface.Statistics statistics(
      InterfaceCounters counters, @Nullable Port port, Instant started) {
    PortStatistics driver = port == null ? new PortStatistics() : port.statistics();
    return Interfaces.Interface.Statistics.builder()
        .discontinuityTime(time(started))
        .inOctets(counters.inOctets)
        .inUnicastPkts(counters.inUnicastPkts)
        .inBroadcastPkts(counters.inBroadcastPkts)
        .inMulticastPkts(counters.inMulticastPkts)
        .inDiscards(counters.inDiscards + driver.receiveDrops)
        .inErrors(counters.inErrors + driver.receiveErrors)
        .inUnknownProtos(counters.inUnknownProtos)
        .outOctets(counters.outOctets)
        .outUnicastPkts(counters.outUnicastPkts)
        .outBroadcastPkts(counters.outBroadcastPkts)
        .outMulticastPkts(counters.outMulticastPkts)
        .outDiscards(counters.outDiscards + driver.transmitDrops)
        .outErrors(counters.outErrors + driver.transmitErrors)
        .build();
  }

  static Ipv4AddressNoZone address(int address) {
    return new Ipv4AddressNoZone(Ipv4Address.format(address));
  }

  static PhysAddress mac(long mac) {
    String digits = String.format(Locale.ROOT, "%012x", mac);
    return new PhysAddress(digits.replaceAll("(..)(?!$)", "$1:"));
  }

  private static DateAndTime time(Instant instant) {
    return new DateAndTime(instant.truncatedTo(ChronoUnit.MILLIS).toString());
  }
}
