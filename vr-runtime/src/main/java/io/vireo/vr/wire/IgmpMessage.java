package io.vireo.vr.wire;

import io.vireo.drivers.InternetChecksum;
import java.lang.foreign.MemorySegment;

/// An IGMP message (RFC 3376 §4, RFC 2236 §2, RFC 1112): what all versions have, and the report of
/// version 3.
///
/// ```text
///  0 type (8) | max response code (8) | checksum (16)
///  4 group (32)                        in a version 3 report: reserved (16) | records (16)
/// ```
public final class IgmpMessage {
  public static final int QUERY = 0x11;
  public static final int REPORT_V1 = 0x12;
  public static final int REPORT_V2 = 0x16;
  public static final int LEAVE = 0x17;
  public static final int REPORT_V3 = 0x22;

  /// Of a query or report of the versions before 3.
  public static final int BYTES = 8;

  /// Of a query of version 3 without sources.
  public static final int QUERY_V3_BYTES = 12;

  private static final int CHECKSUM = 2;

  private IgmpMessage() {}

  public static int type(MemorySegment memory, long message) {
    return NetworkOrder.get8(memory, message);
  }

  /// The largest time until the answer, in its code's units.
  public static int maxResponseCode(MemorySegment memory, long message) {
    return NetworkOrder.get8(memory, message + 1);
  }

  public static int group(MemorySegment memory, long message) {
    return NetworkOrder.get32(memory, message + 4);
  }

  public static boolean checksumIsGood(MemorySegment memory, long message, int length) {
    return InternetChecksum.fold(InternetChecksum.sum(memory, message, length)) == 0xffff;
  }

  /// Writes the first eight bytes over what follows them, with the checksum of all.
  public static void write(MemorySegment memory, long message, int type, int word, int length) {
    NetworkOrder.put32(memory, message, type << 24);
    NetworkOrder.put32(memory, message + 4, word);
    InternetChecksum.store(
        memory, message + CHECKSUM, InternetChecksum.sum(memory, message, length));
  }
}
