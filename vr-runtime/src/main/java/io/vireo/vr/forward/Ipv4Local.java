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
/// [IgmpInput], [UdpInput], [IcmpError] (unknown protocol).
final class Ipv4Local {
  private static final int FRAGMENT_UNIT = 8;
  private static final int FRAGMENT = Ipv4Header.MORE_FRAGMENTS | Ipv4Header.FRAGMENT_OFFSET_MASK;

  private final MemorySegment memory;
  private final Drops drops;
  private final IcmpInput icmp;
  private final IgmpInput igmp;
  private final UdpInput udp;
  private final IcmpError icmpError;
  private final PuntPolicers policers;
  private final Reassembly reassembly;
  private final PuntClass[] classes = new PuntClass[PacketVector.CAPACITY];

  Ipv4Local(
      PacketPool pool,
      Drops drops,
      IcmpInput icmp,
      IgmpInput igmp,
      UdpInput udp,
      IcmpError icmpError,
      PuntPolicers policers) {
    this.memory = pool.memory();
    this.policers = policers;
    this.reassembly = new Reassembly(pool, drops, pool.capacity() / 16);
    this.drops = drops;
    this.icmp = icmp;
    this.igmp = igmp;
    this.udp = udp;
    this.icmpError = icmpError;
  }

  void run(PacketVector input, long nowNs) {
    for (int i = 0; i < input.size(); i++) {
      classes[i] = classOf(input, i);
      if (classes[i].isUrgent()) {
        deliver(input, i, classes[i], nowNs);
      }
    }
    for (int i = 0; i < input.size(); i++) {
      if (classes[i] == PuntClass.FRAGMENT) {
        if (isWholeWith(input, i, nowNs)) {
          deliver(input, i, classOf(input, i), nowNs);
        }
      } else if (!classes[i].isUrgent()) {
        deliver(input, i, classes[i], nowNs);
      }
    }
    input.clear();
  }

  private PuntClass classOf(PacketVector input, int i) {
    long packet = input.offset(i);
    if ((Ipv4Header.fragment(memory, packet) & FRAGMENT) != 0) {
      return PuntClass.FRAGMENT;
    }
    return PuntPolicers.classOf(
        memory,
        Ipv4Header.protocol(memory, packet),
        packet + Ipv4Header.headerBytes(memory, packet),
        packet + input.length(i));
  }

  private void deliver(PacketVector input, int i, PuntClass of, long nowNs) {
    // What is of a link has a policer for each.
    if (of != PuntClass.RESOLUTION && !policers.take(of, nowNs)) {
      drops.drop(DropReason.PUNT_RATE_LIMITED, input.offset(i));
      return;
    }
    switch (Ipv4Header.protocol(memory, input.offset(i))) {
      case Ipv4Header.PROTOCOL_ICMP -> icmp.take(input, i);
      case Ipv4Header.PROTOCOL_IGMP -> igmp.take(input, i, nowNs);
      case Ipv4Header.PROTOCOL_UDP -> udp.take(input, i);
      default ->
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
    if (!policers.take(PuntClass.FRAGMENT, nowNs)) {
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
