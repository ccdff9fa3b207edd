package io.vireo.vr.forward;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.drivers.Port;
import io.vireo.drivers.PortStatistics;
import io.vireo.vr.wire.EthernetHeader;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Ipv4Prefix;
import io.vireo.vr.wire.VlanTag;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An interface of the router: a port, the loopback, or a configured name whose port is not there.
/// Owned by the worker.
public final class RouterInterface {
  /// One address with the length of its subnet.
  public record InterfaceAddress(int address, int prefixLength) {
    public InterfaceAddress {
      if (prefixLength < 0 || prefixLength > 32) {
        throw new IllegalArgumentException("prefix length " + prefixLength + " is not 0..32");
      }
    }

    public Ipv4Prefix subnet() {
      return Ipv4Prefix.containing(address, prefixLength);
    }
  }

  private final int index;
  private final String name;
  private final boolean loopback;
  private final PacketPool pool;
  private final InterfaceCounters counters = new InterfaceCounters();
  // Of other workers.
  private final List<InterfaceCounters> otherCounters = new ArrayList<>();
  private final Ipv6Interface ipv6;
  private final PacketVector output = new PacketVector();
  private final GroupMembership groups = new GroupMembership();
  private @Nullable TokenBucket resolutionPolicer;
  private int policerGeneration;
  // Of those in the output.
  private int queuedBroadcasts;
  private int queuedMulticasts;
  private @Nullable Port port;
  // Of a sub-interface.
  private @Nullable RouterInterface parent;
  private @Nullable VlanTags tags;
  // Of those whose parent this is.
  private SubInterfaces subs = SubInterfaces.NONE;
  private List<InterfaceAddress> addresses = List.of();
  private int[] addressArray = {};
  private int[] maskArray = {};
  private boolean adminUp = true;
  private boolean forwarding = true;
  private SourceCheck sourceCheck = SourceCheck.NONE;
  private boolean redirects = true;
  private int mtuBytes = 1500;
  private long lastChangeNs;
  private @Nullable String linkFault;
  private @Nullable String toldReason;

  RouterInterface(int index, String name, boolean loopback, PacketPool pool) {
    this.index = index;
    this.name = name;
    this.loopback = loopback;
    this.pool = pool;
    this.ipv6 = new Ipv6Interface(loopback);
    this.mtuBytes = loopback ? 65535 : 1500;
  }

  public int index() {
    return index;
  }

  public String name() {
    return name;
  }

  public boolean isLoopback() {
    return loopback;
  }

  public @Nullable Port port() {
    return port;
  }

  /// Binds the interface to a port, or unbinds it.
  public void setPort(@Nullable Port bound) {
    port = bound;
    linkFault = null;
    mtuBytes = bound == null ? 1500 : Math.min(bound.mtuBytes(), maxMtuBytes());
  }

  /// Makes it a sub-interface of another, or none any more.
  ///
  /// @param wanted null with `of`
  public void setVlan(@Nullable RouterInterface of, @Nullable VlanTags wanted) {
    if (parent != null) {
      parent.subs = parent.subs.without(this);
    }
    parent = of;
    tags = wanted;
    if (of != null && wanted != null) {
      of.subs = of.subs.with(this, wanted.key());
    }
  }

  /// The interface whose frames carry this one's, or null.
  public @Nullable RouterInterface parent() {
    return parent;
  }

  /// The tags of a sub-interface's frames, or null.
  public @Nullable VlanTags tags() {
    return tags;
  }

  /// The interfaces whose frames this one carries.
  SubInterfaces subInterfaces() {
    return subs;
  }

  private static int maxMtuBytes() {
    return PacketPool.FRAME_BYTES - EthernetHeader.BYTES;
  }

  public long mac() {
    RouterInterface below = parent; // another thread may ask while it changes
    if (below != null) {
      return below.mac();
    }
    Port bound = port;
    return bound == null ? 0 : bound.mac();
  }

  public int mtuBytes() {
    if (parent != null && tags != null) {
      // One tag is beyond what counts; a second is not.
      return parent.mtuBytes() - tags.bytes() + VlanTag.BYTES;
    }
    return mtuBytes;
  }

  public void setMtuBytes(int mtu) {
    Port bound = port;
    mtuBytes = bound == null ? mtu : Math.min(mtu, Math.min(bound.mtuBytes(), maxMtuBytes()));
  }

  public boolean adminUp() {
    return adminUp;
  }

  public void setAdminUp(boolean up) {
    adminUp = up;
  }

  /// RFC 8344 `forwarding`: whether packets from here may be forwarded.
  public boolean forwarding() {
    return forwarding;
  }

  public void setForwarding(boolean on) {
    forwarding = on;
  }

  /// What is asked of the sources of IPv4 packets.
  public SourceCheck sourceCheck() {
    return sourceCheck;
  }

  public void setSourceCheck(SourceCheck wanted) {
    sourceCheck = wanted;
  }

  /// Whether hosts are told of better first hops for IPv4.
  public boolean redirects() {
    return redirects;
  }

  public void setRedirects(boolean on) {
    redirects = on;
  }

  /// RFC 8343 `oper-status` is up: wanted up, and the link is.
  public boolean operUp() {
    RouterInterface below = parent; // as above
    if (below != null) {
      return adminUp && below.operUp();
    }
    Port bound = port;
    return adminUp && (loopback || (bound != null && linkFault == null && bound.linkUp()));
  }

  /// Why the host says that the port can't be used, or null.
  public @Nullable String linkFault() {
    return linkFault;
  }

  public void setLinkFault(@Nullable String reason) {
    linkFault = reason;
  }

  /// Why the link is down, as host or driver say; null: they do not.
  public @Nullable String linkReason() {
    Port bound = port;
    return linkFault != null ? linkFault : bound == null ? null : bound.linkReason();
  }

  /// Whether the link is down for another reason than at the last call.
  public boolean takeReasonChanged() {
    String before = toldReason;
    toldReason = operUp() ? null : linkReason();
    return toldReason != null && !toldReason.equals(before);
  }

  /// Looks at the link again. What the host said ends when the driver finds the link up since.
  public void refreshLink() {
    Port bound = port;
    if (bound != null && bound.refresh()) {
      onLinkLookedAt();
    }
  }

  /// The driver has looked at the link since.
  public void onLinkLookedAt() {
    Port bound = port;
    if (bound != null && bound.linkUp()) {
      linkFault = null;
    }
  }

  public long lastChangeNs() {
    return lastChangeNs;
  }

  void setLastChangeNs(long nowNs) {
    lastChangeNs = nowNs;
  }

  /// Those of the data plane's worker.
  public InterfaceCounters counters() {
    return counters;
  }

  /// Those of all workers together, as they are now.
  public InterfaceCounters totals() {
    InterfaceCounters totals = new InterfaceCounters();
    totals.add(counters);
    otherCounters.forEach(totals::add);
    return totals;
  }

  /// Another worker counts too.
  public void addCounters(InterfaceCounters other) {
    otherCounters.add(other);
  }

  /// It does not any more; what it has counted stays.
  public void settleCounters(InterfaceCounters other) {
    otherCounters.remove(other);
    counters.add(other);
  }

  /// Frames that were lost between workers count as the driver's did.
  public void settleLosses(PortStatistics lost) {
    counters.inDiscards += lost.receiveDrops;
    counters.outDiscards += lost.transmitDrops;
  }

  public List<InterfaceAddress> addresses() {
    return addresses;
  }

  public void setAddresses(List<InterfaceAddress> wanted) {
    addresses = List.copyOf(wanted);
    addressArray = addresses.stream().mapToInt(InterfaceAddress::address).toArray();
    maskArray = addresses.stream().mapToInt(a -> Ipv4Address.mask(a.prefixLength())).toArray();
  }

  /// Its IPv6 side.
  public Ipv6Interface ipv6() {
    return ipv6;
  }

  /// Whether an address of either family is in one of our subnets.
  public boolean isOnLink(IpAddress other) {
    return other.isIpv4()
        ? addressFacing(other.ipv4()) != 0
        : ipv6.isOnLink(other.high(), other.low());
  }

  /// Whether an address of either family is ours.
  public boolean hasAddress(IpAddress other) {
    return other.isIpv4() ? hasAddress(other.ipv4()) : ipv6.hasAddress(other.high(), other.low());
  }

  /// The IPv4 multicast groups joined.
  public GroupMembership groups() {
    return groups;
  }

  /// Bounds the ARP and neighbour discovery packets for us: one segment's flood does not silence
  /// the others.
  boolean takesResolution(PuntPolicers policers, long nowNs) {
    TokenBucket bucket = resolutionPolicer;
    if (bucket == null || policerGeneration != policers.generation()) {
      PolicerSettings settings = policers.settings(PuntClass.RESOLUTION);
      bucket = new TokenBucket(settings.ratePerSecond(), settings.burst());
      resolutionPolicer = bucket;
      policerGeneration = policers.generation();
    }
    if (!policers.take(PuntClass.RESOLUTION, bucket, nowNs)) {
      counters.inDiscards++;
      return false;
    }
    return true;
  }

  /// The first address, or 0.0.0.0 when there is none.
  public int primaryAddress() {
    return addressArray.length == 0 ? Ipv4Address.ANY : addressArray[0];
  }

  /// The address when there is exactly one, else 0.0.0.0.
  int onlyAddress() {
    int[] own = addressArray; // another thread may ask while they change
    return own.length == 1 ? own[0] : Ipv4Address.ANY;
  }

  public boolean hasAddress(int address) {
    for (int own : addressArray) {
      if (own == address) {
        return true;
      }
    }
    return false;
  }

  /// Our address in the subnet that `neighbour` is in, or 0.0.0.0 when it is on none.
  public int addressFacing(int neighbour) {
    for (int i = 0; i < addressArray.length; i++) {
      if (((addressArray[i] ^ neighbour) & maskArray[i]) == 0) {
        return addressArray[i];
      }
    }
    return Ipv4Address.ANY;
  }

  /// Whether `address` is the broadcast address of one of our subnets (none in /31 and /32).
  boolean isSubnetBroadcast(int address) {
    for (int i = 0; i < addressArray.length; i++) {
      int mask = maskArray[i];
      if (address == (addressArray[i] | ~mask) && ~mask > 1) {
        return true;
      }
    }
    return false;
  }

  /// Queues a whole frame for the port; a full vector is transmitted at once.
  void send(long frame, int length) {
    long destination = EthernetHeader.destination(pool.memory(), frame);
    if (destination == EthernetHeader.BROADCAST) {
      queuedBroadcasts++;
    } else if (EthernetHeader.isGroup(destination)) {
      queuedMulticasts++;
    }
    sendUnicast(frame, length);
  }

  /// The same, for a frame to one station.
  void sendUnicast(long frame, int length) {
    if (output.remaining() == 0) {
      flush();
    }
    output.push(frame, length);
  }

  /// The same, for all frames of a vector, which is empty afterwards.
  void sendUnicast(PacketVector frames) {
    if (output.remaining() < frames.size()) {
      flush();
    }
    output.pushAll(frames);
    frames.clear();
  }

  // A sub-interface's frame gets its tags and is sent.
  private void sendTagged(long frame, int length, @Nullable VlanTags wanted) {
    if (wanted != null) {
      send(wanted.insert(pool.memory(), frame), length + wanted.bytes());
    }
  }

  private void count() {
    long octets = 0;
    for (int i = 0; i < output.size(); i++) {
      octets += output.length(i);
    }
    counters.outOctets += octets;
    counters.outUnicastPkts += output.size() - queuedBroadcasts - queuedMulticasts;
    counters.outBroadcastPkts += queuedBroadcasts;
    counters.outMulticastPkts += queuedMulticasts;
  }

  /// Transmits what is queued.
  void flush() {
    if (output.isEmpty()) {
      return;
    }
    Port bound = port;
    RouterInterface below = parent;
    if (below != null && operUp()) {
      count();
      for (int i = 0; i < output.size(); i++) {
        below.sendTagged(output.offset(i), output.length(i), tags);
      }
      output.clear();
    } else if (bound == null || !operUp()) {
      counters.outDiscards += output.size();
      pool.freeAll(output);
    } else {
      count();
      bound.transmit(output, pool);
    }
    queuedBroadcasts = 0;
    queuedMulticasts = 0;
  }
}
