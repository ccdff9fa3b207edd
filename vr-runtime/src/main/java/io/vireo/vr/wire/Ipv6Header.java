package io.vireo.vr.wire;

import io.vireo.drivers.InternetChecksum;
import java.lang.foreign.MemorySegment;

/// The IPv6 header (RFC 8200 §3) and the names of what may follow it.
///
/// ```text
///   0                   1                   2                   3
///  |Version| Traffic Class |           Flow Label                  |
///  |         Payload Length        |  Next Header  |   Hop Limit   |
///  |                   Source Address (16 octets)                  |
///  |                 Destination Address (16 octets)               |
/// ```
public final class Ipv6Header {
  public static final int BYTES = 40;
  public static final int HOP_BY_HOP = 0;
  public static final int TCP = 6;
  public static final int UDP = 17;
  public static final int ROUTING = 43;
  public static final int FRAGMENT = 44;
  public static final int ICMPV6 = 58;
  public static final int NO_NEXT_HEADER = 59;
  public static final int DESTINATION_OPTIONS = 60;
  public static final int DEFAULT_HOP_LIMIT = 64;

  /// RFC 8200 §5: every link carries packets of this size.
  public static final int MIN_MTU_BYTES = 1280;

  /// Where the next header's number stands in the header.
  public static final int NEXT_HEADER_OFFSET = 6;

  private static final int PAYLOAD_LENGTH = 4;
  private static final int HOP_LIMIT = 7;
  private static final int SOURCE = 8;
  private static final int DESTINATION = 24;
  private static final int ADDRESSES_BYTES = 32;
  private static final int FLOW_LABEL_MASK = 0xf_ffff;

  private Ipv6Header() {}

  /// Bytes 0 to 7: version to hop limit.
  public static long firstWords(MemorySegment memory, long header) {
    return NetworkOrder.get64(memory, header);
  }

  public static int version(long firstWords) {
    return (int) (firstWords >>> 60);
  }

  /// Header and payload, in bytes.
  public static int totalLength(long firstWords) {
    return BYTES + ((int) (firstWords >>> 16) & 0xffff);
  }

  public static int version(MemorySegment memory, long header) {
    return NetworkOrder.get8(memory, header) >> 4;
  }

  public static int payloadLength(MemorySegment memory, long header) {
    return NetworkOrder.get16(memory, header + PAYLOAD_LENGTH);
  }

  public static void setPayloadLength(MemorySegment memory, long header, int bytes) {
    NetworkOrder.put16(memory, header + PAYLOAD_LENGTH, bytes);
  }

  public static int nextHeader(MemorySegment memory, long header) {
    return NetworkOrder.get8(memory, header + NEXT_HEADER_OFFSET);
  }

  public static int hopLimit(MemorySegment memory, long header) {
    return NetworkOrder.get8(memory, header + HOP_LIMIT);
  }

  public static void setHopLimit(MemorySegment memory, long header, int hops) {
    NetworkOrder.put8(memory, header + HOP_LIMIT, hops);
  }

  public static int flowLabel(MemorySegment memory, long header) {
    return NetworkOrder.get32(memory, header) & FLOW_LABEL_MASK;
  }

  public static long sourceHigh(MemorySegment memory, long header) {
    return NetworkOrder.get64(memory, header + SOURCE);
  }

  public static long sourceLow(MemorySegment memory, long header) {
    return NetworkOrder.get64(memory, header + SOURCE + Long.BYTES);
  }

  public static long destinationHigh(MemorySegment memory, long header) {
    return NetworkOrder.get64(memory, header + DESTINATION);
  }

  public static long destinationLow(MemorySegment memory, long header) {
    return NetworkOrder.get64(memory, header + DESTINATION + Long.BYTES);
  }

  /// Writes a header with traffic class and flow label 0.
  public static void write(
      MemorySegment memory,
      long header,
      int payloadLength,
      int nextHeader,
      int hopLimit,
      long sourceHigh,
      long sourceLow,
      long destinationHigh,
      long destinationLow) {
    NetworkOrder.put64(
        memory,
        header,
        6L << 60 | (long) payloadLength << 16 | (long) nextHeader << 8 | hopLimit & 0xff);
    NetworkOrder.put64(memory, header + SOURCE, sourceHigh);
    NetworkOrder.put64(memory, header + SOURCE + Long.BYTES, sourceLow);
    NetworkOrder.put64(memory, header + DESTINATION, destinationHigh);
    NetworkOrder.put64(memory, header + DESTINATION + Long.BYTES, destinationLow);
  }

  /// The pseudo header's part of a checksum above IPv6 (RFC 8200 §8.1).
  ///
  /// @param header of the packet, with its final addresses
  public static long pseudoHeaderSum(
      MemorySegment memory, long header, int nextHeader, int lengthBytes) {
    return InternetChecksum.sum(memory, header + SOURCE, ADDRESSES_BYTES)
        + InternetChecksum.sum32(lengthBytes)
        + InternetChecksum.sum32(nextHeader);
  }
}
