package io.vireo.vr.forward;

import io.vireo.vr.neighbour.NeighbourTable;
import io.vireo.vr.wire.EthernetHeader;
import io.vireo.vr.wire.Icmpv6Message;
import io.vireo.vr.wire.Ipv6Address;
import io.vireo.vr.wire.Ipv6Header;
import io.vireo.vr.wire.NdMessage;
import java.lang.foreign.MemorySegment;

/// Neighbour discovery for the router (RFC 4861 §6.1, §6.2.6, §7): answers who asks for our
/// addresses, learns from what others say, and sees when another has an address of ours (RFC 4862
/// §5.4.3, §5.4.4).
///
/// A router ignores redirects (§8.2) and takes from other routers' advertisements only that they
/// are there (§6.2.7).
final class NdInput {
  private static final int SOLICITATION_BYTES = Icmpv6Message.HEADER_BYTES;

  private final MemorySegment memory;
  private final NeighbourTable neighbours;
  private final NdOutput output;
  private final Ipv6Control control;
  private final PuntPolicers policers;

  NdInput(
      MemorySegment memory,
      NeighbourTable neighbours,
      NdOutput output,
      Ipv6Control control,
      PuntPolicers policers) {
    this.policers = policers;
    this.memory = memory;
    this.neighbours = neighbours;
    this.output = output;
    this.control = control;
  }

  /// Takes one message whose checksum is good.
  ///
  /// @param packet its IPv6 header
  /// @param length of the message, in bytes
  DropReason take(RouterInterface on, long packet, long message, int length, long nowNs) {
    if (Ipv6Header.hopLimit(memory, packet) != NdMessage.HOP_LIMIT
        || Icmpv6Message.code(memory, message) != 0) {
      return DropReason.ND_MALFORMED;
    }
    if (!on.takesResolution(policers, nowNs)) {
      return DropReason.PUNT_RATE_LIMITED;
    }
    long end = message + length;
    return switch (Icmpv6Message.type(memory, message)) {
      case Icmpv6Message.NEIGHBOUR_SOLICITATION -> solicitation(on, packet, message, end, nowNs);
      case Icmpv6Message.NEIGHBOUR_ADVERTISEMENT -> advertisement(on, packet, message, end, nowNs);
      case Icmpv6Message.ROUTER_SOLICITATION -> routerSolicitation(on, packet, message, end, nowNs);
      case Icmpv6Message.ROUTER_ADVERTISEMENT ->
          routerAdvertisement(on, packet, message, end, nowNs);
      default -> DropReason.ICMP_DONE; // a redirect
    };
  }

  private boolean isSound(long message, long end, int bytes) {
    return end - message >= bytes && NdMessage.optionsAreSound(memory, message + bytes, end);
  }

  private DropReason solicitation(
      RouterInterface on, long packet, long message, long end, long nowNs) {
    if (!isSound(message, end, NdMessage.NEIGHBOUR_BYTES)) {
      return DropReason.ND_MALFORMED;
    }
    long high = NdMessage.targetHigh(memory, message);
    long low = NdMessage.targetLow(memory, message);
    long fromHigh = Ipv6Header.sourceHigh(memory, packet);
    long fromLow = Ipv6Header.sourceLow(memory, packet);
    long mac =
        NdMessage.linkLayer(
            memory, message + NdMessage.NEIGHBOUR_BYTES, end, NdMessage.OPTION_SOURCE_LINK_LAYER);
    boolean probe = Ipv6Address.isUnspecified(fromHigh, fromLow);
    boolean toSolicitedNode =
        Ipv6Address.isSolicitedNode(
            Ipv6Header.destinationHigh(memory, packet), Ipv6Header.destinationLow(memory, packet));
    boolean unsound = probe ? mac >= 0 || !toSolicitedNode : isNoStation(mac);
    if (Ipv6Address.isMulticast(high) || unsound) {
      return DropReason.ND_MALFORMED;
    }
    // RFC 4862 §5.4.3: of a tentative address only another's test matters.
    boolean ours = EthernetHeader.source(memory, packet - EthernetHeader.BYTES) == on.mac();
    boolean taken = probe && !ours && control.conflict(on, high, low);
    if (taken || ours || !on.ipv6().answersTo(high, low)) {
      return DropReason.ICMP_DONE;
    }
    if (probe) {
      answerAll(on, high, low);
      return DropReason.ICMP_DONE;
    }
    if (mac >= 0) {
      neighbours.learn(on.index(), fromHigh, fromLow, mac, false, true, nowNs);
    }
    answer(on, packet, high, low, fromHigh, fromLow, mac);
    return DropReason.ICMP_DONE;
  }

  private static boolean isNoStation(long mac) {
    return mac >= 0 && EthernetHeader.isGroup(mac);
  }

  // RFC 4861 §7.2.4. Without an option the frame's sender is as good.
  private void answer(
      RouterInterface on, long packet, long high, long low, long toHigh, long toLow, long mac) {
    boolean isOwn = on.ipv6().hasAddress(high, low);
    output.advertise(
        on,
        SourceSelection.select(on.ipv6(), isOwn ? high : toHigh, isOwn ? low : toLow),
        high,
        low,
        toHigh,
        toLow,
        mac >= 0 ? mac : EthernetHeader.source(memory, packet - EthernetHeader.BYTES),
        // An address that several have is nobody's to override (§7.2.7).
        NdMessage.SOLICITED | (isOwn ? NdMessage.OVERRIDE : 0));
  }

  private void answerAll(RouterInterface on, long high, long low) {
    output.advertise(
        on,
        SourceSelection.select(on.ipv6(), high, low),
        high,
        low,
        Ipv6Address.LINK_GROUP_HIGH,
        Ipv6Address.ALL_NODES_LOW,
        Ipv6Address.groupMac(Ipv6Address.ALL_NODES_LOW),
        on.ipv6().hasAddress(high, low) ? NdMessage.OVERRIDE : 0);
  }

  private DropReason advertisement(
      RouterInterface on, long packet, long message, long end, long nowNs) {
    if (!isSound(message, end, NdMessage.NEIGHBOUR_BYTES)) {
      return DropReason.ND_MALFORMED;
    }
    long high = NdMessage.targetHigh(memory, message);
    long low = NdMessage.targetLow(memory, message);
    int flags = Icmpv6Message.word(memory, message);
    boolean solicited = (flags & NdMessage.SOLICITED) != 0;
    long mac =
        NdMessage.linkLayer(
            memory, message + NdMessage.NEIGHBOUR_BYTES, end, NdMessage.OPTION_TARGET_LINK_LAYER);
    boolean toGroup = Ipv6Address.isMulticast(Ipv6Header.destinationHigh(memory, packet));
    if (Ipv6Address.isMulticast(high) || (solicited && toGroup) || isNoStation(mac)) {
      return DropReason.ND_MALFORMED;
    }
    if (control.conflict(on, high, low) || on.ipv6().hasAddress(high, low)) {
      return DropReason.ICMP_DONE;
    }
    neighbours.advertised(
        on.index(),
        high,
        low,
        mac < 0 ? NeighbourTable.UNKNOWN_MAC : mac,
        solicited,
        (flags & NdMessage.OVERRIDE) != 0,
        (flags & NdMessage.ROUTER) != 0,
        nowNs);
    return DropReason.ICMP_DONE;
  }

  private DropReason routerSolicitation(
      RouterInterface on, long packet, long message, long end, long nowNs) {
    if (!isSound(message, end, SOLICITATION_BYTES)) {
      return DropReason.ND_MALFORMED;
    }
    long fromHigh = Ipv6Header.sourceHigh(memory, packet);
    long fromLow = Ipv6Header.sourceLow(memory, packet);
    long mac =
        NdMessage.linkLayer(
            memory, message + SOLICITATION_BYTES, end, NdMessage.OPTION_SOURCE_LINK_LAYER);
    boolean unspecified = Ipv6Address.isUnspecified(fromHigh, fromLow);
    if ((unspecified && mac >= 0) || isNoStation(mac)) {
      return DropReason.ND_MALFORMED;
    }
    if (mac >= 0 && on.ipv6().isOnLink(fromHigh, fromLow)) {
      neighbours.learn(on.index(), fromHigh, fromLow, mac, false, true, nowNs);
    }
    control.routerSolicited(on, nowNs);
    return DropReason.ICMP_DONE;
  }

  private DropReason routerAdvertisement(
      RouterInterface on, long packet, long message, long end, long nowNs) {
    long fromHigh = Ipv6Header.sourceHigh(memory, packet);
    long fromLow = Ipv6Header.sourceLow(memory, packet);
    if (!isSound(message, end, NdMessage.ADVERTISEMENT_BYTES)
        || !Ipv6Address.isLinkLocal(fromHigh)) {
      return DropReason.ND_MALFORMED;
    }
    long mac =
        NdMessage.linkLayer(
            memory,
            message + NdMessage.ADVERTISEMENT_BYTES,
            end,
            NdMessage.OPTION_SOURCE_LINK_LAYER);
    if (isNoStation(mac)) {
      return DropReason.ND_MALFORMED;
    }
    if (mac >= 0) {
      neighbours.learn(on.index(), fromHigh, fromLow, mac, false, true, nowNs);
    }
    neighbours.setRouter(on.index(), fromHigh, fromLow);
    return DropReason.ICMP_DONE;
  }
}
