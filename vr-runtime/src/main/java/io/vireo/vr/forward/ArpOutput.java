package io.vireo.vr.forward;

import io.vireo.drivers.PacketPool;
import io.vireo.vr.neighbour.NeighbourTable;
import io.vireo.vr.wire.ArpPacket;
import io.vireo.vr.wire.EthernetHeader;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Builds ARP packets and puts them on their interface. Without a free buffer nothing is sent: the
/// neighbour table asks again.
final class ArpOutput {
  private static final int FRAME_BYTES = EthernetHeader.MIN_FRAME_BYTES;

  private final PacketPool pool;
  private final MemorySegment memory;

  ArpOutput(PacketPool pool) {
    this.pool = pool;
    this.memory = pool.memory();
  }

  void request(RouterInterface on, int target, long mac) {
    boolean known = mac != NeighbourTable.UNKNOWN_MAC;
    int sender = on.addressFacing(target);
    long to = known ? mac : EthernetHeader.BROADCAST;
    send(on, to, ArpPacket.REQUEST, sender == 0 ? on.primaryAddress() : sender, 0, target);
  }

  void reply(RouterInterface on, int own, long mac, int asker) {
    send(on, mac, ArpPacket.REPLY, own, mac, asker);
  }

  /// RFC 5227 §2.3: tells the subnet that `own` is here now.
  void announce(RouterInterface on, int own) {
    send(on, EthernetHeader.BROADCAST, ArpPacket.REQUEST, own, 0, own);
  }

  private void send(
      RouterInterface on, long to, int operation, int sender, long targetMac, int target) {
    long frame = pool.allocate();
    if (frame < 0) {
      on.counters().outDiscards++;
      return;
    }
    for (int at = 40; at < FRAME_BYTES + 4; at += Long.BYTES) {
      memory.set(ValueLayout.JAVA_LONG_UNALIGNED, frame + at, 0);
    }
    EthernetHeader.write(memory, frame, to, on.mac(), EthernetHeader.TYPE_ARP);
    ArpPacket.write(
        memory, frame + EthernetHeader.BYTES, operation, on.mac(), sender, targetMac, target);
    on.send(frame, FRAME_BYTES);
  }
}
