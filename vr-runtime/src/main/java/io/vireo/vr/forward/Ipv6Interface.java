package io.vireo.vr.forward;

import io.vireo.vr.neighbour.NeighbourTable;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv6Address;
import io.vireo.vr.wire.Ipv6Header;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The IPv6 side of an interface: its addresses with the test whether another node has them (RFC
/// 4862 §5.4), and its groups. Owned by the worker.
public final class Ipv6Interface {
  /// RFC 4862 §5.4: an address is used by nobody until it was seen that nobody else has it.
  public enum AddressStatus {
    TENTATIVE,
    PREFERRED,
    DUPLICATE
  }

  /// An address as state shows it.
  public record Assigned(Ipv6InterfaceAddress address, AddressStatus status) {}

  /// No such address.
  static final int NONE = -1;

  private static final class Entry {
    final Ipv6InterfaceAddress address;
    AddressStatus status = AddressStatus.TENTATIVE;
    int probesLeft;
    long deadlineNs = NeighbourTable.NEVER;

    Entry(Ipv6InterfaceAddress address) {
      this.address = address;
    }
  }

  private final boolean loopback;
  private final GroupMembership groups = new GroupMembership();
  private final RouterAdvertiser advertiser = new RouterAdvertiser();
  private Ipv6Settings settings = Ipv6Settings.OFF;
  private List<Entry> entries = List.of();
  // Of the entries, for packets.
  private long[] high = {};
  private long[] low = {};
  private boolean[] preferred = {};
  private boolean running;

  Ipv6Interface(boolean loopback) {
    this.loopback = loopback;
  }

  public Ipv6Settings settings() {
    return settings;
  }

  void setSettings(Ipv6Settings wanted) {
    settings = wanted;
  }

  /// Whether packets are taken and sent.
  boolean isRunning() {
    return running;
  }

  public boolean forwarding() {
    return settings.forwarding();
  }

  RouterAdvertiser advertiser() {
    return advertiser;
  }

  /// The multicast groups joined.
  public GroupMembership groups() {
    return groups;
  }

  /// Brings the addresses in line with the settings and the link; what is new is tested.
  ///
  /// @param up whether the link is there
  /// @param mac of the link
  /// @param testAll also what was there already
  /// @param firstProbeNs when the first question may be asked
  void settle(boolean up, long mac, int mtuBytes, boolean testAll, long firstProbeNs) {
    running = settings.enabled() && up && mtuBytes >= Ipv6Header.MIN_MTU_BYTES;
    List<Entry> now = new ArrayList<>();
    if (settings.enabled()) {
      for (Ipv6InterfaceAddress wanted : wanted(mac)) {
        now.add(
            entries.stream()
                .filter(known -> known.address.equals(wanted))
                .findFirst()
                .orElseGet(() -> new Entry(wanted)));
      }
    }
    for (Entry each : now) {
      boolean isNew = !entries.contains(each);
      if (!running) {
        each.status = AddressStatus.TENTATIVE;
        each.deadlineNs = NeighbourTable.NEVER;
      } else if (loopback || settings.probes() == 0) {
        each.status = AddressStatus.PREFERRED;
        each.deadlineNs = NeighbourTable.NEVER;
      } else if (isNew || testAll) {
        each.status = AddressStatus.TENTATIVE;
        each.probesLeft = settings.probes();
        each.deadlineNs = firstProbeNs;
      }
    }
    entries = now;
    index();
  }

  private List<Ipv6InterfaceAddress> wanted(long mac) {
    List<Ipv6InterfaceAddress> wanted = new ArrayList<>();
    if (!loopback
        && mac != 0
        && settings.addresses().stream().noneMatch(Ipv6InterfaceAddress::isLinkLocal)) {
      wanted.add(Ipv6InterfaceAddress.linkLocal(mac));
    }
    wanted.addAll(settings.addresses());
    return wanted;
  }

  private void index() {
    int count = entries.size();
    high = new long[count];
    low = new long[count];
    preferred = new boolean[count];
    for (int i = 0; i < count; i++) {
      Entry entry = entries.get(i);
      high[i] = entry.address.high();
      low[i] = entry.address.low();
      preferred[i] = entry.status == AddressStatus.PREFERRED;
    }
  }

  /// When [#test] wants to be called next.
  long nextDeadlineNs() {
    long next = NeighbourTable.NEVER;
    for (Entry entry : entries) {
      next = Math.min(next, entry.deadlineNs);
    }
    return next;
  }

  /// Asks for tentative addresses, and takes those that nobody has (RFC 4862 §5.4.2).
  void test(RouterInterface on, NdOutput output, long nowNs) {
    boolean taken = false;
    for (Entry entry : entries) {
      if (entry.deadlineNs > nowNs) {
        continue;
      }
      if (entry.probesLeft > 0) {
        entry.probesLeft--;
        entry.deadlineNs = nowNs + NeighbourTable.RETRANSMIT_NS;
        output.probe(on, entry.address.high(), entry.address.low());
      } else {
        entry.status = AddressStatus.PREFERRED;
        entry.deadlineNs = NeighbourTable.NEVER;
        taken = true;
      }
    }
    if (taken) {
      index();
      if (settings.forwarding()) {
        output.announce(on);
      }
    }
  }

  /// Another node has, or tests, an address.
  ///
  /// @return whether it was one that is tested here
  boolean conflict(long otherHigh, long otherLow) {
    for (Entry entry : entries) {
      if (entry.status == AddressStatus.TENTATIVE
          && entry.address.high() == otherHigh
          && entry.address.low() == otherLow) {
        entry.status = AddressStatus.DUPLICATE;
        entry.deadlineNs = NeighbourTable.NEVER;
        return true;
      }
    }
    return false;
  }

  /// All addresses with their status.
  public List<Assigned> addresses() {
    return entries.stream().map(each -> new Assigned(each.address, each.status)).toList();
  }

  int count() {
    return high.length;
  }

  long highAt(int i) {
    return high[i];
  }

  long lowAt(int i) {
    return low[i];
  }

  int prefixLengthAt(int i) {
    return entries.get(i).address.prefixLength();
  }

  boolean isPreferredAt(int i) {
    return preferred[i];
  }

  /// Whether it is an address of ours that may be used.
  boolean hasAddress(long otherHigh, long otherLow) {
    for (int i = 0; i < high.length; i++) {
      if (low[i] == otherLow && high[i] == otherHigh) {
        return preferred[i];
      }
    }
    return false;
  }

  /// Whether it is an address of ours that may be used, or the address of any router of one of our
  /// subnets (RFC 4291 §2.6.1).
  boolean answersTo(long otherHigh, long otherLow) {
    if (hasAddress(otherHigh, otherLow)) {
      return true;
    }
    for (Entry entry : entries) {
      Ipv6InterfaceAddress own = entry.address;
      if (isOfAnyRouter(own)
          && own.isOnLink(otherHigh, otherLow)
          && (otherHigh & ~Ipv6Address.highMask(own.prefixLength())) == 0
          && (otherLow & ~Ipv6Address.lowMask(own.prefixLength())) == 0) {
        return true;
      }
    }
    return false;
  }

  // Whether the first address of its subnet is that of any router there.
  private boolean isOfAnyRouter(Ipv6InterfaceAddress own) {
    return settings.forwarding() && own.prefixLength() <= 126 && !own.isLinkLocal();
  }

  private static IpAddress solicitedNode(long ofLow) {
    return new IpAddress(Ipv6Address.LINK_GROUP_HIGH, Ipv6Address.solicitedNodeLow(ofLow));
  }

  /// Whether an address is in one of our subnets, link-local included.
  boolean isOnLink(long otherHigh, long otherLow) {
    for (Entry entry : entries) {
      if (entry.address.isOnLink(otherHigh, otherLow)) {
        return true;
      }
    }
    return false;
  }

  /// The place of a usable link-local address, or [#NONE].
  int linkLocal() {
    for (int i = 0; i < high.length; i++) {
      if (preferred[i] && Ipv6Address.isLinkLocal(high[i])) {
        return i;
      }
    }
    return NONE;
  }

  /// Whether packets to a group are taken here.
  boolean isMember(long groupHigh, long groupLow) {
    if (groupHigh == Ipv6Address.LINK_GROUP_HIGH) {
      if (groupLow == Ipv6Address.ALL_NODES_LOW) {
        return true;
      }
      if (groupLow == Ipv6Address.ALL_ROUTERS_LOW) {
        return settings.forwarding();
      }
    }
    return groups.isMember(groupHigh, groupLow);
  }

  /// The groups that the addresses and the role of the interface ask for (RFC 4291 §2.8); that of
  /// all nodes is joined unasked.
  Set<IpAddress> groupsOfItsOwn() {
    Set<IpAddress> wanted = new HashSet<>();
    if (running && !loopback) {
      for (Entry each : entries) {
        wanted.add(solicitedNode(each.address.low()));
        if (isOfAnyRouter(each.address)) {
          wanted.add(solicitedNode(each.address.subnet().low()));
        }
      }
      if (settings.forwarding()) {
        wanted.add(new IpAddress(Ipv6Address.LINK_GROUP_HIGH, Ipv6Address.ALL_ROUTERS_LOW));
      }
    }
    return wanted;
  }
}
