package io.vireo.vr.forward;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.vr.wire.IcmpMessage;
import io.vireo.vr.wire.Ipv4Header;
import java.lang.foreign.MemorySegment;

/// Packets for the router itself: put together of their fragments, policed by class, then by
/// protocol.
///
/// Drops: FRAGMENT_REFUSED and others of [Reassembly], PUNT_RATE_LIMITED. Next: [IcmpInput],
/// [UdpInput], [IcmpError] (unknown protocol).
final class Ipv4Local {
  private static final int ICMP_PER_SECOND = 20_000;
  private static final int UDP_PER_SECOND = 1_000_000;
  private static final int OTHER_PER_SECOND = 1_000;
  private static final int FRAGMENTS_PER_SECOND = 20_000;
  private static final int FRAGMENT_UNIT = 8;
  private static final int FRAGMENT = Ipv4Header.MORE_FRAGMENTS | Ipv4Header.FRAGMENT_OFFSET_MASK;

  private final MemorySegment memory;
  private final Drops drops;
  private final IcmpInput icmp;
  private final UdpInput udp;
  private final IcmpError icmpError;
  private final TokenBucket icmpPolicer = new TokenBucket(ICMP_PER_SECOND, 1_000);
  private final TokenBucket udpPolicer = new TokenBucket(UDP_PER_SECOND, 10_000);
  private final TokenBucket otherPolicer = new TokenBucket(OTHER_PER_SECOND, 100);
  private final TokenBucket fragmentPolicer = new TokenBucket(FRAGMENTS_PER_SECOND, 1_000);
  private final Reassembly reassembly;

  Ipv4Local(PacketPool pool, Drops drops, IcmpInput icmp, UdpInput udp, IcmpError icmpError) {
    this.memory = pool.memory();
    this.reassembly = new Reassembly(pool, drops, pool.capacity() / 16);
    this.drops = drops;
    this.icmp = icmp;
    this.udp = udp;
    this.icmpError = icmpError;
  }

  void run(PacketVector input, long nowNs) {
    for (int i = 0; i < input.size(); i++) {
      if ((Ipv4Header.fragment(memory, input.offset(i)) & FRAGMENT) == 0
          || isWholeWith(input, i, nowNs)) {
        deliver(input, i, nowNs);
      }
    }
    input.clear();
  }

  private void deliver(PacketVector input, int i, long nowNs) {
    int protocol = Ipv4Header.protocol(memory, input.offset(i));
    TokenBucket policer =
        switch (protocol) {
          case Ipv4Header.PROTOCOL_ICMP -> icmpPolicer;
          case Ipv4Header.PROTOCOL_UDP -> udpPolicer;
          default -> otherPolicer;
        };
    if (!policer.take(nowNs)) {
      drops.drop(DropReason.PUNT_RATE_LIMITED, input.offset(i));
    } else if (policer == icmpPolicer) {
      icmp.take(input, i);
    } else if (policer == udpPolicer) {
      udp.take(input, i);
    } else {
      icmpError.add(
          input,
          i,
          IcmpMessage.DESTINATION_UNREACHABLE,
          IcmpMessage.CODE_PROTOCOL_UNREACHABLE,
          0,
          DropReason.PROTOCOL_UNKNOWN);
    }
  }

  /// Takes a fragment.
  ///
  /// @return whether its datagram is whole with it, which then stands in its place
  private boolean isWholeWith(PacketVector input, int i, long nowNs) {
    long packet = input.offset(i);
    if (!fragmentPolicer.take(nowNs)) {
      drops.drop(DropReason.PUNT_RATE_LIMITED, packet);
      return false;
    }
    int word = Ipv4Header.fragment(memory, packet);
    boolean more = (word & Ipv4Header.MORE_FRAGMENTS) != 0;
    int headerBytes = Ipv4Header.headerBytes(memory, packet);
    int bytes = input.length(i) - headerBytes;
    if (bytes <= 0 || (more && bytes % FRAGMENT_UNIT != 0)) {
      drops.drop(DropReason.FRAGMENT_REFUSED, packet);
      return false;
    }
    Reassembly.Key key =
        new Reassembly.Key(
            0,
            Ipv4Header.source(memory, packet),
            0,
            Ipv4Header.destination(memory, packet),
            Ipv4Header.identification(memory, packet),
            Ipv4Header.protocol(memory, packet));
    Reassembly.Outcome outcome =
        reassembly.add(
            key,
            packet,
            headerBytes,
            (word & Ipv4Header.FRAGMENT_OFFSET_MASK) * FRAGMENT_UNIT,
            bytes,
            more,
            Ipv4Header.PROTOCOL_OFFSET,
            Ipv4Header.protocol(memory, packet),
            input.interfaceIndex(i),
            nowNs);
    if (outcome != Reassembly.Outcome.COMPLETE) {
      return false;
    }
    long whole = reassembly.packet();
    Ipv4Header.setFragment(memory, whole, reassembly.length(), 0, reassembly.headerBytes());
    input.place(i, whole, reassembly.length());
    return true;
  }

  Reassembly reassembly() {
    return reassembly;
  }
}
