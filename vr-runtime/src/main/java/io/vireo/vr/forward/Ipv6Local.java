package io.vireo.vr.forward;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.vr.wire.Icmpv6Message;
import io.vireo.vr.wire.Ipv6Address;
import io.vireo.vr.wire.Ipv6Header;
import io.vireo.vr.wire.NetworkOrder;
import java.lang.foreign.MemorySegment;

/// Packets for the router itself: extension headers in their order (RFC 8200 §4), policed by class,
/// then by protocol.
///
/// Drops: FRAGMENT_REFUSED and others of [Reassembly], PUNT_RATE_LIMITED, IPV6_MARTIAN_DESTINATION
/// (an address that is being tested, or another node's too). Next: [Icmpv6Input], [Icmpv6Error]
/// (unknown or malformed headers and options, no socket).
final class Ipv6Local {
  private static final int FRAGMENT_OFFSET = 0xfff8;
  private static final int MORE = 1;
  private static final int MAX_PAYLOAD_BYTES = 65535;

  private static final int OPTION_PAD_1 = 0;
  private static final int OPTION_PAD_N = 1;
  private static final int OPTION_ROUTER_ALERT = 5;
  private static final int UNIT = 8;

  private final MemorySegment memory;
  private final Drops drops;
  private final InterfaceTable interfaces;
  private final Icmpv6Input icmp;
  private final Icmpv6Error icmpError;
  private final PuntPolicers policers;
  private final Reassembly reassembly;
  private final boolean[] isUrgent = new boolean[PacketVector.CAPACITY];

  Ipv6Local(
      PacketPool pool,
      Drops drops,
      InterfaceTable interfaces,
      Icmpv6Input icmp,
      Icmpv6Error icmpError,
      PuntPolicers policers) {
    this.policers = policers;
    this.memory = pool.memory();
    this.drops = drops;
    this.interfaces = interfaces;
    this.icmp = icmp;
    this.icmpError = icmpError;
    this.reassembly = new Reassembly(pool, drops, pool.capacity() / 16);
  }

  void run(PacketVector input, long nowNs) {
    for (int i = 0; i < input.size(); i++) {
      isUrgent[i] = classOf(input, i).isUrgent();
      if (isUrgent[i]) {
        walk(input, i, false, nowNs);
      }
    }
    for (int i = 0; i < input.size(); i++) {
      if (!isUrgent[i]) {
        walk(input, i, false, nowNs);
      }
    }
    input.clear();
  }

  private PuntClass classOf(PacketVector input, int i) {
    long packet = input.offset(i);
    long upper = ExtensionHeaders.upperLayer(memory, packet, input.length(i));
    int protocol = ExtensionHeaders.protocol(upper);
    if (upper == ExtensionHeaders.BROKEN || protocol == Ipv6Header.FRAGMENT) {
      return PuntClass.OTHER;
    }
    return classOf(input, i, protocol, ExtensionHeaders.offset(upper));
  }

  private PuntClass classOf(PacketVector input, int i, int protocol, int at) {
    long packet = input.offset(i);
    if (protocol == Ipv6Header.ICMPV6
        && at < input.length(i)
        && Icmpv6Message.isOfLink(Icmpv6Message.type(memory, packet + at))) {
      return PuntClass.RESOLUTION;
    }
    return PuntPolicers.classOf(memory, protocol, packet + at, packet + input.length(i));
  }

  /// RFC 4862 §5.4: not so while an address is tested, or when another node has it.
  private boolean isUsable(long packet, int interfaceIndex, PuntClass of) {
    long high = Ipv6Header.destinationHigh(memory, packet);
    long low = Ipv6Header.destinationLow(memory, packet);
    if (Ipv6Address.isMulticast(high)) {
      return true;
    }
    RouterInterface from = interfaces.lookup(interfaceIndex);
    if (from != null && from.ipv6().answersTo(high, low)) {
      return true; // as most are
    }
    if (of == PuntClass.RESOLUTION) {
      return false; // messages of a link are to what is on it
    }
    for (int index = 1; index < interfaces.limit(); index++) {
      RouterInterface candidate = interfaces.lookup(index);
      if (candidate != null && candidate.ipv6().answersTo(high, low)) {
        return true;
      }
    }
    return false;
  }

  // From header to header until one that is no extension.
  //
  // @param inFragments whether a fragment header was taken out already: there is one in a packet
  private void walk(PacketVector vector, int i, boolean inFragments, long nowNs) {
    long packet = vector.offset(i);
    int length = vector.length(i);
    int nameAt = Ipv6Header.NEXT_HEADER_OFFSET;
    int next = Ipv6Header.nextHeader(memory, packet);
    int at = Ipv6Header.BYTES;
    while (ExtensionHeaders.isExtension(next)) {
      if (next == Ipv6Header.HOP_BY_HOP && at != Ipv6Header.BYTES) {
        break; // §4.1: nowhere but at the front; as if it were unknown
      }
      if (next == Ipv6Header.FRAGMENT) {
        if (inFragments) {
          drops.drop(DropReason.FRAGMENT_REFUSED, packet);
        } else {
          fragment(vector, i, nameAt, at, nowNs);
        }
        return;
      }
      int bytes = at + UNIT > length ? length : ExtensionHeaders.bytes(memory, packet + at);
      if (at + bytes > length) {
        drops.drop(DropReason.IPV6_EXTENSION_MALFORMED, packet);
        return;
      }
      if (next == Ipv6Header.ROUTING) {
        if (NetworkOrder.get8(memory, packet + at + 3) != 0) {
          // §4.4: segments are left, and no type is known here; nor is type 0 (RFC 5095).
          problem(
              vector, i, Icmpv6Message.CODE_BAD_HEADER, at + 2, DropReason.IPV6_EXTENSION_UNKNOWN);
          return;
        }
      } else if (!takeOptions(vector, i, packet, at, at + bytes)) {
        return;
      }
      next = NetworkOrder.get8(memory, packet + at);
      nameAt = at;
      at += bytes;
    }
    upper(vector, i, next, nameAt, at, inFragments, nowNs);
  }

  /// RFC 8200 §4.5. A datagram that is whole is walked from the start, as what it holds may be
  /// extension headers too.
  private void fragment(PacketVector vector, int i, int nameAt, int at, long nowNs) {
    long packet = vector.offset(i);
    int bytes = vector.length(i) - at - UNIT;
    if (bytes < 0) {
      drops.drop(DropReason.IPV6_EXTENSION_MALFORMED, packet);
      return;
    }
    if (!policers.take(PuntClass.FRAGMENT, nowNs)) {
      drops.drop(DropReason.PUNT_RATE_LIMITED, packet);
      return;
    }
    int word = NetworkOrder.get16(memory, packet + at + 2);
    int offset = word & FRAGMENT_OFFSET;
    boolean more = (word & MORE) != 0;
    int next = NetworkOrder.get8(memory, packet + at);
    if (offset == 0 && !more) {
      unwrap(vector, i, nameAt, at, next, nowNs); // RFC 6946: a whole datagram by itself
      return;
    }
    if (more && bytes % UNIT != 0) {
      problem(vector, i, Icmpv6Message.CODE_BAD_HEADER, 4, DropReason.FRAGMENT_REFUSED);
      return;
    }
    if (offset + bytes + at - Ipv6Header.BYTES > MAX_PAYLOAD_BYTES) {
      problem(vector, i, Icmpv6Message.CODE_BAD_HEADER, at + 2, DropReason.FRAGMENT_REFUSED);
      return;
    }
    if (offset == 0 && !holdsAllHeaders(packet, next, at + UNIT, vector.length(i))) {
      int code = Icmpv6Message.CODE_INCOMPLETE_CHAIN;
      problem(vector, i, code, 0, DropReason.FRAGMENT_REFUSED);
      return;
    }
    if (bytes == 0) {
      drops.drop(DropReason.FRAGMENT_REFUSED, packet);
      return;
    }
    Reassembly.Key key =
        new Reassembly.Key(
            Ipv6Header.sourceHigh(memory, packet),
            Ipv6Header.sourceLow(memory, packet),
            Ipv6Header.destinationHigh(memory, packet),
            Ipv6Header.destinationLow(memory, packet),
            NetworkOrder.get32(memory, packet + at + 4),
            0);
    Reassembly.Outcome outcome =
        reassembly.add(
            key,
            packet,
            at + UNIT,
            offset,
            bytes,
            more,
            nameAt,
            next,
            vector.interfaceIndex(i),
            nowNs);
    if (outcome == Reassembly.Outcome.COMPLETE) {
      int headers = reassembly.headerBytes() - UNIT;
      vector.place(i, reassembly.packet(), reassembly.length());
      unwrap(vector, i, reassembly.nameAt(), headers, reassembly.nextHeader(), nowNs);
    }
  }

  // Takes a fragment header out: what stands before it moves up.
  private void unwrap(PacketVector vector, int i, int nameAt, int headers, int next, long nowNs) {
    long packet = vector.offset(i);
    MemorySegment.copy(memory, packet, memory, packet + UNIT, headers);
    vector.advance(i, UNIT);
    NetworkOrder.put8(memory, packet + UNIT + nameAt, next);
    Ipv6Header.setPayloadLength(memory, packet + UNIT, vector.length(i) - Ipv6Header.BYTES);
    walk(vector, i, true, nowNs);
  }

  /// RFC 7112 §5: a first fragment has all headers, the upper layer's included.
  private boolean holdsAllHeaders(long packet, int first, int from, int length) {
    int next = first;
    int at = from;
    while (ExtensionHeaders.isExtension(next) && next != Ipv6Header.FRAGMENT) {
      if (at + UNIT > length) {
        return false;
      }
      next = NetworkOrder.get8(memory, packet + at);
      at += ExtensionHeaders.bytes(memory, packet + at);
    }
    return at + (next == Ipv6Header.NO_NEXT_HEADER ? 0 : UNIT) <= length;
  }

  Reassembly reassembly() {
    return reassembly;
  }

  private void upper(
      PacketVector vector,
      int i,
      int protocol,
      int nameAt,
      int at,
      boolean inFragments,
      long nowNs) {
    long packet = vector.offset(i);
    boolean icmpv6 = protocol == Ipv6Header.ICMPV6;
    PuntClass of = classOf(vector, i, protocol, at);
    if (protocol == Ipv6Header.NO_NEXT_HEADER) {
      drops.drop(DropReason.ICMP_DONE, packet); // §4.7
    } else if (of == PuntClass.RESOLUTION && inFragments) {
      drops.drop(DropReason.FRAGMENT_REFUSED, packet); // RFC 6980 §5
    } else if (of != PuntClass.RESOLUTION && !policers.take(of, nowNs)) {
      drops.drop(DropReason.PUNT_RATE_LIMITED, packet);
    } else if (!isUsable(packet, vector.interfaceIndex(i), of)) {
      drops.drop(DropReason.IPV6_MARTIAN_DESTINATION, packet);
    } else if (icmpv6) {
      icmp.take(vector, i, at, nowNs);
    } else if (protocol == Ipv6Header.UDP) {
      icmpError.add(
          vector,
          i,
          Icmpv6Message.DESTINATION_UNREACHABLE,
          Icmpv6Message.CODE_PORT_UNREACHABLE,
          0,
          DropReason.UDP_NO_SOCKET);
    } else {
      int code = Icmpv6Message.CODE_UNKNOWN_NEXT_HEADER;
      problem(vector, i, code, nameAt, DropReason.PROTOCOL_UNKNOWN);
    }
  }

  /// RFC 8200 §4.2: what is to be done about an unknown option its two highest bits tell.
  ///
  /// @return whether the packet is still there
  private boolean takeOptions(PacketVector vector, int i, long packet, int from, int end) {
    int at = from + 2;
    while (at < end) {
      int type = NetworkOrder.get8(memory, packet + at);
      if (type == OPTION_PAD_1) {
        at++;
        continue;
      }
      int bytes = at + 1 < end ? 2 + NetworkOrder.get8(memory, packet + at + 1) : end;
      if (at + bytes > end) {
        drops.drop(DropReason.IPV6_EXTENSION_MALFORMED, packet);
        return false;
      }
      boolean known = type == OPTION_PAD_N || type == OPTION_ROUTER_ALERT;
      int action = known ? 0 : type >> 6;
      if (action != 0) {
        unknownOption(vector, i, packet, at, action);
        return false;
      }
      at += bytes;
    }
    return true;
  }

  private void unknownOption(PacketVector vector, int i, long packet, int at, int action) {
    boolean group = Ipv6Address.isMulticast(Ipv6Header.destinationHigh(memory, packet));
    if (action == 2 || (action == 3 && !group)) {
      int code = Icmpv6Message.CODE_UNKNOWN_OPTION;
      problem(vector, i, code, at, DropReason.IPV6_EXTENSION_UNKNOWN);
    } else {
      drops.drop(DropReason.IPV6_EXTENSION_UNKNOWN, packet);
    }
  }

  private void problem(PacketVector vector, int i, int code, int pointer, DropReason reason) {
    icmpError.add(vector, i, Icmpv6Message.PARAMETER_PROBLEM, code, pointer, reason);
  }
}
