package io.vireo.vr.wire;

import java.lang.foreign.MemorySegment;

/// An ARP packet for IPv4 over Ethernet (RFC 826).
///
/// ```text
///  0     2     4   5   6     8          14         18         24         28
///  | hrd | pro |hln|pln| op  | sha      | spa      | tha      | tpa      |
/// ```
public final class ArpPacket {
  public static final int BYTES = 28;
  public static final int REQUEST = 1;
  public static final int REPLY = 2;

  private static final int ETHERNET_IPV4 = 0x0001_0800;
  private static final int LENGTHS = 0x0604;

  private ArpPacket() {}

  /// Whether hardware and protocol are Ethernet and IPv4 with their lengths.
  public static boolean isEthernetIpv4(MemorySegment memory, long packet) {
    return NetworkOrder.get32(memory, packet) == ETHERNET_IPV4
        && NetworkOrder.get16(memory, packet + 4) == LENGTHS;
  }

  public static int operation(MemorySegment memory, long packet) {
    return NetworkOrder.get16(memory, packet + 6);
  }

  public static long senderMac(MemorySegment memory, long packet) {
    return NetworkOrder.get48(memory, packet + 8);
  }

  public static int senderAddress(MemorySegment memory, long packet) {
    return NetworkOrder.get32(memory, packet + 14);
  }

  public static int targetAddress(MemorySegment memory, long packet) {
    return NetworkOrder.get32(memory, packet + 24);
  }

  public static void write(
      MemorySegment memory,
      long packet,
      int operation,
      long senderMac,
      int senderAddress,
      long targetMac,
      int targetAddress) {
    NetworkOrder.put32(memory, packet, ETHERNET_IPV4);
    NetworkOrder.put16(memory, packet + 4, LENGTHS);
    NetworkOrder.put16(memory, packet + 6, operation);
    NetworkOrder.put48(memory, packet + 8, senderMac);
    NetworkOrder.put32(memory, packet + 14, senderAddress);
    NetworkOrder.put48(memory, packet + 18, targetMac);
    NetworkOrder.put32(memory, packet + 24, targetAddress);
  }
}
