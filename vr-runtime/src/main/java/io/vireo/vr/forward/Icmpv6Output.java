package io.vireo.vr.forward;

import io.vireo.drivers.PacketPool;
import io.vireo.vr.wire.EthernetHeader;
import io.vireo.vr.wire.Icmpv6Message;
import io.vireo.vr.wire.Ipv6Header;
import io.vireo.vr.wire.NetworkOrder;
import java.lang.foreign.MemorySegment;

/// Puts ICMPv6 messages that stay on the link on their interface: the caller writes what follows
/// the message's first eight bytes, and then sends it. Without a free buffer nothing is sent:
/// whoever wanted it asks again.
final class Icmpv6Output {
  /// No buffer.
  static final long NONE = -1;

  /// The hop-by-hop header with the router alert option (RFC 2711 §2.1) and padding.
  private static final long ROUTER_ALERT = 0x3a00_0502_0000_0100L;

  private static final int ROUTER_ALERT_BYTES = 8;

  private final PacketPool pool;
  private final MemorySegment memory;

  Icmpv6Output(PacketPool pool) {
    this.pool = pool;
    this.memory = pool.memory();
  }

  MemorySegment memory() {
    return memory;
  }

  /// Where a message for `on` is to be written, or [#NONE].
  long begin(RouterInterface on, boolean alert) {
    long frame = pool.allocate();
    if (frame < 0) {
      on.counters().outDiscards++;
      return NONE;
    }
    return frame + EthernetHeader.BYTES + Ipv6Header.BYTES + (alert ? ROUTER_ALERT_BYTES : 0);
  }

  /// Sends what was written at [#begin].
  ///
  /// @param source the place of the source among the addresses of `on`; [Ipv6Interface#NONE]: ::
  /// @param word the message's 32 bits after the checksum
  /// @param length of the message, in bytes
  void send(
      RouterInterface on,
      long message,
      boolean alert,
      long mac,
      int source,
      long toHigh,
      long toLow,
      int hopLimit,
      int type,
      int word,
      int length) {
    Ipv6Interface ipv6 = on.ipv6();
    boolean unspecified = source == Ipv6Interface.NONE;
    int options = alert ? ROUTER_ALERT_BYTES : 0;
    long packet = message - Ipv6Header.BYTES - options;
    Ipv6Header.write(
        memory,
        packet,
        length + options,
        alert ? Ipv6Header.HOP_BY_HOP : Ipv6Header.ICMPV6,
        hopLimit,
        unspecified ? 0 : ipv6.highAt(source),
        unspecified ? 0 : ipv6.lowAt(source),
        toHigh,
        toLow);
    if (alert) {
      NetworkOrder.put64(memory, packet + Ipv6Header.BYTES, ROUTER_ALERT);
    }
    Icmpv6Message.write(memory, packet, message, type, 0, word, length);
    long frame = packet - EthernetHeader.BYTES;
    EthernetHeader.write(memory, frame, mac, on.mac(), EthernetHeader.TYPE_IPV6);
    int bytes = EthernetHeader.BYTES + Ipv6Header.BYTES + options + length;
    on.send(frame, bytes);
  }
}
