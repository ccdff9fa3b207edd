package io.vireo.drivers.afpacket;

import io.vireo.drivers.InternetChecksum;
import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Cuts a frame that the kernel made longer than the MTU (TSO, GRO, UDP GSO over IPv4) into the
/// frames the wire would have carried.
///
/// Every segment gets the headers of the whole with its own length, identification, sequence number
/// and checksums; FIN and PSH belong to the last segment, CWR to the first (RFC 3168 §6.1.2).
final class SuperSegment {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
  private static final int ETHERTYPE_IPV4 = 0x0800;
  private static final int ETHERTYPE_VLAN = 0x8100;
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int TCP_FIN_PSH = 0x09;
  private static final int TCP_CWR = 0x80;

  private SuperSegment() {}

  /// Appends the segments of the frame at `frame` in `ring` to `vector`.
  ///
  /// @return the number of segments; 0 when the frame is not what its type says, or pool or vector
  ///   have no room for all of it (then nothing is appended)
  static int cut(
      MemorySegment ring,
      long frame,
      int length,
      int segmentBytes,
      PacketVector vector,
      PacketPool pool,
      int receivingInterface) {
    int ip = ipv4Offset(ring, frame, length);
    if (ip < 0 || segmentBytes <= 0) {
      return 0;
    }
    int ipHeader = (ring.get(BYTE, frame + ip) & 0x0f) * 4;
    int protocol = ring.get(BYTE, frame + ip + 9) & 0xff;
    int l4 = ip + ipHeader;
    boolean tcp = protocol == TCP;
    if (ipHeader < 20 || !(tcp || protocol == UDP) || l4 + (tcp ? 20 : 8) > length) {
      return 0;
    }
    int payload = l4 + (tcp ? (ring.get(BYTE, frame + l4 + 12) >> 4 & 0x0f) * 4 : 8);
    if (payload < l4 + 8 || payload >= length || payload + segmentBytes > PacketPool.FRAME_BYTES) {
      return 0;
    }
    int count = (length - payload + segmentBytes - 1) / segmentBytes;
    if (count > vector.remaining() || count > pool.available()) {
      return 0;
    }
    MemorySegment memory = pool.memory();
    for (int i = 0; i < count; i++) {
      int from = payload + i * segmentBytes;
      int bytes = Math.min(segmentBytes, length - from);
      long to = pool.allocate();
      MemorySegment.copy(ring, frame, memory, to, payload);
      MemorySegment.copy(ring, frame + from, memory, to + payload, bytes);
      finish(memory, to, ip, l4, payload + bytes, i, i == count - 1, from - payload, tcp);
      vector.add(to, payload + bytes, receivingInterface);
    }
    return count;
  }

  private static int ipv4Offset(MemorySegment ring, long frame, int length) {
    int at = 12;
    if (length > 18 && (ring.get(SHORT, frame + at) & 0xffff) == ETHERTYPE_VLAN) {
      at += 4;
    }
    boolean ipv4 =
        length >= at + 2 + 20 && (ring.get(SHORT, frame + at) & 0xffff) == ETHERTYPE_IPV4;
    return ipv4 ? at + 2 : -1;
  }

  /// Makes the copied headers those of segment `i`.
  private static void finish(
      MemorySegment memory,
      long frame,
      int ip,
      int l4,
      int length,
      int i,
      boolean last,
      int sequenceBytes,
      boolean tcp) {
    long header = frame + ip;
    memory.set(SHORT, header + 2, (short) (length - ip));
    memory.set(SHORT, header + 4, (short) (memory.get(SHORT, header + 4) + i));
    memory.set(SHORT, header + 10, (short) 0);
    InternetChecksum.store(memory, header + 10, InternetChecksum.sum(memory, header, l4 - ip));

    long transport = frame + l4;
    int transportBytes = length - l4;
    int checksumAt = tcp ? 16 : 6;
    if (tcp) {
      memory.set(INT, transport + 4, memory.get(INT, transport + 4) + sequenceBytes);
      int flags = memory.get(BYTE, transport + 13);
      flags = last ? flags : flags & ~TCP_FIN_PSH;
      flags = i == 0 ? flags : flags & ~TCP_CWR;
      memory.set(BYTE, transport + 13, (byte) flags);
    } else {
      memory.set(SHORT, transport + 4, (short) transportBytes);
    }
    memory.set(SHORT, transport + checksumAt, (short) 0);
    long sum =
        InternetChecksum.sum(memory, header + 12, 8) // RFC 9293 §3.1, RFC 768: the pseudo header
            + InternetChecksum.sum16(tcp ? TCP : UDP)
            + InternetChecksum.sum16(transportBytes)
            + InternetChecksum.sum(memory, transport, transportBytes);
    InternetChecksum.storeNonZero(memory, transport + checksumAt, sum);
  }
}
