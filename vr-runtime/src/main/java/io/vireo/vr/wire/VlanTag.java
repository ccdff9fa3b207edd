package io.vireo.vr.wire;

import java.lang.foreign.MemorySegment;

/// VLAN tags (IEEE 802.1Q §9) between the addresses and the EtherType of an Ethernet header, in
/// front of others where there are two (QinQ).
///
/// ```text
///  | EtherType 0x8100 or 0x88a8 | priority (3) | DEI (1) | identifier (12) |
/// ```
public final class VlanTag {
  public static final int BYTES = 4;
  public static final int TYPE_C_VLAN = 0x8100;
  public static final int TYPE_S_VLAN = 0x88a8;

  /// The identifier of frames that have a priority and no VLAN.
  public static final int PRIORITY_ONLY = 0;

  private static final int ADDRESSES_BYTES = 12;
  private static final int ID_MASK = 0xfff;

  private VlanTag() {}

  public static boolean isTag(int etherType) {
    return etherType == TYPE_C_VLAN || etherType == TYPE_S_VLAN;
  }

  /// The identifier in the first tag of a frame.
  public static int id(MemorySegment memory, long frame) {
    return NetworkOrder.get16(memory, frame + EthernetHeader.BYTES) & ID_MASK;
  }

  /// Takes the first tag out: the frame begins [#BYTES] later then.
  public static void remove(MemorySegment memory, long frame) {
    long high = NetworkOrder.get64(memory, frame);
    int low = NetworkOrder.get32(memory, frame + Long.BYTES);
    NetworkOrder.put64(memory, frame + BYTES, high);
    NetworkOrder.put32(memory, frame + BYTES + Long.BYTES, low);
  }

  /// Puts a tag in front of what is there: the frame begins [#BYTES] earlier then.
  public static void insert(MemorySegment memory, long frame, int etherType, int id) {
    long high = NetworkOrder.get64(memory, frame);
    int low = NetworkOrder.get32(memory, frame + Long.BYTES);
    NetworkOrder.put64(memory, frame - BYTES, high);
    NetworkOrder.put32(memory, frame - BYTES + Long.BYTES, low);
    NetworkOrder.put32(memory, frame - BYTES + ADDRESSES_BYTES, etherType << 16 | id);
  }
}
