package io.vireo.vr.state;

import io.vireo.drivers.Port;
import io.vireo.drivers.PortStatistics;
import io.vireo.records.router.ianaiftype.IanaIfTypeIdentity;
import io.vireo.records.router.ietfinettypes.IpAddressNoZone;
import io.vireo.records.router.ietfinettypes.Ipv4AddressNoZone;
import io.vireo.records.router.ietfinettypes.Ipv6AddressNoZone;
import io.vireo.records.router.ietfinterfaces.Interfaces;
import io.vireo.records.router.ietfinterfaces.Interfaces.Interface.Ipv4;
import io.vireo.records.router.ietfinterfaces.Interfaces.Interface.Ipv6;
import io.vireo.records.router.ietfinterfaces.Interfaces.Interface.OperStatus;
import io.vireo.records.router.ietfip.IpAddressOrigin;
import io.vireo.records.router.ietfip.NeighborOrigin;
import io.vireo.records.router.ietfyangtypes.DateAndTime;
import io.vireo.records.router.ietfyangtypes.PhysAddress;
import io.vireo.records.router.vireoforwarding.SourceCheck;
import io.vireo.vr.forward.DataPlane;
import io.vireo.vr.forward.InterfaceCounters;
import io.vireo.vr.forward.RouterInterface;
import io.vireo.vr.forward.RouterInterface.InterfaceAddress;
import io.vireo.vr.neighbour.NeighbourState;
import io.vireo.vr.neighbour.NeighbourTable;
import io.vireo.vr.neighbour.NeighbourTable.Neighbour;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv4Address;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// `/ietf-interfaces:interfaces` with statistics, addresses, neighbours (RFC 8343, RFC 8344) and
/// groups.
final class InterfaceState {
  private static final int IGMP_VERSION = 3;
  private static final int MLD_VERSION = 2;

  /// One interface: its leaves, and what its lists are made of.
  private record Copy(
      Interfaces.Interface.Builder leaves,
      String name,
      boolean forwarding,
      SourceCheck sourceCheck,
      boolean redirects,
      List<InterfaceAddress> addresses,
      List<Neighbour> neighbours,
      List<Interfaces.Interface.JoinedGroup> groups,
      Ipv6State ipv6) {}

  private final List<Copy> copies;

  private InterfaceState(List<Copy> copies) {
    this.copies = copies;
  }

  /// On the worker.
  static InterfaceState of(DataPlane plane, Instant started, Instant now, long nowNs) {
    Map<Integer, List<Neighbour>> neighbours = known(plane.neighbours());
    Map<Integer, List<Neighbour>> ipv6Neighbours = known(plane.ipv6Neighbours());
    return new InterfaceState(
        plane.interfaces().all().stream()
            .map(each ->
                new Copy(
                    leaves(each, started, now, nowNs),
                    each.name(),
                    each.forwarding(),
                    sourceCheck(each.sourceCheck()),
                    each.redirects(),
                    each.addresses(),
                    neighbours.getOrDefault(each.index(), List.of()),
                    groups(each, nowNs),
                    Ipv6State.of(
                        each.ipv6(), ipv6Neighbours.getOrDefault(each.index(), List.of()))))
            .toList());
  }

  // IGMP has a version more than MLD.
  private static List<Interfaces.Interface.JoinedGroup> groups(RouterInterface on, long nowNs) {
    List<Interfaces.Interface.JoinedGroup> all = new ArrayList<>();
    int igmp = IGMP_VERSION - on.groups().stepsBack(nowNs);
    int mld = MLD_VERSION - on.ipv6().groups().stepsBack(nowNs);
    for (IpAddress group : on.groups().joined()) {
      all.add(new Interfaces.Interface.JoinedGroup(IpAddressNoZone.of(group.toString()), igmp));
    }
    for (IpAddress group : on.ipv6().groups().joined()) {
      all.add(new Interfaces.Interface.JoinedGroup(IpAddressNoZone.of(group.toString()), mld));
    }
    return all;
  }

  private static Map<Integer, List<Neighbour>> known(NeighbourTable table) {
    return table.snapshot().stream()
        .filter(each -> each.mac() != NeighbourTable.UNKNOWN_MAC)
        .collect(Collectors.groupingBy(Neighbour::interfaceIndex));
  }

  /// The interfaces with their addresses and neighbours; long lists go on over several pages. On
  /// any thread.
  List<Interfaces> pages() {
    List<Interfaces.Interface> entries = new ArrayList<>();
    for (Copy each : copies) {
      var addresses = Pages.cut(each.addresses(), one -> 1);
      var neighbours = Pages.cut(each.neighbours(), one -> 1);
      var groups = Pages.cut(each.groups(), one -> 1);
      List<Ipv6> ipv6 = each.ipv6().parts();
      int parts =
          IntStream.of(1, ipv6.size(), addresses.size(), neighbours.size(), groups.size())
              .max()
              .getAsInt();
      for (int i = 0; i < parts; i++) {
        var entry = i == 0 ? each.leaves() : Interfaces.Interface.builder().name(each.name());
        entry.ipv4(
            ipv4(
                each.forwarding(),
                each.sourceCheck(),
                each.redirects(),
                i < addresses.size() ? addresses.get(i) : List.of(),
                i < neighbours.size() ? neighbours.get(i) : List.of()));
        if (i < ipv6.size()) {
          entry.ipv6(ipv6.get(i));
        }
        if (i < groups.size()) {
          entry.joinedGroup(groups.get(i));
        }
        entries.add(entry.build());
      }
    }
    return Pages.cut(entries, InterfaceState::weight).stream().map(Interfaces::new).toList();
  }

  private static int weight(Interfaces.Interface each) {
    Ipv4 ipv4 = each.ipv4();
    Ipv6 ipv6 = each.ipv6();
    return 4
        + each.joinedGroup().size()
        + (ipv4 == null ? 0 : ipv4.address().size() + ipv4.neighbor().size())
        + (ipv6 == null ? 0 : 1 + ipv6.address().size() + ipv6.neighbor().size());
  }

  private static Interfaces.Interface.Builder leaves(
      RouterInterface each, Instant started, Instant now, long nowNs) {
    Port port = each.port();
    boolean present = port != null || each.isLoopback() || each.parent() != null;
    OperStatus status =
        !present ? OperStatus.NOT_PRESENT : each.operUp() ? OperStatus.UP : OperStatus.DOWN;
    String down = each.parent() == null ? "the port's link is down" : "its parent is down";
    String fault = each.linkReason() == null ? down : each.linkReason();
    String reason =
        each.operUp()
            ? null
            : !present
                ? "no port of this name is bound to the router"
                : each.adminUp() ? fault : "disabled by configuration";
    var entry =
        Interfaces.Interface.builder()
            .name(each.name())
            .type(
                each.isLoopback()
                    ? IanaIfTypeIdentity.SOFTWARE_LOOPBACK
                    : each.parent() != null
                        ? IanaIfTypeIdentity.L2VLAN
                        : IanaIfTypeIdentity.ETHERNET_CSMACD)
            .enabled(each.adminUp())
            .operStatus(status)
            .mtu(Math.min(each.mtuBytes(), 65535))
            .reason(reason)
            .statistics(statistics(each.totals(), port, started));
    if (each.lastChangeNs() != 0) {
      entry.lastChange(time(now.minusNanos(nowNs - each.lastChangeNs())));
    }
    if (each.mac() != 0) {
      entry.physAddress(mac(each.mac()));
    }
    if (each.parent() != null) {
      entry.lowerLayerIf(List.of(each.parent().name()));
    }
    return entry;
  }

  private static Ipv4 ipv4(
      boolean forwarding,
      SourceCheck sourceCheck,
      boolean redirects,
      List<InterfaceAddress> own,
      List<Neighbour> known) {
    var addresses =
        own.stream()
            .map(each ->
                new Ipv4.Address(
                    address(each.address()),
                    new Ipv4.Address.SubnetChoice.PrefixLength(each.prefixLength()),
                    IpAddressOrigin.STATIC))
            .toList();
    var neighbours =
        known.stream()
            .map(n ->
                new Ipv4.Neighbor(
                    address(n.address().ipv4()),
                    mac(n.mac()),
                    n.state() == NeighbourState.STATIC
                        ? NeighborOrigin.STATIC
                        : NeighborOrigin.DYNAMIC))
            .toList();
    return new Ipv4(true, forwarding, addresses, neighbours, redirects, sourceCheck);
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

  static SourceCheck sourceCheck(io.vireo.vr.forward.SourceCheck inForce) {
    return switch (inForce) {
      case NONE -> SourceCheck.NONE;
      case LOOSE -> SourceCheck.LOOSE;
      case STRICT -> SourceCheck.STRICT;
    };
  }

  static Ipv4AddressNoZone address(int address) {
    return new Ipv4AddressNoZone(Ipv4Address.format(address));
  }

  static Ipv6AddressNoZone ipv6Address(IpAddress address) {
    return new Ipv6AddressNoZone(address.toString());
  }

  static PhysAddress mac(long mac) {
    String digits = String.format(Locale.ROOT, "%012x", mac);
    return new PhysAddress(digits.replaceAll("(..)(?!$)", "$1:"));
  }

  private static DateAndTime time(Instant instant) {
    return new DateAndTime(instant.truncatedTo(ChronoUnit.MILLIS).toString());
  }
}
