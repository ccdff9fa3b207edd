package io.vireo.drivers;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// The Internet checksum (RFC 1071) and its incremental update (RFC 1624).
///
/// Sums are kept in native (little-endian) byte order, which the one's complement sum does not mind
/// (RFC 1071 §2 (B)), and [#fold]ed results are written with a native 16-bit store.
public final class InternetChecksum {
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private InternetChecksum() {}

  /// The partial sum of `length` bytes; add partial sums of even-length pieces freely.
  public static long sum(MemorySegment memory, long offset, int length) {
    long low = 0;
    long high = 0;
    long end = offset + length;
    long at = offset;
    for (; at + 8 <= end; at += 8) {
      long word = memory.get(LONG, at);
      low += word & 0xffffffffL;
      high += word >>> 32;
    }
    long sum = low + high;
    if (at + 4 <= end) {
      sum += memory.get(INT, at) & 0xffffffffL;
      at += 4;
    }
    if (at + 2 <= end) {
      sum += memory.get(SHORT, at) & 0xffff;
      at += 2;
    }
    if (at < end) {
      sum += memory.get(ValueLayout.JAVA_BYTE, at) & 0xff; // padded with a zero byte behind it
    }
    return sum;
  }

  /// The sum of a 16-bit value given in network order.
  public static long sum16(int value) {
    return Short.reverseBytes((short) value) & 0xffff;
  }

  /// The sum of a 32-bit value given in network order.
  public static long sum32(int value) {
    return Integer.reverseBytes(value) & 0xffffffffL;
  }

  /// Folds a partial sum to 16 bits.
  public static int fold(long sum) {
    long folded = (sum >>> 32) + (sum & 0xffffffffL);
    folded = (folded >>> 16) + (folded & 0xffff);
    folded = (folded >>> 16) + (folded & 0xffff);
    return (int) ((folded >>> 16) + (folded & 0xffff)) & 0xffff;
  }

  /// Writes the complement of `sum` at `offset`.
  public static void store(MemorySegment memory, long offset, long sum) {
    memory.set(SHORT, offset, (short) ~fold(sum));
  }

  /// Writes the complement of `sum`; zero becomes all ones, which says the same and, in UDP, that
  /// there is a checksum (RFC 768).
  public static void storeNonZero(MemorySegment memory, long offset, long sum) {
    int checksum = ~fold(sum) & 0xffff;
    memory.set(SHORT, offset, (short) (checksum == 0 ? 0xffff : checksum));
  }

  /// RFC 1624 eqn. 3, `HC' = ~(~HC + ~m + m')`, with `m` and `m'` in network order.
  public static void update16(MemorySegment memory, long offset, int before, int after) {
    long sum = ~memory.get(SHORT, offset) & 0xffff;
    store(memory, offset, sum + (~sum16(before) & 0xffff) + sum16(after));
  }
}
