package io.vireo.vr.wire;

import io.vireo.drivers.InternetChecksum;
import java.lang.foreign.MemorySegment;

/// The UDP header (RFC 768).
///
/// ```text
///  |          Source Port          |       Destination Port        |
///  |            Length             |           Checksum            |
/// ```
public final class UdpHeader {
  public static final int BYTES = 8;

  private UdpHeader() {}

  public static int sourcePort(MemorySegment memory, long header) {
    return NetworkOrder.get16(memory, header);
  }

  public static int destinationPort(MemorySegment memory, long header) {
    return NetworkOrder.get16(memory, header + 2);
  }

  public static int length(MemorySegment memory, long header) {
    return NetworkOrder.get16(memory, header + 4);
  }

  /// RFC 768: a checksum of zero says that the sender made none.
  public static boolean checksumIsGood(
      MemorySegment memory, long header, int length, int source, int destination) {
    if (NetworkOrder.get16(memory, header + 6) == 0) {
      return true;
    }
    long sum =
        Ipv4Header.pseudoHeaderSum(source, destination, Ipv4Header.PROTOCOL_UDP, length)
            + InternetChecksum.sum(memory, header, length);
    return InternetChecksum.fold(sum) == 0xffff;
  }

  /// Writes the header; the payload stands behind it already.
  public static void write(
      MemorySegment memory,
      long header,
      int sourcePort,
      int destinationPort,
      int length,
      int source,
      int destination) {
    NetworkOrder.put16(memory, header, sourcePort);
    NetworkOrder.put16(memory, header + 2, destinationPort);
    NetworkOrder.put16(memory, header + 4, length);
    NetworkOrder.put16(memory, header + 6, 0);
    long sum =
        Ipv4Header.pseudoHeaderSum(source, destination, Ipv4Header.PROTOCOL_UDP, length)
            + InternetChecksum.sum(memory, header, length);
    InternetChecksum.storeNonZero(memory, header + 6, sum);
  }
}
