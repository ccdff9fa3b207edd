package io.vireo.vr.forward;

import io.vireo.vr.wire.Ipv4Header;
import io.vireo.vr.wire.Ipv6Header;
import io.vireo.vr.wire.NetworkOrder;
import java.lang.foreign.MemorySegment;
import java.util.EnumMap;
import java.util.Map;

/// Bounds what the router takes of packets for itself (RFC 6192), by class. Owned by the worker.
public final class PuntPolicers {
  private static final PuntClass[] CLASSES = PuntClass.values();
  private static final int PORTS_BYTES = 4;

  private static final int PROTOCOL_TCP = 6;
  private static final int PROTOCOL_UDP = 17;
  private static final int PROTOCOL_OSPF = 89;
  private static final int PROTOCOL_PIM = 103;
  private static final int PROTOCOL_VRRP = 112;

  private static final int PORT_SSH = 22;
  private static final int PORT_BGP = 179;
  private static final int PORT_RIP = 520;
  private static final int PORT_RIPNG = 521;
  private static final int PORT_LDP = 646;
  private static final int PORT_NETCONF = 830;
  private static final int PORT_BFD = 3784;
  private static final int PORT_BFD_MULTIHOP = 4784;

  private final EnumMap<PuntClass, PolicerSettings> settings = new EnumMap<>(PuntClass.class);
  private final TokenBucket[] buckets = new TokenBucket[CLASSES.length];
  private final long[] accepted = new long[CLASSES.length];
  private final long[] dropped = new long[CLASSES.length];
  private int generation;

  PuntPolicers() {
    configure(Map.of());
  }

  /// Puts settings in force; classes that are left out have their defaults.
  public void configure(Map<PuntClass, PolicerSettings> wanted) {
    for (PuntClass each : CLASSES) {
      PolicerSettings now = wanted.getOrDefault(each, each.defaults());
      if (!now.equals(settings.put(each, now))) {
        buckets[each.ordinal()] = new TokenBucket(now.ratePerSecond(), now.burst());
        generation++;
      }
    }
  }

  /// What is in force.
  public PolicerSettings settings(PuntClass of) {
    return settings.getOrDefault(of, of.defaults());
  }

  /// Grows whenever other settings are put in force.
  int generation() {
    return generation;
  }

  public long accepted(PuntClass of) {
    return accepted[of.ordinal()];
  }

  public long dropped(PuntClass of) {
    return dropped[of.ordinal()];
  }

  /// Whether another packet of a class may pass.
  boolean take(PuntClass of, long nowNs) {
    return take(of, buckets[of.ordinal()], nowNs);
  }

  /// The same of a class whose bucket is elsewhere.
  boolean take(PuntClass of, TokenBucket bucket, long nowNs) {
    boolean passes = bucket.take(nowNs);
    if (passes) {
      accepted[of.ordinal()]++;
    } else {
      dropped[of.ordinal()]++;
    }
    return passes;
  }

  /// The class of a packet that is no fragment.
  ///
  /// @param upper where what the protocol begins with stands
  /// @param end of the packet
  static PuntClass classOf(MemorySegment memory, int protocol, long upper, long end) {
    return switch (protocol) {
      case Ipv4Header.PROTOCOL_ICMP, Ipv6Header.ICMPV6 -> PuntClass.ICMP;
      case Ipv4Header.PROTOCOL_IGMP -> PuntClass.RESOLUTION;
      case PROTOCOL_OSPF, PROTOCOL_PIM, PROTOCOL_VRRP -> PuntClass.ROUTING;
      case PROTOCOL_TCP, PROTOCOL_UDP -> {
        if (end - upper < PORTS_BYTES) {
          yield PuntClass.OTHER;
        }
        PuntClass byServer = ofPort(NetworkOrder.get16(memory, upper + 2));
        yield byServer == PuntClass.TRANSPORT
            ? ofPort(NetworkOrder.get16(memory, upper))
            : byServer;
      }
      default -> PuntClass.OTHER;
    };
  }

  private static PuntClass ofPort(int port) {
    return switch (port) {
      case PORT_BGP, PORT_RIP, PORT_RIPNG, PORT_LDP, PORT_BFD, PORT_BFD_MULTIHOP ->
          PuntClass.ROUTING;
      case PORT_SSH, PORT_NETCONF -> PuntClass.MANAGEMENT;
      default -> PuntClass.TRANSPORT;
    };
  }
}
