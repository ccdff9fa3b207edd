package io.vireo.vr.forward;

import io.vireo.vr.neighbour.NeighbourTable;
import io.vireo.vr.wire.IpAddress;
import java.util.List;
import java.util.random.RandomGenerator;

/// What IPv6 does of itself on every interface: tests its addresses (RFC 4862 §5.4), reports its
/// groups (RFC 3810), advertises the router (RFC 4861 §6.2). Owned by the worker.
final class Ipv6Control {
  private static final long SECOND_NS = 1_000_000_000L;

  private final InterfaceTable interfaces;
  private final NdOutput nd;
  private final MldOutput mld;
  private final RandomGenerator random;
  private long nextDeadlineNs = NeighbourTable.NEVER;
  private boolean addressesChanged;

  Ipv6Control(InterfaceTable interfaces, NdOutput nd, MldOutput mld, RandomGenerator random) {
    this.interfaces = interfaces;
    this.nd = nd;
    this.mld = mld;
    this.random = random;
  }

  /// Other settings are in force.
  void configure(RouterInterface on, Ipv6Settings wanted, long nowNs) {
    Ipv6Interface ipv6 = on.ipv6();
    Ipv6Settings before = ipv6.settings();
    ipv6.setSettings(wanted);
    ipv6.settle(on.operUp(), on.mac(), on.mtuBytes(), false, nowNs);
    ipv6.groups().setOwn(ipv6.groupsOfItsOwn(), nowNs);
    boolean sameHosts = before.addresses().equals(wanted.addresses());
    if (!sameHosts || !before.advertisements().equals(wanted.advertisements())) {
      startAdvertising(on, nowNs);
    }
    schedule(ipv6);
  }

  private void startAdvertising(RouterInterface on, long nowNs) {
    Ipv6Interface ipv6 = on.ipv6();
    RouterAdvertisements wanted = ipv6.settings().advertisements();
    if (ipv6.advertiser().start(wanted, ipv6.isRunning() && !on.isLoopback(), nowNs)) {
      ipv6.advertiser().cease(on, nd);
    }
  }

  /// The link came up or went down, or is another.
  ///
  /// RFC 4862 §5.4.2: after that the first question waits for a random time, as others may have
  /// come up together with us.
  void linkChanged(RouterInterface on, boolean up, long nowNs) {
    Ipv6Interface ipv6 = on.ipv6();
    ipv6.settle(up, on.mac(), on.mtuBytes(), true, nowNs + random.nextLong(SECOND_NS));
    ipv6.groups().setOwn(ipv6.groupsOfItsOwn(), nowNs);
    ipv6.groups().restart(nowNs);
    startAdvertising(on, nowNs);
    schedule(ipv6);
  }

  /// Another node has, or tests, an address.
  ///
  /// @return whether it was one that is tested here
  boolean conflict(RouterInterface on, long high, long low) {
    boolean ours = on.ipv6().conflict(high, low);
    addressesChanged |= ours;
    return ours;
  }

  /// Whether, since the last call, an address was found to be another node's.
  boolean takeAddressesChanged() {
    boolean changed = addressesChanged;
    addressesChanged = false;
    return changed;
  }

  /// A host asks for routers.
  void routerSolicited(RouterInterface on, long nowNs) {
    on.ipv6().advertiser().solicited(random, nowNs);
    schedule(on.ipv6());
  }

  /// A router asks who listens to any group.
  void listenersQueried(RouterInterface on, long maxDelayNs, long nowNs) {
    on.ipv6().groups().queried(maxDelayNs, random, nowNs);
    schedule(on.ipv6());
  }

  /// A router asks who listens to a group.
  void listenersQueried(RouterInterface on, IpAddress group, long maxDelayNs, long nowNs) {
    on.ipv6().groups().queried(group, maxDelayNs, random, nowNs);
    schedule(on.ipv6());
  }

  private void schedule(Ipv6Interface ipv6) {
    nextDeadlineNs = Math.min(nextDeadlineNs, deadlineOf(ipv6));
  }

  private static long deadlineOf(Ipv6Interface ipv6) {
    return Math.min(
        ipv6.nextDeadlineNs(),
        Math.min(ipv6.groups().nextDeadlineNs(), ipv6.advertiser().nextDeadlineNs()));
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
        run(on, nowNs);
        schedule(on.ipv6());
      }
    }
  }

  private void run(RouterInterface on, long nowNs) {
    Ipv6Interface ipv6 = on.ipv6();
    ipv6.test(on, nd, nowNs);
    GroupMembership groups = ipv6.groups();
    if (groups.nextDeadlineNs() <= nowNs) {
      List<GroupMembership.GroupRecord> due = groups.due(random, nowNs);
      if (ipv6.isRunning() && !due.isEmpty()) {
        mld.report(on, due, groups.stepsBack(nowNs) > 0);
      }
    }
    ipv6.advertiser().run(on, nd, random, nowNs);
  }
}
