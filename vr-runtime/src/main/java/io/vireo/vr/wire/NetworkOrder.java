package io.vireo.vr.wire;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Unaligned big-endian access.
public final class NetworkOrder {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private NetworkOrder() {}

  public static long get64(MemorySegment memory, long offset) {
    return memory.get(LONG, offset);
  }

  public static void put64(MemorySegment memory, long offset, long value) {
    memory.set(LONG, offset, value);
  }

  public static int get8(MemorySegment memory, long offset) {
    return memory.get(ValueLayout.JAVA_BYTE, offset) & 0xff;
  }

  public static void put8(MemorySegment memory, long offset, int value) {
    memory.set(ValueLayout.JAVA_BYTE, offset, (byte) value);
  }

  public static int get16(MemorySegment memory, long offset) {
    return memory.get(SHORT, offset) & 0xffff;
  }

  public static void put16(MemorySegment memory, long offset, int value) {
    memory.set(SHORT, offset, (short) value);
  }

  public static int get32(MemorySegment memory, long offset) {
    return memory.get(INT, offset);
  }

  public static void put32(MemorySegment memory, long offset, int value) {
    memory.set(INT, offset, value);
  }

  public static long get48(MemorySegment memory, long offset) {
    return (memory.get(SHORT, offset) & 0xffffL) << 32 | memory.get(INT, offset + 2) & 0xffffffffL;
  }

  public static void put48(MemorySegment memory, long offset, long value) {
    memory.set(SHORT, offset, (short) (value >>> 32));
    memory.set(INT, offset + 2, (int) value);
  }
}
