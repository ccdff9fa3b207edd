package io.vireo.vr.forward;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.vr.wire.IcmpMessage;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Ipv4Header;
import java.lang.foreign.MemorySegment;

/// Turns a packet that cannot go on into the ICMP error that says so, in the same buffer.
///
/// Not sent (RFC 1812 §4.3.2.7): about ICMP errors, later fragments, broadcasts, and to sources
/// that are no single host. Rate limited (§4.3.2.8). The source is the address of the interface the
/// packet came in by, which is what traceroute shows. About packets of our own the socket is told
/// directly. Next: [Ipv4Lookup].
final class IcmpError {
  private static final DropReason[] REASONS = DropReason.values();

  /// RFC 1812 §4.3.2.3: as much of the packet as fits in 576 bytes.
  private static final int MAX_BYTES = 576;

  private static final int PUSHED_BYTES = Ipv4Header.MIN_BYTES + IcmpMessage.HEADER_BYTES;

  final PacketVector input = new PacketVector();
  private final int[] error = new int[PacketVector.CAPACITY];
  private final MemorySegment memory;
  private final Drops drops;
  private final InterfaceTable interfaces;
  private final LocalDelivery delivery;
  private final PacketVector lookup;
  private final PuntPolicers policers;
  private int identification;

  IcmpError(
      PacketPool pool,
      Drops drops,
      InterfaceTable interfaces,
      LocalDelivery delivery,
      PacketVector lookup,
      PuntPolicers policers) {
    this.policers = policers;
    this.memory = pool.memory();
    this.drops = drops;
    this.interfaces = interfaces;
    this.delivery = delivery;
    this.lookup = lookup;
  }

  /// Takes packet `i` of `from`; should nothing be sent about it, it is dropped as `reason`.
  void add(PacketVector from, int i, int type, int code, int mtu, DropReason reason) {
    error[input.size()] = reason.ordinal() << 24 | type << 20 | code << 16 | mtu & 0xffff;
    input.append(from, i);
  }

  void run(long nowNs) {
    for (int i = 0; i < input.size(); i++) {
      int what = error[i];
      DropReason reason = REASONS[what >>> 24];
      int type = what >>> 20 & 0xf;
      int code = what >>> 16 & 0xf;
      long packet = input.offset(i);
      if ((input.flags(i) & PacketVector.FLAG_LOCAL_ORIGIN) != 0) {
        delivery.onError(packet, input.length(i), type, code, 0);
        drops.drop(reason, packet);
      } else if (lookup.remaining() == 0 || !isAnswerable(i, packet)) {
        drops.drop(reason, packet);
      } else if (!policers.take(PuntClass.ERROR, nowNs)) {
        drops.drop(DropReason.ICMP_RATE_LIMITED, packet);
      } else {
        drops.note(reason);
        answer(i, packet, type, code, what & 0xffff);
      }
    }
    input.clear();
  }

  private boolean isAnswerable(int i, long packet) {
    int destination = Ipv4Header.destination(memory, packet);
    RouterInterface from = interfaces.lookup(input.interfaceIndex(i));
    boolean group =
        (input.flags(i) & PacketVector.FLAG_LINK_BROADCAST) != 0
            || Ipv4Address.isMulticast(destination)
            || destination == Ipv4Address.BROADCAST
            || (from != null && from.isSubnetBroadcast(destination));
    boolean laterFragment =
        (Ipv4Header.fragment(memory, packet) & Ipv4Header.FRAGMENT_OFFSET_MASK) != 0;
    if (group || laterFragment || Ipv4Address.isMartianSource(Ipv4Header.source(memory, packet))) {
      return false;
    }
    if (Ipv4Header.protocol(memory, packet) != Ipv4Header.PROTOCOL_ICMP) {
      return true;
    }
    int headerBytes = Ipv4Header.headerBytes(memory, packet);
    return input.length(i) > headerBytes
        && !IcmpMessage.isError(IcmpMessage.type(memory, packet + headerBytes));
  }

  private void answer(int i, long packet, int type, int code, int mtu) {
    RouterInterface from = interfaces.lookup(input.interfaceIndex(i));
    int own = from == null ? 0 : from.primaryAddress();
    int source = Ipv4Header.source(memory, packet);
    int quoted = Math.min(input.length(i), MAX_BYTES - PUSHED_BYTES);
    input.advance(i, -PUSHED_BYTES);
    input.setLength(i, quoted + PUSHED_BYTES);
    long header = input.offset(i);
    IcmpMessage.write(
        memory,
        header + Ipv4Header.MIN_BYTES,
        type,
        code,
        0,
        mtu,
        quoted + IcmpMessage.HEADER_BYTES);
    Ipv4Header.write(
        memory,
        header,
        quoted + PUSHED_BYTES,
        identification++,
        0,
        Ipv4Header.DEFAULT_TTL,
        Ipv4Header.PROTOCOL_ICMP,
        own == 0 ? interfaces.anyAddress() : own,
        source);
    input.setFlags(i, PacketVector.FLAG_LOCAL_ORIGIN);
    input.setInterfaceIndex(i, 0);
    lookup.append(input, i);
  }
}
