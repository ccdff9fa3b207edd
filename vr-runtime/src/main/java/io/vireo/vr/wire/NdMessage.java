package io.vireo.vr.wire;

import java.lang.foreign.MemorySegment;

/// Messages of neighbour discovery (RFC 4861 §4): what stands after the ICMPv6 header's eight
/// bytes, and options.
public final class NdMessage {
  /// RFC 4861 §6.1, §7.1: no router passed them on.
  public static final int HOP_LIMIT = 255;

  /// Header and target address of solicitations and advertisements of neighbours.
  public static final int NEIGHBOUR_BYTES = 24;

  /// Header, reachable time and retransmission timer of router advertisements.
  public static final int ADVERTISEMENT_BYTES = 16;

  public static final int OPTION_SOURCE_LINK_LAYER = 1;
  public static final int OPTION_TARGET_LINK_LAYER = 2;
  public static final int OPTION_PREFIX = 3;
  public static final int OPTION_REDIRECTED = 4;
  public static final int OPTION_MTU = 5;

  /// An Ethernet address in an option (RFC 2464 §6).
  public static final int LINK_LAYER_BYTES = 8;

  public static final int PREFIX_BYTES = 32;
  public static final int MTU_BYTES = 8;

  /// Of a neighbour advertisement's 32 bits: it forwards packets.
  public static final int ROUTER = 0x8000_0000;

  /// Of a neighbour advertisement's 32 bits: it answers a solicitation.
  public static final int SOLICITED = 0x4000_0000;

  /// Of a neighbour advertisement's 32 bits: its address takes the place of another.
  public static final int OVERRIDE = 0x2000_0000;

  /// Of a prefix option's flags: it is on the link.
  public static final int ON_LINK = 0x80;

  /// Of a prefix option's flags: hosts may make addresses of it.
  public static final int AUTONOMOUS = 0x40;

  private static final int UNIT = 8;
  private static final int NONE = -1;

  private NdMessage() {}

  public static long targetHigh(MemorySegment memory, long message) {
    return NetworkOrder.get64(memory, message + Icmpv6Message.HEADER_BYTES);
  }

  public static long targetLow(MemorySegment memory, long message) {
    return NetworkOrder.get64(memory, message + Icmpv6Message.HEADER_BYTES + Long.BYTES);
  }

  /// Whether the options fill the bytes to `end`, each with a length above 0.
  public static boolean optionsAreSound(MemorySegment memory, long options, long end) {
    long at = options;
    while (at + 1 < end) {
      int bytes = NetworkOrder.get8(memory, at + 1) * UNIT;
      if (bytes == 0) {
        return false;
      }
      at += bytes;
    }
    return at == end;
  }

  /// The Ethernet address in an option, of options that are sound; -1 when there is none.
  public static long linkLayer(MemorySegment memory, long options, long end, int type) {
    long at = options;
    while (at < end) {
      int bytes = NetworkOrder.get8(memory, at + 1) * UNIT;
      if (NetworkOrder.get8(memory, at) == type && bytes == LINK_LAYER_BYTES) {
        return NetworkOrder.get48(memory, at + 2);
      }
      at += bytes;
    }
    return NONE;
  }

  public static void putTarget(MemorySegment memory, long message, long high, long low) {
    NetworkOrder.put64(memory, message + Icmpv6Message.HEADER_BYTES, high);
    NetworkOrder.put64(memory, message + Icmpv6Message.HEADER_BYTES + Long.BYTES, low);
  }

  public static void putLinkLayer(MemorySegment memory, long option, int type, long mac) {
    NetworkOrder.put16(memory, option, type << 8 | 1);
    NetworkOrder.put48(memory, option + 2, mac);
  }

  public static void putMtu(MemorySegment memory, long option, int mtuBytes) {
    NetworkOrder.put32(memory, option, OPTION_MTU << 24 | 1 << 16);
    NetworkOrder.put32(memory, option + 4, mtuBytes);
  }

  /// @param flags [#ON_LINK] and [#AUTONOMOUS]
  /// @param validSeconds unsigned, as the other
  public static void putPrefix(
      MemorySegment memory,
      long option,
      Ipv6Prefix prefix,
      int flags,
      int validSeconds,
      int preferredSeconds) {
    NetworkOrder.put32(
        memory,
        option,
        OPTION_PREFIX << 24 | PREFIX_BYTES / UNIT << 16 | prefix.length() << 8 | flags);
    NetworkOrder.put32(memory, option + 4, validSeconds);
    NetworkOrder.put32(memory, option + 8, preferredSeconds);
    NetworkOrder.put32(memory, option + 12, 0);
    NetworkOrder.put64(memory, option + 16, prefix.high());
    NetworkOrder.put64(memory, option + 24, prefix.low());
  }
}
