package io.vireo.vr.forward;

import io.vireo.vr.neighbour.NeighbourTable;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv4Address;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/// What IPv4 does of itself on every interface: reports its groups (RFC 3376). Owned by the worker.
final class Ipv4Control {
  private static final IpAddress ALL_ROUTERS = IpAddress.ofIpv4(Ipv4Address.ALL_ROUTERS);

  private final InterfaceTable interfaces;
  private final IgmpOutput igmp;
  private final RandomGenerator random;
  private long nextDeadlineNs = NeighbourTable.NEVER;

  Ipv4Control(InterfaceTable interfaces, IgmpOutput igmp, RandomGenerator random) {
    this.interfaces = interfaces;
    this.igmp = igmp;
    this.random = random;
  }

  /// Other settings are in force.
  void configure(RouterInterface on, long nowNs) {
    on.groups().setOwn(isRunning(on) && on.forwarding() ? Set.of(ALL_ROUTERS) : Set.of(), nowNs);
    schedule(on);
  }

  private static boolean isRunning(RouterInterface on) {
    return on.operUp() && !on.isLoopback() && on.primaryAddress() != Ipv4Address.ANY;
  }

  /// The link came up or went down, or is another.
  void linkChanged(RouterInterface on, long nowNs) {
    configure(on, nowNs);
    on.groups().restart(nowNs);
    schedule(on);
  }

  /// A router asks who is in any group.
  void membersQueried(RouterInterface on, long maxDelayNs, long nowNs) {
    on.groups().queried(maxDelayNs, random, nowNs);
    schedule(on);
  }

  /// A router asks who is in a group.
  void membersQueried(RouterInterface on, IpAddress group, long maxDelayNs, long nowNs) {
    on.groups().queried(group, maxDelayNs, random, nowNs);
    schedule(on);
  }

  private void schedule(RouterInterface on) {
    nextDeadlineNs = Math.min(nextDeadlineNs, on.groups().nextDeadlineNs());
  }

  long nextDeadlineNs() {
    return nextDeadlineNs;
  }

  void onDeadline(long nowNs) {
    if (nowNs < nextDeadlineNs) {
      return;
    }
    nextDeadlineNs = NeighbourTable.NEVER;
    for (int index = 1; index < interfaces.limit(); index++) {
      RouterInterface on = interfaces.lookup(index);
      if (on != null) {
        report(on, nowNs);
        schedule(on);
      }
    }
  }

  private void report(RouterInterface on, long nowNs) {
    GroupMembership groups = on.groups();
    if (groups.nextDeadlineNs() <= nowNs) {
      List<GroupMembership.GroupRecord> due = groups.due(random, nowNs);
      if (isRunning(on) && !due.isEmpty()) {
        igmp.report(on, due, groups.stepsBack(nowNs));
      }
    }
  }
}
