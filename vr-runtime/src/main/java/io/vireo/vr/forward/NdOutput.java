package io.vireo.vr.forward;

import io.vireo.vr.neighbour.NeighbourTable;
import io.vireo.vr.wire.Icmpv6Message;
import io.vireo.vr.wire.Ipv6Address;
import io.vireo.vr.wire.NdMessage;
import io.vireo.vr.wire.NetworkOrder;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Builds the messages of neighbour discovery (RFC 4861) and puts them on their interface.
final class NdOutput {
  // A link's MTU is 1280 at least; what is beyond goes into another message (RFC 4861 §6.2.3).
  private static final int MAX_PREFIXES = 32;

  private final Icmpv6Output output;
  private final MemorySegment memory;

  NdOutput(Icmpv6Output output) {
    this.output = output;
    this.memory = output.memory();
  }

  /// Asks who has an address (RFC 4861 §7.2.2); by unicast to `mac` when it is known. Without an
  /// address of our own to ask with it has to wait.
  void solicit(RouterInterface on, long high, long low, long mac) {
    int source = SourceSelection.select(on.ipv6(), high, low);
    if (source != Ipv6Interface.NONE) {
      solicit(on, source, high, low, mac);
    }
  }

  /// Asks whether somebody has an address that we want to use (RFC 4862 §5.4.2).
  void probe(RouterInterface on, long high, long low) {
    solicit(on, Ipv6Interface.NONE, high, low, NeighbourTable.UNKNOWN_MAC);
  }

  private void solicit(RouterInterface on, int source, long high, long low, long mac) {
    long message = output.begin(on, false);
    if (message == Icmpv6Output.NONE) {
      return;
    }
    NdMessage.putTarget(memory, message, high, low);
    int length = NdMessage.NEIGHBOUR_BYTES;
    if (source != Ipv6Interface.NONE) {
      int type = NdMessage.OPTION_SOURCE_LINK_LAYER;
      NdMessage.putLinkLayer(memory, message + length, type, on.mac());
      length += NdMessage.LINK_LAYER_BYTES;
    }
    boolean known = mac != NeighbourTable.UNKNOWN_MAC;
    long group = Ipv6Address.solicitedNodeLow(low);
    output.send(
        on,
        message,
        false,
        known ? mac : Ipv6Address.groupMac(group),
        source,
        known ? high : Ipv6Address.LINK_GROUP_HIGH,
        known ? low : group,
        NdMessage.HOP_LIMIT,
        Icmpv6Message.NEIGHBOUR_SOLICITATION,
        0,
        length);
  }

  /// Says that an address is ours (RFC 4861 §7.2.4).
  ///
  /// @param source the place of the address it comes from
  /// @param mac whom to tell; all nodes' group when nobody in particular asked
  void advertise(
      RouterInterface on,
      int source,
      long high,
      long low,
      long toHigh,
      long toLow,
      long mac,
      int flags) {
    long message = output.begin(on, false);
    if (message == Icmpv6Output.NONE) {
      return;
    }
    NdMessage.putTarget(memory, message, high, low);
    NdMessage.putLinkLayer(
        memory, message + NdMessage.NEIGHBOUR_BYTES, NdMessage.OPTION_TARGET_LINK_LAYER, on.mac());
    output.send(
        on,
        message,
        false,
        mac,
        source,
        toHigh,
        toLow,
        NdMessage.HOP_LIMIT,
        Icmpv6Message.NEIGHBOUR_ADVERTISEMENT,
        flags | (on.ipv6().forwarding() ? NdMessage.ROUTER : 0),
        NdMessage.NEIGHBOUR_BYTES + NdMessage.LINK_LAYER_BYTES);
  }

  /// Tells the link which addresses are ours now (RFC 4861 §7.2.6).
  void announce(RouterInterface on) {
    Ipv6Interface ipv6 = on.ipv6();
    for (int i = 0; i < ipv6.count(); i++) {
      if (ipv6.isPreferredAt(i)) {
        advertise(
            on,
            i,
            ipv6.highAt(i),
            ipv6.lowAt(i),
            Ipv6Address.LINK_GROUP_HIGH,
            Ipv6Address.ALL_NODES_LOW,
            Ipv6Address.groupMac(Ipv6Address.ALL_NODES_LOW),
            NdMessage.OVERRIDE);
      }
    }
  }

  /// Tells hosts of the router and the link (RFC 4861 §6.2.3).
  ///
  /// @param source the place of the link-local address
  /// @param lifetimeSeconds 0: it is no default router (any more)
  void advertiseRouter(
      RouterInterface on, int source, RouterAdvertisements settings, int lifetimeSeconds) {
    List<RouterAdvertisements.Advertised> prefixes =
        settings.advertised(on.ipv6().settings().addresses());
    int from = 0;
    do {
      int to = Math.min(from + MAX_PREFIXES, prefixes.size());
      advertiseRouter(on, source, settings, lifetimeSeconds, prefixes.subList(from, to));
      from = to;
    } while (from < prefixes.size());
  }

  private void advertiseRouter(
      RouterInterface on,
      int source,
      RouterAdvertisements settings,
      int lifetimeSeconds,
      List<RouterAdvertisements.Advertised> prefixes) {
    long message = output.begin(on, false);
    if (message == Icmpv6Output.NONE) {
      return;
    }
    NetworkOrder.put32(memory, message + 8, settings.reachableTimeMs());
    NetworkOrder.put32(memory, message + 12, settings.retransTimerMs());
    int length = NdMessage.ADVERTISEMENT_BYTES;
    NdMessage.putLinkLayer(memory, message + length, NdMessage.OPTION_SOURCE_LINK_LAYER, on.mac());
    length += NdMessage.LINK_LAYER_BYTES;
    if (settings.linkMtuBytes() != 0) {
      NdMessage.putMtu(memory, message + length, settings.linkMtuBytes());
      length += NdMessage.MTU_BYTES;
    }
    for (RouterAdvertisements.Advertised each : prefixes) {
      int flags =
          (each.how().onLink() ? NdMessage.ON_LINK : 0)
              | (each.how().autonomous() ? NdMessage.AUTONOMOUS : 0);
      NdMessage.putPrefix(
          memory,
          message + length,
          each.prefix(),
          flags,
          each.how().validSeconds(),
          each.how().preferredSeconds());
      length += NdMessage.PREFIX_BYTES;
    }
    int roles = (settings.managed() ? 0x80 : 0) | (settings.otherConfig() ? 0x40 : 0);
    output.send(
        on,
        message,
        false,
        Ipv6Address.groupMac(Ipv6Address.ALL_NODES_LOW),
        source,
        Ipv6Address.LINK_GROUP_HIGH,
        Ipv6Address.ALL_NODES_LOW,
        NdMessage.HOP_LIMIT,
        Icmpv6Message.ROUTER_ADVERTISEMENT,
        settings.hopLimit() << 24 | roles << 16 | lifetimeSeconds,
        length);
  }
}
