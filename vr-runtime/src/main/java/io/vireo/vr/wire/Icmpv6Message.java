package io.vireo.vr.wire;

import io.vireo.drivers.InternetChecksum;
import java.lang.foreign.MemorySegment;

/// ICMPv6 messages (RFC 4443), with the numbers of neighbour discovery (RFC 4861) and of multicast
/// listener discovery (RFC 2710, RFC 3810).
///
/// ```text
///  |     Type      |     Code      |          Checksum             |
///  |  32 bits: MTU, pointer, identifier and sequence, flags, 0     |
/// ```
public final class Icmpv6Message {
  public static final int HEADER_BYTES = 8;
  public static final int DESTINATION_UNREACHABLE = 1;
  public static final int PACKET_TOO_BIG = 2;
  public static final int TIME_EXCEEDED = 3;
  public static final int PARAMETER_PROBLEM = 4;
  public static final int ECHO_REQUEST = 128;
  public static final int ECHO_REPLY = 129;
  public static final int LISTENER_QUERY = 130;
  public static final int LISTENER_REPORT = 131;
  public static final int LISTENER_DONE = 132;
  public static final int ROUTER_SOLICITATION = 133;
  public static final int ROUTER_ADVERTISEMENT = 134;
  public static final int NEIGHBOUR_SOLICITATION = 135;
  public static final int NEIGHBOUR_ADVERTISEMENT = 136;
  public static final int REDIRECT = 137;
  public static final int LISTENER_REPORT_V2 = 143;

  public static final int CODE_NO_ROUTE = 0;
  public static final int CODE_PROHIBITED = 1;
  public static final int CODE_BEYOND_SCOPE = 2;
  public static final int CODE_ADDRESS_UNREACHABLE = 3;
  public static final int CODE_PORT_UNREACHABLE = 4;

  /// Of a time exceeded.
  public static final int CODE_REASSEMBLY = 1;

  /// Of a parameter problem.
  public static final int CODE_BAD_HEADER = 0;

  /// Of a parameter problem.
  public static final int CODE_UNKNOWN_NEXT_HEADER = 1;

  /// Of a parameter problem.
  public static final int CODE_UNKNOWN_OPTION = 2;

  /// Of a parameter problem (RFC 7112 §5).
  public static final int CODE_INCOMPLETE_CHAIN = 3;

  private static final int FIRST_INFORMATIONAL = 128;

  private Icmpv6Message() {}

  public static int type(MemorySegment memory, long message) {
    return NetworkOrder.get8(memory, message);
  }

  public static int code(MemorySegment memory, long message) {
    return NetworkOrder.get8(memory, message + 1);
  }

  /// The 32 bits after the checksum.
  public static int word(MemorySegment memory, long message) {
    return NetworkOrder.get32(memory, message + 4);
  }

  /// Whether it reports an error, to which no error may be sent (RFC 4443 §2.4 (e)).
  public static boolean isError(int type) {
    return type < FIRST_INFORMATIONAL;
  }

  /// Whether it is about the link: neighbour discovery, or listeners.
  public static boolean isOfLink(int type) {
    return (type >= LISTENER_QUERY && type <= REDIRECT) || type == LISTENER_REPORT_V2;
  }

  /// @param header the packet's IPv6 header, of which the checksum takes the addresses
  public static boolean checksumIsGood(
      MemorySegment memory, long header, long message, int length) {
    return InternetChecksum.fold(sum(memory, header, message, length)) == 0xffff;
  }

  /// Writes the first eight bytes and the checksum over all `length` bytes.
  ///
  /// @param header the packet's IPv6 header, with its final addresses
  public static void write(
      MemorySegment memory, long header, long message, int type, int code, int word, int length) {
    NetworkOrder.put16(memory, message, type << 8 | code);
    NetworkOrder.put16(memory, message + 2, 0);
    NetworkOrder.put32(memory, message + 4, word);
    InternetChecksum.store(memory, message + 2, sum(memory, header, message, length));
  }

  private static long sum(MemorySegment memory, long header, long message, int length) {
    return InternetChecksum.sum(memory, message, length)
        + Ipv6Header.pseudoHeaderSum(memory, header, Ipv6Header.ICMPV6, length);
  }
}
