package io.vireo.vr.forward;

import io.vireo.drivers.PacketVector;
import io.vireo.vr.wire.EthernetHeader;
import java.lang.foreign.MemorySegment;

/// What becomes of most frames, in the first loop of [EthernetInput]; see [Ipv4FastPath].
final class EthernetFastPath {
  private final MemorySegment memory;
  private final int[] others = new int[PacketVector.CAPACITY];

  EthernetFastPath(MemorySegment memory) {
    this.memory = memory;
  }

  /// Frames of one type to one station stay in the vector, without their header; the others go to
  /// `rest`.
  ///
  /// @return the octets of those that stay
  long keep(PacketVector vector, int type, long mac, PacketVector rest) {
    int count = vector.size();
    int odd = 0;
    long octets = 0;
    for (int i = 0; i < count; i++) {
      long frame = vector.offset(i);
      int length = vector.length(i);
      if (length >= EthernetHeader.BYTES
          && EthernetHeader.type(memory, frame) == type
          && EthernetHeader.destination(memory, frame) == mac) {
        octets += length;
        vector.place(i, frame + EthernetHeader.BYTES, length - EthernetHeader.BYTES);
      } else {
        others[odd++] = i;
      }
    }
    vector.extract(others, odd, rest);
    return octets;
  }
}
