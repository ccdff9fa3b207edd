package io.vireo.vr.forward;

import io.vireo.drivers.PacketVector;
import io.vireo.vr.wire.EthernetHeader;
import io.vireo.vr.wire.VlanTag;
import java.lang.foreign.MemorySegment;

/// Tagged frames on the fast path: told apart by their tags, which stay where they are, so that a
/// frame that is left is as it came.
final class VlanFastPath {
  private final MemorySegment memory;
  private final int[] which = new int[PacketVector.CAPACITY];

  VlanFastPath(MemorySegment memory) {
    this.memory = memory;
  }

  /// Moves the tagged frames to one station to `tagged`.
  void take(PacketVector frames, long mac, PacketVector tagged) {
    int count = 0;
    for (int i = 0; i < frames.size(); i++) {
      long frame = frames.offset(i);
      if (frames.length(i) >= EthernetHeader.BYTES + VlanTag.BYTES
          && VlanTag.isTag(EthernetHeader.type(memory, frame))
          && EthernetHeader.destination(memory, frame) == mac) {
        which[count++] = i;
      }
    }
    frames.extract(which, count, tagged);
  }

  /// The number of the first frame's tags.
  long key(PacketVector tagged) {
    return VlanTags.read(memory, tagged.offset(0), tagged.length(0));
  }

  /// Moves the frames with the tags of that number to `same`.
  void takeSame(PacketVector tagged, long key, PacketVector same) {
    int count = 0;
    for (int i = 0; i < tagged.size(); i++) {
      if (VlanTags.read(memory, tagged.offset(i), tagged.length(i)) == key) {
        which[count++] = i;
      }
    }
    tagged.extract(which, count, same);
  }

  /// Frames with packets of one type stay, without their header; the others go to `rest`.
  ///
  /// @param headerBytes with the tags; all frames are as long
  void keep(PacketVector same, int type, int headerBytes, PacketVector rest) {
    int count = 0;
    int tags = headerBytes - EthernetHeader.BYTES;
    for (int i = 0; i < same.size(); i++) {
      long frame = same.offset(i);
      if (same.length(i) >= headerBytes && EthernetHeader.type(memory, frame + tags) == type) {
        same.advance(i, headerBytes);
      } else {
        which[count++] = i;
      }
    }
    same.extract(which, count, rest);
  }
}
