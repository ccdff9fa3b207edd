package io.vireo.vr.forward;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.vr.wire.Icmpv6Message;
import io.vireo.vr.wire.Ipv6Address;
import io.vireo.vr.wire.Ipv6Header;
import java.lang.foreign.MemorySegment;

/// ICMPv6 for the router (RFC 4443): answers echo requests in place. Replies and errors have nobody
/// to go to: no socket of the router speaks IPv6 yet.
///
/// Drops: ICMP_MALFORMED, PROTOCOL_UNKNOWN; consumed ones count as ICMP_DONE. Next: [NdInput],
/// [MldInput], [Ipv6Lookup] for echo replies.
final class Icmpv6Input {
  private final MemorySegment memory;
  private final Drops drops;
  private final InterfaceTable interfaces;
  private final NdInput nd;
  private final MldInput mld;
  private final PacketVector lookup;

  Icmpv6Input(
      PacketPool pool,
      Drops drops,
      InterfaceTable interfaces,
      NdInput nd,
      MldInput mld,
      PacketVector lookup) {
    this.memory = pool.memory();
    this.drops = drops;
    this.interfaces = interfaces;
    this.nd = nd;
    this.mld = mld;
    this.lookup = lookup;
  }

  /// @param upper where the message begins, from the IPv6 header
  void take(PacketVector vector, int i, int upper, long nowNs) {
    long packet = vector.offset(i);
    long message = packet + upper;
    int length = vector.length(i) - upper;
    if (length < Icmpv6Message.HEADER_BYTES
        || !Icmpv6Message.checksumIsGood(memory, packet, message, length)) {
      drops.drop(DropReason.ICMP_MALFORMED, packet);
      return;
    }
    int type = Icmpv6Message.type(memory, message);
    if (type == Icmpv6Message.ECHO_REQUEST) {
      echo(vector, i, packet, upper, message, length);
    } else if (Icmpv6Message.isOfLink(type)) {
      ofLink(vector, i, type, packet, message, length, nowNs);
    } else if (Icmpv6Message.isError(type)) {
      drops.drop(DropReason.ICMP_DONE, packet); // about what no socket has sent
    } else {
      drops.drop(DropReason.PROTOCOL_UNKNOWN, packet); // RFC 4443 §2.4 (b): silently
    }
  }

  private void ofLink(
      PacketVector vector, int i, int type, long packet, long message, int length, long nowNs) {
    RouterInterface on = interfaces.lookup(vector.interfaceIndex(i));
    if (on == null) {
      drops.drop(DropReason.INTERFACE_DOWN, packet);
      return;
    }
    boolean discovery = type >= Icmpv6Message.ROUTER_SOLICITATION && type <= Icmpv6Message.REDIRECT;
    drops.drop(
        discovery
            ? nd.take(on, packet, message, length, nowNs)
            : mld.take(on, packet, message, length, nowNs),
        packet);
  }

  /// RFC 4443 §4.2: data returned unchanged; from the address asked, or, when that is a group's or
  /// several routers', from one that is ours alone.
  private void echo(PacketVector vector, int i, long packet, int upper, long message, int length) {
    long toHigh = Ipv6Header.sourceHigh(memory, packet);
    long toLow = Ipv6Header.sourceLow(memory, packet);
    long ownHigh = Ipv6Header.destinationHigh(memory, packet);
    long ownLow = Ipv6Header.destinationLow(memory, packet);
    if (Ipv6Address.isUnspecified(toHigh, toLow)) {
      drops.drop(DropReason.ICMP_MALFORMED, packet);
      return;
    }
    if (!interfaces.hasIpv6Address(ownHigh, ownLow)) {
      RouterInterface from = interfaces.lookup(vector.interfaceIndex(i));
      long chosen = SourceSelection.select(interfaces, from, toHigh, toLow);
      RouterInterface with = interfaces.lookup(SourceSelection.interfaceIndex(chosen));
      if (with == null) {
        drops.drop(DropReason.ICMP_DONE, packet);
        return;
      }
      ownHigh = with.ipv6().highAt(SourceSelection.place(chosen));
      ownLow = with.ipv6().lowAt(SourceSelection.place(chosen));
    }
    vector.advance(i, upper - Ipv6Header.BYTES); // extension headers end here
    long header = vector.offset(i);
    Ipv6Header.write(
        memory,
        header,
        length,
        Ipv6Header.ICMPV6,
        Ipv6Header.DEFAULT_HOP_LIMIT,
        ownHigh,
        ownLow,
        toHigh,
        toLow);
    int word = Icmpv6Message.word(memory, message);
    Icmpv6Message.write(memory, header, message, Icmpv6Message.ECHO_REPLY, 0, word, length);
    // The interface stays: the link of a link-local address.
    vector.setFlags(i, PacketVector.FLAG_LOCAL_ORIGIN);
    lookup.append(vector, i);
  }
}
