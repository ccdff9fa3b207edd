package io.vireo.vr.forward;

import io.vireo.drivers.PacketPool;
import io.vireo.vr.wire.Ipv6Header;
import io.vireo.vr.wire.NetworkOrder;
import java.lang.foreign.MemorySegment;

/// Cuts packets that begin here into fragments of the outgoing MTU (RFC 8200 §4.5); they have no
/// extension headers.
final class Ipv6Fragmenter {
  private static final int HEADER_BYTES = 8;
  private static final int MORE = 1;

  private final PacketPool pool;
  private final MemorySegment memory;
  private final Ipv6Rewrite rewrite;
  private int identification;

  Ipv6Fragmenter(PacketPool pool, Ipv6Rewrite rewrite) {
    this.pool = pool;
    this.memory = pool.memory();
    this.rewrite = rewrite;
  }

  /// Sends `packet` in pieces and frees it.
  ///
  /// @return false, with nothing sent or freed, when the pool has too few buffers
  boolean send(RouterInterface out, long packet, int length, int adjacency, long nowNs) {
    int headers = Ipv6Header.BYTES + HEADER_BYTES;
    int piece = (Math.min(out.mtuBytes(), PacketPool.FRAME_BYTES) - headers) & -HEADER_BYTES;
    int payload = length - Ipv6Header.BYTES;
    // One more than the pieces: the first may make a question to the neighbour of it.
    if ((payload + piece - 1) / piece >= pool.available()) {
      return false;
    }
    int next = Ipv6Header.nextHeader(memory, packet);
    int number = identification++;
    for (int at = 0; at < payload; at += piece) {
      int bytes = Math.min(piece, payload - at);
      long fragment = pool.allocate();
      MemorySegment.copy(memory, packet, memory, fragment, Ipv6Header.BYTES);
      NetworkOrder.put8(memory, fragment + Ipv6Header.NEXT_HEADER_OFFSET, Ipv6Header.FRAGMENT);
      Ipv6Header.setPayloadLength(memory, fragment, HEADER_BYTES + bytes);
      long header = fragment + Ipv6Header.BYTES;
      int word = at | (at + bytes < payload ? MORE : 0);
      NetworkOrder.put32(memory, header, next << 24 | word);
      NetworkOrder.put32(memory, header + 4, number);
      MemorySegment.copy(memory, packet + Ipv6Header.BYTES + at, memory, fragment + headers, bytes);
      rewrite.emit(out, fragment, headers + bytes, adjacency, 0, nowNs);
    }
    pool.free(packet);
    return true;
  }
}
