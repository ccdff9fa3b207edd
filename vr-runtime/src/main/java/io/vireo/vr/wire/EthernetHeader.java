package io.vireo.vr.wire;

import java.lang.foreign.MemorySegment;

/// The Ethernet II header.
///
/// ```text
///  0            6            12        14
///  | destination | source    | type    | payload ...
/// ```
public final class EthernetHeader {
  public static final int BYTES = 14;

  /// Of the shortest frame, without its checksum (IEEE 802.3 §3.2.7).
  public static final int MIN_FRAME_BYTES = 60;

  public static final int TYPE_IPV4 = 0x0800;
  public static final int TYPE_ARP = 0x0806;
  public static final int TYPE_IPV6 = 0x86dd;
  public static final long BROADCAST = 0xffff_ffff_ffffL;

  /// The group bit of an address (I/G, IEEE 802 §8.2).
  private static final long GROUP_BIT = 1L << 40;

  private static final int SOURCE = 6;
  private static final int TYPE = 12;

  private EthernetHeader() {}

  public static long destination(MemorySegment memory, long frame) {
    return NetworkOrder.get64(memory, frame) >>> 16;
  }

  public static long source(MemorySegment memory, long frame) {
    return NetworkOrder.get48(memory, frame + SOURCE);
  }

  public static int type(MemorySegment memory, long frame) {
    return NetworkOrder.get16(memory, frame + TYPE);
  }

  public static boolean isGroup(long mac) {
    return (mac & GROUP_BIT) != 0;
  }

  public static void write(
      MemorySegment memory, long frame, long destination, long source, int type) {
    NetworkOrder.put48(memory, frame, destination);
    NetworkOrder.put48(memory, frame + SOURCE, source);
    NetworkOrder.put16(memory, frame + TYPE, type);
  }
}
