package io.vireo.vr.forward;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.vr.wire.Icmpv6Message;
import io.vireo.vr.wire.Ipv6Address;
import io.vireo.vr.wire.Ipv6Header;
import java.lang.foreign.MemorySegment;

/// Turns a packet that cannot go on into the ICMPv6 error that says so, in the same buffer.
///
/// Not sent (RFC 4443 §2.4 (e)): about ICMPv6 errors and redirects, to groups but for a packet too
/// big and unknown options, and to sources that are no single node. Rate limited (§2.4 (f)). The
/// source is the best address of the interface that the packet came in by, which is what traceroute
/// shows. Packets of our own are answers, of which nobody needs to hear. Next: [Ipv6Lookup].
final class Icmpv6Error {
  private static final DropReason[] REASONS = DropReason.values();
  private static final int PUSHED_BYTES = Ipv6Header.BYTES + Icmpv6Message.HEADER_BYTES;

  final PacketVector input = new PacketVector();
  private final int[] error = new int[PacketVector.CAPACITY];
  private final int[] parameters = new int[PacketVector.CAPACITY];
  private final MemorySegment memory;
  private final Drops drops;
  private final InterfaceTable interfaces;
  private final PacketVector lookup;
  private final PuntPolicers policers;

  Icmpv6Error(
      PacketPool pool,
      Drops drops,
      InterfaceTable interfaces,
      PacketVector lookup,
      PuntPolicers policers) {
    this.policers = policers;
    this.memory = pool.memory();
    this.drops = drops;
    this.interfaces = interfaces;
    this.lookup = lookup;
  }

  /// Takes packet `i` of `from`; should nothing be sent about it, it is dropped as `reason`.
  ///
  /// @param parameter the MTU or the pointer
  void add(PacketVector from, int i, int type, int code, int parameter, DropReason reason) {
    error[input.size()] = reason.ordinal() << 16 | type << 8 | code;
    parameters[input.size()] = parameter;
    input.append(from, i);
  }

  void run(long nowNs) {
    for (int i = 0; i < input.size(); i++) {
      DropReason reason = REASONS[error[i] >>> 16];
      int type = error[i] >>> 8 & 0xff;
      int code = error[i] & 0xff;
      long packet = input.offset(i);
      boolean ours = (input.flags(i) & PacketVector.FLAG_LOCAL_ORIGIN) != 0;
      if (ours || !isAnswerable(i, packet, type, code)) {
        drops.drop(reason, packet);
      } else if (!policers.take(PuntClass.ERROR, nowNs)) {
        drops.drop(DropReason.ICMP_RATE_LIMITED, packet);
      } else if (answer(i, packet, type, code, parameters[i])) {
        drops.note(reason);
      } else {
        drops.drop(reason, packet);
      }
    }
    input.clear();
  }

  private boolean isAnswerable(int i, long packet, int type, int code) {
    boolean group =
        (input.flags(i) & PacketVector.FLAG_LINK_BROADCAST) != 0
            || Ipv6Address.isMulticast(Ipv6Header.destinationHigh(memory, packet));
    boolean aboutGroups =
        type == Icmpv6Message.PACKET_TOO_BIG
            || (type == Icmpv6Message.PARAMETER_PROBLEM
                && code == Icmpv6Message.CODE_UNKNOWN_OPTION);
    long fromHigh = Ipv6Header.sourceHigh(memory, packet);
    if ((group && !aboutGroups)
        || Ipv6Address.isMulticast(fromHigh)
        || Ipv6Address.isUnspecified(fromHigh, Ipv6Header.sourceLow(memory, packet))) {
      return false;
    }
    long upper = ExtensionHeaders.upperLayer(memory, packet, input.length(i));
    int offset = ExtensionHeaders.offset(upper);
    if (ExtensionHeaders.protocol(upper) != Ipv6Header.ICMPV6 || offset >= input.length(i)) {
      return true;
    }
    int about = Icmpv6Message.type(memory, packet + offset);
    return !Icmpv6Message.isError(about) && about != Icmpv6Message.REDIRECT;
  }

  /// @return whether there is an address to answer with
  private boolean answer(int i, long packet, int type, int code, int parameter) {
    RouterInterface from = interfaces.lookup(input.interfaceIndex(i));
    long toHigh = Ipv6Header.sourceHigh(memory, packet);
    long toLow = Ipv6Header.sourceLow(memory, packet);
    long chosen = SourceSelection.select(interfaces, from, toHigh, toLow);
    RouterInterface with = interfaces.lookup(SourceSelection.interfaceIndex(chosen));
    if (with == null) {
      return false;
    }
    int own = SourceSelection.place(chosen);
    // RFC 4443 §3: as much of the packet as fits in the smallest MTU
    int quoted = Math.min(input.length(i), Ipv6Header.MIN_MTU_BYTES - PUSHED_BYTES);
    input.advance(i, -PUSHED_BYTES);
    input.setLength(i, quoted + PUSHED_BYTES);
    long header = input.offset(i);
    Ipv6Header.write(
        memory,
        header,
        quoted + Icmpv6Message.HEADER_BYTES,
        Ipv6Header.ICMPV6,
        Ipv6Header.DEFAULT_HOP_LIMIT,
        with.ipv6().highAt(own),
        with.ipv6().lowAt(own),
        toHigh,
        toLow);
    Icmpv6Message.write(
        memory,
        header,
        header + Ipv6Header.BYTES,
        type,
        code,
        parameter,
        quoted + Icmpv6Message.HEADER_BYTES);
    input.setFlags(i, PacketVector.FLAG_LOCAL_ORIGIN);
    lookup.append(input, i);
    return true;
  }
}
