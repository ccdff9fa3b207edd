package io.vireo.drivers.afpacket;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.drivers.PortStatistics;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/// The TPACKET_V2 transmit ring: slots behind the receive ring in the same mapping.
///
/// ```text
///  | tpacket2_hdr (32) | virtio_net_hdr (10, all zero) | frame ... |
/// ```
///
/// Frames are copied into slots, so buffers return to the pool at once. A slot is free again when
/// the device has let go of the frame; a full ring drops.
final class TransmitRing {
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final VarHandle STATUS = INT.varHandle();
  private static final int DATA = PacketAbi.TPACKET2_HDR_BYTES;

  private final MemorySegment ring;
  private final long start;
  private final int slotBytes;
  private final int slots;
  private final int frameLimitBytes;
  private final PortStatistics statistics;
  private int slot;

  TransmitRing(MemorySegment ring, RingGeometry geometry, PortStatistics statistics) {
    this.ring = ring;
    this.start = geometry.receiveBytes();
    this.slotBytes = geometry.transmitSlotBytes();
    this.slots = geometry.transmitSlots();
    this.frameLimitBytes = slotBytes - DATA - PacketAbi.VNET_HDR_BYTES;
    this.statistics = statistics;
  }

  /// Copies the packets into slots and gives their buffers back.
  ///
  /// @return how many slots were filled
  int fill(PacketVector vector, PacketPool pool) {
    int filled = 0;
    MemorySegment memory = pool.memory();
    for (int i = 0; i < vector.size(); i++) {
      int length = vector.length(i);
      long at = start + (long) slot * slotBytes;
      int status = (int) STATUS.getAcquire(ring, at + PacketAbi.TP_STATUS);
      boolean free = status == PacketAbi.TP_STATUS_AVAILABLE;
      if (!free && (status & PacketAbi.TP_STATUS_WRONG_FORMAT) != 0) {
        statistics.transmitErrors++;
        free = true;
      }
      if (length > frameLimitBytes) {
        statistics.transmitErrors++;
      } else if (!free) {
        statistics.transmitDrops++;
      } else {
        long vnet = at + DATA;
        ring.set(ValueLayout.JAVA_LONG, vnet, 0L);
        ring.set(ValueLayout.JAVA_SHORT, vnet + Long.BYTES, (short) 0);
        MemorySegment.copy(memory, vector.offset(i), ring, vnet + PacketAbi.VNET_HDR_BYTES, length);
        ring.set(INT, at + PacketAbi.TP_LEN, length + PacketAbi.VNET_HDR_BYTES);
        STATUS.setRelease(ring, at + PacketAbi.TP_STATUS, PacketAbi.TP_STATUS_SEND_REQUEST);
        slot = slot + 1 == slots ? 0 : slot + 1;
        statistics.sentFrames++;
        statistics.sentBytes += length;
        filled++;
      }
      pool.free(vector.offset(i));
    }
    vector.clear();
    return filled;
  }

  /// Whether the slot filled last still waits for a kick.
  boolean hasUnsent() {
    int last = slot == 0 ? slots - 1 : slot - 1;
    long at = start + (long) last * slotBytes;
    int status = (int) STATUS.getAcquire(ring, at + PacketAbi.TP_STATUS);
    return status == PacketAbi.TP_STATUS_SEND_REQUEST;
  }
}
