package io.vireo.wire;

import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// The restrictions that YANG puts on values (RFC 7950 §9.2.4, §9.3.4, §9.4.4), for the
/// constructors of generated types. Bounds come in pairs, least and greatest of each part.
public final class Restrictions {
  private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

  private Restrictions() {}

  /// True when signed `value` lies in one of the parts.
  public static boolean inRange(long value, long... bounds) {
    for (int i = 0; i < bounds.length; i += 2) {
      if (value >= bounds[i] && value <= bounds[i + 1]) {
        return true;
      }
    }
    return false;
  }

  /// True when `value`, taken as uint64, lies in one of the parts.
  public static boolean inUnsignedRange(long value, long... bounds) {
    for (int i = 0; i < bounds.length; i += 2) {
      if (Long.compareUnsigned(value, bounds[i]) >= 0
          && Long.compareUnsigned(value, bounds[i + 1]) <= 0) {
        return true;
      }
    }
    return false;
  }

  /// True when `value` lies in one of the parts, which are given as decimal numbers.
  public static boolean inDecimalRange(BigDecimal value, String... bounds) {
    for (int i = 0; i < bounds.length; i += 2) {
      if (value.compareTo(new BigDecimal(bounds[i])) >= 0
          && value.compareTo(new BigDecimal(bounds[i + 1])) <= 0) {
        return true;
      }
    }
    return false;
  }

  /// True when the length of `value` in characters (RFC 7950 §9.4.4: of Unicode) is permitted.
  public static boolean hasLength(String value, long... bounds) {
    return inRange(value.codePointCount(0, value.length()), bounds);
  }

  /// True when the length of `value` in octets is permitted.
  public static boolean hasLength(Bytes value, long... bounds) {
    return inRange(value.size(), bounds);
  }

  /// True when all of `value` matches `regex`, a pattern in Java's notation. Compiled once.
  public static boolean matches(String value, String regex) {
    return PATTERNS.computeIfAbsent(regex, Pattern::compile).matcher(value).matches();
  }

  /// Refuses a value whose check failed.
  public static void require(boolean permitted, String what, Object value, String restriction) {
    if (!permitted) {
      throw new IllegalArgumentException(what + " " + value + " is not in " + restriction);
    }
  }
}
