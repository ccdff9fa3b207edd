package io.vireo.vr.forward;

import io.vireo.vr.wire.VlanTag;

/// The tags of a sub-interface's frames.
///
/// @param outerType EtherType of the first tag
/// @param innerId of the second tag; 0: there is none
public record VlanTags(int outerType, int outerId, int innerId) {
  public int bytes() {
    return innerId == 0 ? VlanTag.BYTES : 2 * VlanTag.BYTES;
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
