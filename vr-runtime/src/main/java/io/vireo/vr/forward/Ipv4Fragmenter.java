package io.vireo.vr.forward;

import io.vireo.drivers.PacketPool;
import io.vireo.vr.wire.Ipv4Header;
import java.lang.foreign.MemorySegment;

/// Cuts packets into fragments of the outgoing MTU (RFC 791 §3.2, RFC 1812 §5.2.6).
///
/// Every fragment carries the whole header, options included: RFC 791 would copy only some of them,
/// which no receiver requires.
final class Ipv4Fragmenter {
  private final PacketPool pool;
  private final MemorySegment memory;
  private final Ipv4Rewrite rewrite;

  Ipv4Fragmenter(PacketPool pool, Ipv4Rewrite rewrite) {
    this.pool = pool;
    this.memory = pool.memory();
    this.rewrite = rewrite;
  }

  /// Sends `packet` in pieces and frees it.
  ///
  /// @return false, with nothing sent or freed, when the pool has too few buffers
  boolean send(
      RouterInterface out, long packet, int length, int adjacency, int origin, long nowNs) {
    int headerBytes = Ipv4Header.headerBytes(memory, packet);
    int piece = (out.mtuBytes() - headerBytes) & ~7; // offsets count units of eight
    int payload = length - headerBytes;
    // One more than the pieces: the first may make a question to the neighbour of it.
    if (piece <= 0 || (payload + piece - 1) / piece >= pool.available()) {
      return false;
    }
    int word = Ipv4Header.fragment(memory, packet);
    int firstOffset = word & Ipv4Header.FRAGMENT_OFFSET_MASK;
    boolean moreFollow = (word & Ipv4Header.MORE_FRAGMENTS) != 0;
    for (int at = 0; at < payload; at += piece) {
      int bytes = Math.min(piece, payload - at);
      long fragment = pool.allocate();
      MemorySegment.copy(memory, packet, memory, fragment, headerBytes);
      MemorySegment.copy(memory, packet + headerBytes + at, memory, fragment + headerBytes, bytes);
      int more = moreFollow || at + bytes < payload ? Ipv4Header.MORE_FRAGMENTS : 0;
      Ipv4Header.setFragment(
          memory, fragment, headerBytes + bytes, firstOffset + at / 8 | more, headerBytes);
      rewrite.emit(out, fragment, headerBytes + bytes, adjacency, origin, nowNs);
    }
    pool.free(packet);
    return true;
  }
}
