package io.vireo.vr.forward;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.vr.wire.IgmpMessage;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Ipv4Header;
import java.lang.foreign.MemorySegment;

/// What routers ask of members of groups (RFC 3376 §5.2, §7.2; RFC 2236 §3, RFC 1112).
///
/// Drops: IGMP_MALFORMED, PUNT_RATE_LIMITED; consumed ones count as IGMP_DONE.
final class IgmpInput {
  private static final long TENTH_NS = 100_000_000L;

  /// RFC 3376 §7.2.1: what a router of version 1 gives to answer, which it does not say.
  private static final long VERSION_1_DELAY_NS = 10_000_000_000L;

  private final MemorySegment memory;
  private final Drops drops;
  private final InterfaceTable interfaces;
  private final Ipv4Control control;
  private final PuntPolicers policers;

  IgmpInput(
      PacketPool pool,
      Drops drops,
      InterfaceTable interfaces,
      Ipv4Control control,
      PuntPolicers policers) {
    this.memory = pool.memory();
    this.drops = drops;
    this.interfaces = interfaces;
    this.control = control;
    this.policers = policers;
  }

  void take(PacketVector vector, int i, long nowNs) {
    long packet = vector.offset(i);
    RouterInterface on = interfaces.lookup(vector.interfaceIndex(i));
    int headerBytes = Ipv4Header.headerBytes(memory, packet);
    drops.drop(
        on == null
            ? DropReason.INTERFACE_DOWN
            : take(on, packet, packet + headerBytes, vector.length(i) - headerBytes, nowNs),
        packet);
  }

  private DropReason take(RouterInterface on, long packet, long message, int length, long nowNs) {
    if (length < IgmpMessage.BYTES
        || Ipv4Header.ttl(memory, packet) != 1
        || !IgmpMessage.checksumIsGood(memory, message, length)) {
      return DropReason.IGMP_MALFORMED;
    }
    if (!on.takesResolution(policers, nowNs)) {
      return DropReason.PUNT_RATE_LIMITED;
    }
    int group = IgmpMessage.group(memory, message);
    return switch (IgmpMessage.type(memory, message)) {
      case IgmpMessage.QUERY -> query(on, message, group, length, nowNs);
      case IgmpMessage.REPORT_V1, IgmpMessage.REPORT_V2 -> {
        on.groups().reportedByOther(IpAddress.ofIpv4(group), nowNs);
        yield DropReason.IGMP_DONE;
      }
      default -> DropReason.IGMP_DONE; // what other members say is for routers
    };
  }

  private DropReason query(RouterInterface on, long message, int group, int length, long nowNs) {
    if (length > IgmpMessage.BYTES && length < IgmpMessage.QUERY_V3_BYTES) {
      return DropReason.IGMP_MALFORMED; // RFC 3376 §7.1
    }
    int code = IgmpMessage.maxResponseCode(memory, message);
    long delayNs;
    if (length > IgmpMessage.BYTES) {
      // §4.1.1: from 128 on with an exponent.
      delayNs = TENTH_NS * (code < 0x80 ? code : (code & 0xf | 0x10) << (code >> 4 & 7) + 3);
    } else {
      // §7.2.1: of version 2 a general query says it.
      if (code == 0 || group == Ipv4Address.ANY) {
        on.groups().heardOldQuerier(code == 0 ? 2 : 1, nowNs);
      }
      delayNs = code == 0 ? VERSION_1_DELAY_NS : TENTH_NS * code;
    }
    if (group == Ipv4Address.ANY) {
      control.membersQueried(on, delayNs, nowNs);
    } else {
      control.membersQueried(on, IpAddress.ofIpv4(group), delayNs, nowNs);
    }
    return DropReason.IGMP_DONE;
  }
}
