package io.vireo.vr.wire;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/// IPv6 addresses (RFC 4291) as two `long`s, `high` and `low`, in network order: classes of
/// address, masks, text.
public final class Ipv6Address {
  /// 16-bit groups in an address.
  private static final int GROUPS = 8;

  private static final long LINK_LOCAL = 0xfe80L << 48;
  private static final long LINK_LOCAL_MASK = 0xffc0L << 48;

  /// The high half of a link-local group, `ff02::`.
  public static final long LINK_GROUP_HIGH = 0xff02L << 48;

  /// The low half of `ff02::1`, all nodes of a link.
  public static final long ALL_NODES_LOW = 1;

  /// The low half of `ff02::2`, all routers of a link.
  public static final long ALL_ROUTERS_LOW = 2;

  /// The low half of `ff02::16`, all MLDv2-capable routers of a link (RFC 3810 §5.2.14).
  public static final long MLD_ROUTERS_LOW = 0x16;

  private static final long SOLICITED_NODE_LOW = 0x1_ff00_0000L;

  private Ipv6Address() {}

  /// Whether it is `::`.
  public static boolean isUnspecified(long high, long low) {
    return (high | low) == 0;
  }

  public static boolean isMulticast(long high) {
    return high >>> 56 == 0xff;
  }

  /// RFC 4291 §2.7: 1 is the interface's, 2 the link's, 5 the site's, 14 global.
  public static int groupScope(long high) {
    return (int) (high >>> 48) & 0xf;
  }

  /// fe80::/10.
  public static boolean isLinkLocal(long high) {
    return (high & LINK_LOCAL_MASK) == LINK_LOCAL;
  }

  /// A high half that only unicast addresses of more than a link's scope have: no group, not
  /// link-local, and not of ::/64, where ::, ::1 and IPv4's addresses are.
  public static boolean isPlainUnicast(long high) {
    return high != 0 && high >>> 56 != 0xff && (high & LINK_LOCAL_MASK) != LINK_LOCAL;
  }

  /// May be neither source nor destination of a packet on a wire: ::1 and the IPv4-mapped ones (RFC
  /// 4291 §2.5.3, RFC 4942 §2.2).
  public static boolean isMartian(long high, long low) {
    return high == 0 && (low == 1 || IpAddress.isIpv4(high, low));
  }

  /// The low half of an address's solicited-node group (RFC 4291 §2.7.1); the high one is
  /// [#LINK_GROUP_HIGH].
  public static long solicitedNodeLow(long low) {
    return SOLICITED_NODE_LOW | low & 0xff_ffff;
  }

  /// Whether it is a solicited-node group.
  public static boolean isSolicitedNode(long high, long low) {
    return high == LINK_GROUP_HIGH && (low & ~0xff_ffffL) == SOLICITED_NODE_LOW;
  }

  /// The Ethernet address of a group (RFC 2464 §7).
  public static long groupMac(long low) {
    return 0x3333_0000_0000L | low & 0xffff_ffffL;
  }

  /// The low half of the link-local address of an Ethernet station (RFC 4291 Appendix A, RFC 2464
  /// §4); the high one is `fe80::`.
  public static long interfaceIdentifier(long mac) {
    long flipped = mac ^ 0x0200_0000_0000L; // the universal/local bit
    return (flipped & 0xffff_ff00_0000L) << 16 | 0xff_fe00_0000L | flipped & 0xff_ffffL;
  }

  /// The high half of a link-local address.
  public static long linkLocalHigh() {
    return LINK_LOCAL;
  }

  /// Reads the text of RFC 4291 §2.2, without a zone.
  public static Optional<IpAddress> parse(String text) {
    if (text.indexOf('%') >= 0 || text.indexOf('[') >= 0 || text.indexOf(':') < 0) {
      return Optional.empty();
    }
    byte[] bytes;
    try {
      InetAddress parsed = Inet6Address.ofLiteral(text);
      bytes = parsed.getAddress();
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
    if (bytes.length == 4) { // the library turns ::ffff:a.b.c.d into an IPv4 address
      long ipv4 = 0;
      for (byte each : bytes) {
        ipv4 = ipv4 << 8 | each & 0xff;
      }
      return Optional.of(new IpAddress(0, 0xffff_0000_0000L | ipv4));
    }
    long high = 0;
    long low = 0;
    for (int i = 0; i < 8; i++) {
      high = high << 8 | bytes[i] & 0xff;
      low = low << 8 | bytes[8 + i] & 0xff;
    }
    return Optional.of(new IpAddress(high, low));
  }

  /// Reads what is known to be an address.
  public static IpAddress of(String text) {
    return parse(text)
        .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no IPv6 address"));
  }

  /// The first 64 bits' part of a mask of `length` ones.
  public static long highMask(int length) {
    return length == 0 ? 0 : length >= Long.SIZE ? -1L : -1L << Long.SIZE - length;
  }

  /// The last 64 bits' part of a mask of `length` ones.
  public static long lowMask(int length) {
    return length <= Long.SIZE ? 0 : -1L << 2 * Long.SIZE - length;
  }

  /// The canonical text of RFC 5952.
  public static String format(long high, long low) {
    int[] groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      long half = i < GROUPS / 2 ? high : low;
      groups[i] = (int) (half >>> 48 - i % 4 * 16) & 0xffff;
    }
    // §4.2.3: the longest run of zeros is shortened, the first of equal ones, §4.2.2: not a single
    int runStart = -1;
    int runLength = 1;
    for (int i = 0; i < GROUPS; i++) {
      int end = i;
      while (end < GROUPS && groups[end] == 0) {
        end++;
      }
      if (end - i > runLength) {
        runStart = i;
        runLength = end - i;
      }
      i = Math.max(i, end - 1);
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == runStart) {
        text.append("::");
        i += runLength - 1;
        continue;
      }
      if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
        text.append(':');
      }
      text.append(Integer.toHexString(groups[i]));
    }
    return text.toString();
  }
}
