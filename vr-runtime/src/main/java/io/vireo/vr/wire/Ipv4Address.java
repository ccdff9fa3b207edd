package io.vireo.vr.wire;

import java.util.Optional;

/// IPv4 addresses as `int`s in network order: classes of address, prefixes, text.
public final class Ipv4Address {
  public static final int ANY = 0;
  public static final int BROADCAST = -1;

  /// 224.0.0.1: who is on the link.
  public static final int ALL_HOSTS = 0xe000_0001;

  /// 224.0.0.2: the routers on it.
  public static final int ALL_ROUTERS = 0xe000_0002;

  /// 224.0.0.22: those that want IGMPv3's reports (RFC 3376 §4.2.14).
  public static final int IGMP_ROUTERS = 0xe000_0016;

  private static final long GROUP_MAC = 0x0100_5e00_0000L;

  private Ipv4Address() {}

  /// The mask of the first `length` bits.
  public static int mask(int length) {
    return length == 0 ? 0 : -1 << (32 - length);
  }

  public static boolean isMulticast(int address) {
    return address >>> 28 == 0xe;
  }

  /// The Ethernet address of a group (RFC 1112 §6.4).
  public static long groupMac(int group) {
    return GROUP_MAC | group & 0x7f_ffff;
  }

  /// 224/3: groups, what is reserved and the limited broadcast.
  public static boolean isGroupOrReserved(int address) {
    return address >>> 29 == 0x7;
  }

  public static boolean isLoopback(int address) {
    return address >>> 24 == 127;
  }

  /// RFC 1812 §5.3.7: may not be the source of a packet from a wire: 0/8, 127/8, 224/3.
  public static boolean isMartianSource(int address) {
    int top = address >>> 24;
    return top == 0 || top == 127 || top >= 224;
  }

  /// RFC 1812 §5.3.7: may not be forwarded to: 0/8, 127/8, 240/4 but 255.255.255.255.
  public static boolean isMartianDestination(int address) {
    int top = address >>> 24;
    return top == 0 || top == 127 || (top >= 240 && address != BROADCAST);
  }

  public static String format(int address) {
    return (address >>> 24)
        + "."
        + (address >>> 16 & 0xff)
        + "."
        + (address >>> 8 & 0xff)
        + "."
        + (address & 0xff);
  }

  /// Dotted decimal, four numbers; empty when `text` is anything else.
  public static Optional<Integer> parse(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return Optional.empty();
    }
    int address = 0;
    for (String part : parts) {
      if (!part.matches("[0-9]{1,3}") || Integer.parseInt(part) > 255) {
        return Optional.empty();
      }
      address = address << 8 | Integer.parseInt(part);
    }
    return Optional.of(address);
  }

  /// An address known to be well-formed.
  public static int of(String text) {
    return parse(text)
        .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no IPv4 address"));
  }
}
