package io.vireo.vr.wire;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/// IPv6 addresses (RFC 4291) as two `long`s, `high` and `low`, in network order: what is told of
/// one, and its text.
public final class Ipv6Address {
  /// 16-bit groups in an address.
  private static final int GROUPS = 8;

  private final long high;
  private final long low;

  private Ipv6Address(long high, long low) {
    this.high = high;
    this.low = low;
  }

  public long high() {
    return high;
  }

  public long low() {
    return low;
  }

  /// Reads the text of RFC 4291 §2.2, without a zone.
  public static Optional<Ipv6Address> parse(String text) {
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
      return Optional.of(new Ipv6Address(0, 0xffff_0000_0000L | ipv4));
    }
    long high = 0;
    long low = 0;
    for (int i = 0; i < 8; i++) {
      high = high << 8 | bytes[i] & 0xff;
      low = low << 8 | bytes[8 + i] & 0xff;
    }
    return Optional.of(new Ipv6Address(high, low));
  }

  /// Reads what is known to be an address.
  public static Ipv6Address of(String text) {
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

  @Override
  public String toString() {
    return format(high, low);
  }
}
