package io.vireo.vr.forward;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.vr.wire.IcmpMessage;
import io.vireo.vr.wire.Ipv4Header;
import java.lang.foreign.MemorySegment;

/// Packets for the router itself: policed by class, then by protocol.
///
/// Drops: IPV4_FRAGMENT_UNSUPPORTED, PUNT_RATE_LIMITED. Next: [IcmpInput], [UdpInput], [IcmpError]
/// (unknown protocol).
final class Ipv4Local {
  private static final int ICMP_PER_SECOND = 20_000;
  private static final int UDP_PER_SECOND = 1_000_000;
  private static final int OTHER_PER_SECOND = 1_000;

  private final MemorySegment memory;
  private final Drops drops;
  private final IcmpInput icmp;
  private final UdpInput udp;
  private final IcmpError icmpError;
  private final TokenBucket icmpPolicer = new TokenBucket(ICMP_PER_SECOND, 1_000);
  private final TokenBucket udpPolicer = new TokenBucket(UDP_PER_SECOND, 10_000);
  private final TokenBucket otherPolicer = new TokenBucket(OTHER_PER_SECOND, 100);

  Ipv4Local(PacketPool pool, Drops drops, IcmpInput icmp, UdpInput udp, IcmpError icmpError) {
    this.memory = pool.memory();
    this.drops = drops;
    this.icmp = icmp;
    this.udp = udp;
    this.icmpError = icmpError;
  }

  void run(PacketVector input, long nowNs) {
    for (int i = 0; i < input.size(); i++) {
      long packet = input.offset(i);
      int protocol = Ipv4Header.protocol(memory, packet);
      TokenBucket policer =
          switch (protocol) {
            case Ipv4Header.PROTOCOL_ICMP -> icmpPolicer;
            case Ipv4Header.PROTOCOL_UDP -> udpPolicer;
            default -> otherPolicer;
          };
      int fragment = Ipv4Header.fragment(memory, packet);
      if ((fragment & (Ipv4Header.MORE_FRAGMENTS | Ipv4Header.FRAGMENT_OFFSET_MASK)) != 0) {
        drops.drop(DropReason.IPV4_FRAGMENT_UNSUPPORTED, packet);
      } else if (!policer.take(nowNs)) {
        drops.drop(DropReason.PUNT_RATE_LIMITED, packet);
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
    input.clear();
  }
}
