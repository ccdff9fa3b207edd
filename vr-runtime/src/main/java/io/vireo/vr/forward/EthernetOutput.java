package io.vireo.vr.forward;

import io.vireo.vr.wire.EthernetHeader;
import java.lang.foreign.MemorySegment;

/// Puts the Ethernet header before packets of one protocol and hands them to their interface.
final class EthernetOutput {
  private final MemorySegment memory;
  private final int etherType;

  EthernetOutput(MemorySegment memory, int etherType) {
    this.memory = memory;
    this.etherType = etherType;
  }

  void send(RouterInterface out, long mac, long packet, int length) {
    long frame = packet - EthernetHeader.BYTES;
    EthernetHeader.write(memory, frame, mac, out.mac(), etherType);
    out.sendUnicast(frame, length + EthernetHeader.BYTES);
  }
}
