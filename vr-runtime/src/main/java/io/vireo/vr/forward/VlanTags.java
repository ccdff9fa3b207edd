package io.vireo.vr.forward;

import io.vireo.vr.wire.EthernetHeader;
import io.vireo.vr.wire.VlanTag;
import java.lang.foreign.MemorySegment;

/// The tags of a sub-interface's frames.
///
/// @param outerType EtherType of the first tag
/// @param innerId of the second tag; 0: there is none
public record VlanTags(int outerType, int outerId, int innerId) {
  public int bytes() {
    return innerId == 0 ? VlanTag.BYTES : 2 * VlanTag.BYTES;
  }

  /// Puts the tags into a frame without.
  ///
  /// @return where it begins now, [#bytes] earlier
  public long insert(MemorySegment memory, long frame) {
    long at = frame;
    if (innerId != 0) {
      VlanTag.insert(memory, at, VlanTag.TYPE_C_VLAN, innerId);
      at -= VlanTag.BYTES;
    }
    VlanTag.insert(memory, at, outerType, outerId);
    return at - VlanTag.BYTES;
  }

  /// The number of the tags that a frame has, which is long enough for them and has one or two; 0:
  /// it is too short.
  static long read(MemorySegment memory, long frame, int length) {
    int type = EthernetHeader.type(memory, frame);
    int id = VlanTag.id(memory, frame);
    if (EthernetHeader.type(memory, frame + VlanTag.BYTES) != VlanTag.TYPE_C_VLAN) {
      return key(type, id, 0);
    }
    return length < EthernetHeader.BYTES + 2 * VlanTag.BYTES
        ? 0
        : key(type, id, VlanTag.id(memory, frame + VlanTag.BYTES));
  }

  /// All of it in a number, which grows with the first tag.
  long key() {
    return key(outerType, outerId, innerId);
  }

  static long key(int outerType, int outerId, int innerId) {
    return (long) outerType << 32 | (long) outerId << 16 | innerId;
  }

  @Override
  public String toString() {
    return (outerType == VlanTag.TYPE_S_VLAN ? "s-vlan " : "vlan ")
        + outerId
        + (innerId == 0 ? "" : "." + innerId);
  }
}
