package io.vireo.vr.wire;

import io.vireo.drivers.InternetChecksum;
import java.lang.foreign.MemorySegment;

/// The IPv4 header (RFC 791 §3.1).
///
/// ```text
///   0                   1                   2                   3
///  |Version|  IHL  |Type of Service|          Total Length         |
///  |         Identification        |Flags|      Fragment Offset    |
///  |  Time to Live |    Protocol   |         Header Checksum       |
///  |                       Source Address                          |
///  |                    Destination Address                        |
/// ```
public final class Ipv4Header {
  public static final int MIN_BYTES = 20;
  public static final int PROTOCOL_ICMP = 1;
  public static final int PROTOCOL_IGMP = 2;
  public static final int PROTOCOL_TCP = 6;
  public static final int PROTOCOL_UDP = 17;
  public static final int DONT_FRAGMENT = 0x4000;
  public static final int MORE_FRAGMENTS = 0x2000;
  public static final int FRAGMENT_OFFSET_MASK = 0x1fff;
  public static final int DEFAULT_TTL = 64;

  public static final int OPTION_END = 0;
  public static final int OPTION_NOTHING = 1;
  public static final int OPTION_LOOSE_ROUTE = 131;
  public static final int OPTION_STRICT_ROUTE = 137;

  /// Where the protocol number stands in the header.
  public static final int PROTOCOL_OFFSET = 9;

  /// Of the router alert option.
  public static final int ROUTER_ALERT_BYTES = 4;

  private static final int ROUTER_ALERT = 0x9404_0000;
  private static final int TOTAL_LENGTH = 2;
  private static final int IDENTIFICATION = 4;
  private static final int FRAGMENT = 6;
  private static final int TTL = 8;
  private static final int CHECKSUM = 10;
  private static final int SOURCE = 12;
  private static final int DESTINATION = 16;

  private static final long LOW = 0xffff_ffffL;

  /// 65535 times this is 1, modulo 2^64.
  private static final long ONES_INVERSE = 0xfffe_fffe_fffe_ffffL;

  private static final long ONES_MULTIPLES = Long.divideUnsigned(-1L, 0xffff);

  /// Of the first words: version and header length, more fragments and the offset.
  private static final long PLAIN_MASK =
      0xff00_0000_0000_0000L | MORE_FRAGMENTS | FRAGMENT_OFFSET_MASK;

  /// Version 4, five words, no fragment.
  private static final long PLAIN = 0x4500_0000_0000_0000L;

  private Ipv4Header() {}

  public static int version(MemorySegment memory, long header) {
    return NetworkOrder.get8(memory, header) >> 4;
  }

  public static int headerBytes(MemorySegment memory, long header) {
    return (NetworkOrder.get8(memory, header) & 0x0f) * 4;
  }

  public static int totalLength(MemorySegment memory, long header) {
    return NetworkOrder.get16(memory, header + TOTAL_LENGTH);
  }

  public static int identification(MemorySegment memory, long header) {
    return NetworkOrder.get16(memory, header + IDENTIFICATION);
  }

  /// Flags and fragment offset as they stand in the header.
  public static int fragment(MemorySegment memory, long header) {
    return NetworkOrder.get16(memory, header + FRAGMENT);
  }

  public static int ttl(MemorySegment memory, long header) {
    return NetworkOrder.get8(memory, header + TTL);
  }

  public static int protocol(MemorySegment memory, long header) {
    return NetworkOrder.get8(memory, header + PROTOCOL_OFFSET);
  }

  public static int source(MemorySegment memory, long header) {
    return NetworkOrder.get32(memory, header + SOURCE);
  }

  public static int destination(MemorySegment memory, long header) {
    return NetworkOrder.get32(memory, header + DESTINATION);
  }

  public static boolean checksumIsGood(MemorySegment memory, long header, int headerBytes) {
    return InternetChecksum.fold(InternetChecksum.sum(memory, header, headerBytes)) == 0xffff;
  }

  /// Bytes 0 to 7: version to fragment offset.
  public static long firstWords(MemorySegment memory, long header) {
    return NetworkOrder.get64(memory, header);
  }

  /// Bytes 8 to 15: TTL to source.
  public static long secondWords(MemorySegment memory, long header) {
    return NetworkOrder.get64(memory, header + 2 * Integer.BYTES);
  }

  public static int totalLength(long firstWords) {
    return (int) (firstWords >>> 32) & 0xffff;
  }

  /// Whether a header is without options, sound (RFC 1812 §5.2.2) and of a whole packet: all that
  /// is asked of most packets. One for which it is false may still be good.
  ///
  /// @param lengthBytes from the header to the end of what was received, at least [#MIN_BYTES]
  public static boolean isPlain(long first, long second, int destination, int lengthBytes) {
    long sum =
        (first & LOW) + (first >>> 32) + (second & LOW) + (second >>> 32) + (destination & LOW);
    // RFC 1071: a good sum is a multiple of 2^16 - 1, and one of those times the inverse is small.
    boolean good = Long.compareUnsigned(sum * ONES_INVERSE, ONES_MULTIPLES) <= 0;
    int total = totalLength(first);
    return (first & PLAIN_MASK) == PLAIN && good && total >= MIN_BYTES && total <= lengthBytes;
  }

  /// Takes one off the TTL, which is above 0, and corrects the checksum (RFC 1624, RFC 1141): both
  /// are in one word.
  ///
  /// @param word of the header's bytes 8 to 11
  public static int decremented(int word) {
    int checksum = (word & 0xffff) + 0x0100;
    checksum += checksum >>> 16;
    return (word & 0xffff_0000) - 0x0100_0000 | checksum & 0xffff;
  }

  /// TTL (8 bits), protocol (8) and checksum (16).
  public static int ttlWord(MemorySegment memory, long header) {
    return NetworkOrder.get32(memory, header + TTL);
  }

  public static void setTtlWord(MemorySegment memory, long header, int word) {
    NetworkOrder.put32(memory, header + TTL, word);
  }

  /// Takes one off the TTL and corrects the checksum (RFC 1624): TTL and protocol share a word.
  public static void decrementTtl(MemorySegment memory, long header) {
    int before = NetworkOrder.get16(memory, header + TTL);
    NetworkOrder.put16(memory, header + TTL, before - 0x100);
    InternetChecksum.update16(memory, header + CHECKSUM, before, before - 0x100);
  }

  /// Sets length and fragment word and computes the checksum anew.
  public static void setFragment(
      MemorySegment memory, long header, int totalLength, int fragment, int headerBytes) {
    NetworkOrder.put16(memory, header + TOTAL_LENGTH, totalLength);
    NetworkOrder.put16(memory, header + FRAGMENT, fragment);
    checksum(memory, header, headerBytes);
  }

  /// Writes a header without options.
  public static void write(
      MemorySegment memory,
      long header,
      int totalLength,
      int identification,
      int fragment,
      int ttl,
      int protocol,
      int source,
      int destination) {
    NetworkOrder.put16(memory, header, 0x4500);
    NetworkOrder.put16(memory, header + TOTAL_LENGTH, totalLength);
    NetworkOrder.put16(memory, header + IDENTIFICATION, identification);
    NetworkOrder.put16(memory, header + FRAGMENT, fragment);
    NetworkOrder.put8(memory, header + TTL, ttl);
    NetworkOrder.put8(memory, header + PROTOCOL_OFFSET, protocol);
    NetworkOrder.put32(memory, header + SOURCE, source);
    NetworkOrder.put32(memory, header + DESTINATION, destination);
    checksum(memory, header, MIN_BYTES);
  }

  /// Writes the header of a packet that stays on the link and that routers look at: with the router
  /// alert option (RFC 2113 §2.1) and internetwork control as its precedence.
  public static void writeWithAlert(
      MemorySegment memory,
      long header,
      int totalLength,
      int identification,
      int protocol,
      int source,
      int destination) {
    write(memory, header, totalLength, identification, 0, 1, protocol, source, destination);
    NetworkOrder.put16(memory, header, 0x46c0);
    NetworkOrder.put32(memory, header + MIN_BYTES, ROUTER_ALERT);
    checksum(memory, header, MIN_BYTES + ROUTER_ALERT_BYTES);
  }

  private static void checksum(MemorySegment memory, long header, int headerBytes) {
    NetworkOrder.put16(memory, header + CHECKSUM, 0);
    long sum = InternetChecksum.sum(memory, header, headerBytes);
    InternetChecksum.store(memory, header + CHECKSUM, sum);
  }

  /// The pseudo header's part of a transport checksum (RFC 768, RFC 9293 §3.1).
  public static long pseudoHeaderSum(int source, int destination, int protocol, int lengthBytes) {
    return InternetChecksum.sum32(source)
        + InternetChecksum.sum32(destination)
        + InternetChecksum.sum16(protocol)
        + InternetChecksum.sum16(lengthBytes);
  }
}
