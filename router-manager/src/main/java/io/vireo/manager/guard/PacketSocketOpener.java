package io.vireo.manager.guard;

import io.vireo.drivers.afpacket.AfPacketSocket;
import io.vireo.drivers.afpacket.RingGeometry;
import io.vireo.manager.port.LinkState;
import java.io.IOException;

/// Opens AF_PACKET sockets with their rings (packet(7)), bound to the device.
final class PacketSocketOpener implements PortOpener {
  @Override
  public int[] open(LinkState device, int queues) throws IOException {
    return AfPacketSocket.open(device.name(), RingGeometry.STANDARD, queues);
  }
}
