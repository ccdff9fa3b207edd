/// The `af-packet` driver: frames through a packet socket's memory-mapped rings (`packet(7)`).
///
/// **Split of privileges.** [AfPacketSocket] creates, configures and binds the socket, which needs
/// CAP_NET_RAW: the guard does it. [AfPacketPort] maps the rings of a descriptor it was given and
/// asks the socket itself for name, address and MTU: the virtual router needs no privilege.
///
/// **Rings.** TPACKET_V3 both ways on one socket. Receive: blocks of variable-size frames that the
/// kernel hands over when full or 1 ms old; a frame is copied once, into the pool. Transmit: fixed
/// slots, one `sendto` a vector, past the queueing discipline (PACKET_QDISC_BYPASS).
///
/// **Offloads.** Between local devices the kernel hands over packets whose checksum is not filled
/// in and, from its own TCP, segments longer than the MTU. Every frame therefore carries a
/// virtio-net header (PACKET_VNET_HDR): checksums are completed and super-segments cut by
/// [SuperSegment]. VLAN tags the device stripped are put back.
///
/// **Limits.** One queue. Under light load a frame waits up to the 1 ms of the block timer.
@NullMarked
package io.vireo.drivers.afpacket;

import org.jspecify.annotations.NullMarked;
