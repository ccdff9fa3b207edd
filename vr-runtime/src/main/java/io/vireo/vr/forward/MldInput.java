package io.vireo.vr.forward;

import io.vireo.vr.wire.Icmpv6Message;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv6Address;
import io.vireo.vr.wire.Ipv6Header;
import io.vireo.vr.wire.NdMessage;
import io.vireo.vr.wire.NetworkOrder;
import java.lang.foreign.MemorySegment;

/// What routers ask of multicast listeners (RFC 3810 §6.2, §8.2; RFC 2710 §4).
final class MldInput {
  private static final int OLD_QUERY_BYTES = 24;
  private static final int QUERY_BYTES = 28;
  private static final long MILLISECOND_NS = 1_000_000L;

  private final MemorySegment memory;
  private final Ipv6Control control;
  private final PuntPolicers policers;

  MldInput(MemorySegment memory, Ipv6Control control, PuntPolicers policers) {
    this.policers = policers;
    this.memory = memory;
    this.control = control;
  }

  /// Takes one message whose checksum is good.
  DropReason take(RouterInterface on, long packet, long message, int length, long nowNs) {
    if (length < OLD_QUERY_BYTES
        || Ipv6Header.hopLimit(memory, packet) != 1
        || !Ipv6Address.isLinkLocal(Ipv6Header.sourceHigh(memory, packet))) {
      return DropReason.MLD_MALFORMED;
    }
    if (!on.takesResolution(policers, nowNs)) {
      return DropReason.PUNT_RATE_LIMITED;
    }
    IpAddress group =
        new IpAddress(NdMessage.targetHigh(memory, message), NdMessage.targetLow(memory, message));
    GroupMembership groups = on.ipv6().groups();
    switch (Icmpv6Message.type(memory, message)) {
      case Icmpv6Message.LISTENER_QUERY -> {
        if (length > OLD_QUERY_BYTES && length < QUERY_BYTES) {
          return DropReason.MLD_MALFORMED; // RFC 3810 §8.1
        }
        boolean old = length == OLD_QUERY_BYTES;
        if (old) {
          groups.heardOldQuerier(1, nowNs);
        }
        query(on, group, delayNs(message, old), nowNs);
      }
      case Icmpv6Message.LISTENER_REPORT -> groups.reportedByOther(group, nowNs);
      default -> {
        // What other listeners say is for routers.
      }
    }
    return DropReason.ICMP_DONE;
  }

  private void query(RouterInterface on, IpAddress group, long delayNs, long nowNs) {
    if (Ipv6Address.isUnspecified(group.high(), group.low())) {
      control.listenersQueried(on, delayNs, nowNs);
    } else {
      control.listenersQueried(on, group, delayNs, nowNs);
    }
  }

  /// RFC 3810 §5.1.3: from 32768 on with an exponent.
  private long delayNs(long message, boolean old) {
    int code = NetworkOrder.get16(memory, message + 4);
    long milliseconds =
        old || code < 0x8000 ? code : (long) (code & 0xfff | 0x1000) << (code >> 12 & 7) + 3;
    return milliseconds * MILLISECOND_NS;
  }
}
