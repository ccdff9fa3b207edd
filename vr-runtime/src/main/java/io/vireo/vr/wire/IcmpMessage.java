package io.vireo.vr.wire;

import io.vireo.drivers.InternetChecksum;
import java.lang.foreign.MemorySegment;

/// ICMP messages (RFC 792; the next-hop MTU is RFC 1191 §4).
///
/// ```text
///  |     Type      |     Code      |          Checksum             |
///  |  identifier, or unused        |  sequence number, or MTU      |
/// ```
public final class IcmpMessage {
  public static final int HEADER_BYTES = 8;
  public static final int ECHO_REPLY = 0;
  public static final int DESTINATION_UNREACHABLE = 3;
  public static final int SOURCE_QUENCH = 4;
  public static final int REDIRECT = 5;
  public static final int ECHO = 8;
  public static final int TIME_EXCEEDED = 11;
  public static final int PARAMETER_PROBLEM = 12;

  public static final int CODE_NET_UNREACHABLE = 0;
  public static final int CODE_HOST_UNREACHABLE = 1;
  public static final int CODE_PROTOCOL_UNREACHABLE = 2;
  public static final int CODE_PORT_UNREACHABLE = 3;
  public static final int CODE_FRAGMENTATION_NEEDED = 4;
  public static final int CODE_ADMINISTRATIVELY_PROHIBITED = 13;

  /// Of a redirect: for this destination.
  public static final int CODE_REDIRECT_HOST = 1;

  /// Of a time exceeded.
  public static final int CODE_REASSEMBLY = 1;

  private IcmpMessage() {}

  public static int type(MemorySegment memory, long message) {
    return NetworkOrder.get8(memory, message);
  }

  public static int code(MemorySegment memory, long message) {
    return NetworkOrder.get8(memory, message + 1);
  }

  public static int identifier(MemorySegment memory, long message) {
    return NetworkOrder.get16(memory, message + 4);
  }

  public static int sequence(MemorySegment memory, long message) {
    return NetworkOrder.get16(memory, message + 6);
  }

  /// Whether it reports an error, to which no error may be sent (RFC 1122 §3.2.2).
  public static boolean isError(int type) {
    return type == DESTINATION_UNREACHABLE
        || type == TIME_EXCEEDED
        || type == PARAMETER_PROBLEM
        || type == REDIRECT
        || type == SOURCE_QUENCH;
  }

  public static boolean checksumIsGood(MemorySegment memory, long message, int length) {
    return InternetChecksum.fold(InternetChecksum.sum(memory, message, length)) == 0xffff;
  }

  /// Writes the first eight bytes and the checksum over all `length` bytes.
  public static void write(
      MemorySegment memory, long message, int type, int code, int high, int low, int length) {
    NetworkOrder.put8(memory, message, type);
    NetworkOrder.put8(memory, message + 1, code);
    NetworkOrder.put16(memory, message + 2, 0);
    NetworkOrder.put16(memory, message + 4, high);
    NetworkOrder.put16(memory, message + 6, low);
    InternetChecksum.store(memory, message + 2, InternetChecksum.sum(memory, message, length));
  }
}
