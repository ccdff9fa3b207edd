package io.vireo.drivers.afpacket;

import io.vireo.drivers.InternetChecksum;
import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.drivers.PortStatistics;
import io.vireo.drivers.linux.Errno;
import io.vireo.drivers.linux.VectorCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The TPACKET_V2 receive ring: slots of one frame, owned in turn by the kernel and by us.
///
/// A frame that no slot holds, one that TSO or GRO made, has only its beginning there; the whole of
/// it is then the oldest packet in the socket's own queue (PACKET_COPY_THRESH), in the same order.
/// The kernel is trusted to keep frames inside their slot; lengths are checked against the buffer
/// they are copied into.
final class ReceiveRing {
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
  private static final ValueLayout.OfShort BIG_SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final VarHandle STATUS = INT.varHandle();
  private static final int VLAN_TAG_BYTES = 4;
  private static final int MAC_ADDRESSES_BYTES = 12;
  private static final int DEFAULT_TPID = 0x8100;

  /// The longest IPv4 packet with its link header, and the virtio header before it.
  private static final int LONG_FRAME_BYTES = PacketAbi.VNET_HDR_BYTES + 18 + 65535;

  private final int fd;
  private final MemorySegment ring;
  private final int slotBytes;
  private final int slots;
  private final PortStatistics statistics;
  private final VectorCalls calls;
  private final MemorySegment longFrame = Arena.ofAuto().allocate(LONG_FRAME_BYTES, Long.BYTES);
  private int longFrameBytes;
  private int slot;
  private long frame;

  ReceiveRing(
      int fd,
      MemorySegment ring,
      RingGeometry geometry,
      PortStatistics statistics,
      VectorCalls calls) {
    this.fd = fd;
    this.ring = ring;
    this.slotBytes = geometry.receiveSlotBytes();
    this.slots = geometry.receiveSlots();
    this.statistics = statistics;
    this.calls = calls;
  }

  boolean hasPending() {
    return slotIsOurs();
  }

  int receive(PacketVector vector, PacketPool pool, int receivingInterface) {
    int before = vector.size();
    while (vector.remaining() > 0 && slotIsOurs()) {
      if (!take(vector, pool, receivingInterface) && vector.size() > before) {
        break; // a super-segment waits for an emptier vector
      }
      longFrameBytes = 0;
      STATUS.setRelease(ring, frame + PacketAbi.TP_STATUS, PacketAbi.TP_STATUS_KERNEL);
      slot = slot + 1 == slots ? 0 : slot + 1;
    }
    return vector.size() - before;
  }

  private boolean slotIsOurs() {
    frame = (long) slot * slotBytes;
    int status = (int) STATUS.getAcquire(ring, frame + PacketAbi.TP_STATUS);
    return (status & PacketAbi.TP_STATUS_USER) != 0;
  }

  /// Copies the current frame into the pool.
  ///
  /// @return false when it should be tried again with an empty vector
  private boolean take(PacketVector vector, PacketPool pool, int receivingInterface) {
    int length = ring.get(INT, frame + PacketAbi.TP_SNAPLEN);
    int status = ring.get(INT, frame + PacketAbi.TP_STATUS);
    int tag = (status & PacketAbi.TP_STATUS_VLAN_VALID) != 0 ? VLAN_TAG_BYTES : 0;
    if ((status & PacketAbi.TP_STATUS_COPY) != 0) {
      return takeLong(tag, vector, pool, receivingInterface);
    }
    long data = frame + (ring.get(SHORT, frame + PacketAbi.TP_MAC) & 0xffff);
    long vnet = data - PacketAbi.VNET_HDR_BYTES;
    if (length < 14 || length != ring.get(INT, frame + PacketAbi.TP_LEN)) {
      statistics.receiveErrors++;
      return true;
    }
    int gso = ring.get(ValueLayout.JAVA_BYTE, vnet + PacketAbi.VNET_GSO_TYPE) & ~0x80;
    if (gso != PacketAbi.VNET_GSO_NONE) {
      return takeSuperSegment(ring, data, length, vnet, gso, tag, vector, pool, receivingInterface);
    }
    if (length + tag > PacketPool.FRAME_BYTES) {
      statistics.receiveErrors++;
      return true;
    }
    long to = pool.allocate();
    if (to < 0) {
      statistics.receiveDrops++;
      return true;
    }
    MemorySegment memory = pool.memory();
    MemorySegment.copy(ring, data, memory, to, length);
    if ((ring.get(ValueLayout.JAVA_BYTE, vnet) & PacketAbi.VNET_F_NEEDS_CSUM) != 0) {
      completeChecksum(memory, to, length, vnet);
    }
    if (tag != 0) {
      to = insertTag(memory, to);
    }
    count(1, length + tag);
    vector.add(to, length + tag, receivingInterface);
    return true;
  }

  /// Takes the frame whose beginning is in the current slot from the socket's queue, once.
  private boolean takeLong(int tag, PacketVector vector, PacketPool pool, int receivingInterface) {
    if (longFrameBytes == 0) {
      long got = calls.receive(fd, longFrame);
      if (got < 0 && got != -Errno.EAGAIN.number()) {
        got = calls.receive(fd, longFrame); // the first call told of a link that went down
      }
      longFrameBytes = (int) got;
    }
    int length = longFrameBytes - PacketAbi.VNET_HDR_BYTES;
    int gso = longFrame.get(ValueLayout.JAVA_BYTE, PacketAbi.VNET_GSO_TYPE) & ~0x80;
    if (length < 14 || gso == PacketAbi.VNET_GSO_NONE) {
      statistics.receiveErrors++; // longer than the MTU we forward, or gone
      return true;
    }
    long data = PacketAbi.VNET_HDR_BYTES;
    return takeSuperSegment(longFrame, data, length, 0, gso, tag, vector, pool, receivingInterface);
  }

  private boolean takeSuperSegment(
      MemorySegment from,
      long data,
      int length,
      long vnet,
      int gso,
      int tag,
      PacketVector vector,
      PacketPool pool,
      int receivingInterface) {
    int segment = from.get(SHORT, vnet + PacketAbi.VNET_GSO_SIZE) & 0xffff;
    boolean known = gso == PacketAbi.VNET_GSO_TCPV4 || gso == PacketAbi.VNET_GSO_UDP_L4;
    int first = vector.size();
    int cut =
        known && tag == 0
            ? SuperSegment.cut(from, data, length, segment, vector, pool, receivingInterface)
            : 0;
    if (cut == 0 && first > 0) {
      return false;
    }
    if (cut == 0) {
      statistics.receiveErrors++;
      return true;
    }
    for (int i = first; i < vector.size(); i++) {
      count(1, vector.length(i));
    }
    return true;
  }

  private void count(int frames, int bytes) {
    statistics.receivedFrames += frames;
    statistics.receivedBytes += bytes;
  }

  /// CHECKSUM_PARTIAL: the field holds the pseudo header's sum; add the rest (virtio 1.2 §5.1.6).
  private void completeChecksum(MemorySegment memory, long packet, int length, long vnet) {
    int start = ring.get(SHORT, vnet + PacketAbi.VNET_CSUM_START) & 0xffff;
    int offset = ring.get(SHORT, vnet + PacketAbi.VNET_CSUM_OFFSET) & 0xffff;
    if (start + offset + 2 > length) {
      return; // nonsense from the device: the receiver's own check will fail
    }
    long sum = InternetChecksum.sum(memory, packet + start, length - start);
    InternetChecksum.storeNonZero(memory, packet + start + offset, sum);
  }

  /// Puts back the 802.1Q tag the device stripped, moving the addresses into the headroom.
  private long insertTag(MemorySegment memory, long packet) {
    long start = packet - VLAN_TAG_BYTES;
    MemorySegment.copy(memory, packet, memory, start, MAC_ADDRESSES_BYTES);
    int tpid = ring.get(SHORT, frame + PacketAbi.TP_VLAN_TPID) & 0xffff;
    int tci = ring.get(SHORT, frame + PacketAbi.TP_VLAN_TCI);
    long tagAt = start + MAC_ADDRESSES_BYTES;
    memory.set(BIG_SHORT, tagAt, (short) (tpid == 0 ? DEFAULT_TPID : tpid));
    memory.set(BIG_SHORT, tagAt + 2, (short) tci);
    return start;
  }
}
