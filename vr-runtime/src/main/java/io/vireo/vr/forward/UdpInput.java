package io.vireo.vr.forward;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.vr.wire.IcmpMessage;
import io.vireo.vr.wire.Ipv4Header;
import io.vireo.vr.wire.UdpHeader;
import java.lang.foreign.MemorySegment;

/// UDP for the router's sockets (RFC 768, RFC 1122 §4.1).
///
/// Drops: UDP_MALFORMED, UDP_MALFORMED, SOCKET_QUEUE_FULL; delivered ones count as DELIVERED. Next:
/// [IcmpError] when nobody listens.
final class UdpInput {
  private final MemorySegment memory;
  private final Drops drops;
  private final LocalDelivery delivery;
  private final IcmpError icmpError;

  UdpInput(PacketPool pool, Drops drops, LocalDelivery delivery, IcmpError icmpError) {
    this.memory = pool.memory();
    this.drops = drops;
    this.delivery = delivery;
    this.icmpError = icmpError;
  }

  void take(PacketVector vector, int i) {
    long packet = vector.offset(i);
    int headerBytes = Ipv4Header.headerBytes(memory, packet);
    long header = packet + headerBytes;
    int room = vector.length(i) - headerBytes;
    int length = room < UdpHeader.BYTES ? 0 : UdpHeader.length(memory, header);
    if (length < UdpHeader.BYTES || length > room) {
      drops.drop(DropReason.UDP_MALFORMED, packet);
      return;
    }
    int source = Ipv4Header.source(memory, packet);
    int destination = Ipv4Header.destination(memory, packet);
    if (!UdpHeader.checksumIsGood(memory, header, length, source, destination)) {
      drops.drop(DropReason.UDP_MALFORMED, packet);
      return;
    }
    DropReason outcome =
        delivery.onUdp(
            header + UdpHeader.BYTES,
            length - UdpHeader.BYTES,
            source,
            UdpHeader.sourcePort(memory, header),
            destination,
            UdpHeader.destinationPort(memory, header),
            Ipv4Header.ttl(memory, packet));
    if (outcome == DropReason.UDP_NO_SOCKET) {
      icmpError.add(
          vector,
          i,
          IcmpMessage.DESTINATION_UNREACHABLE,
          IcmpMessage.CODE_PORT_UNREACHABLE,
          0,
          outcome);
    } else {
      drops.drop(outcome, packet);
    }
  }
}
