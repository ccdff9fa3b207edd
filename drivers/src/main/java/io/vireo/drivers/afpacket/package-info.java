/// The `af-packet` driver: frames through a packet socket's memory-mapped rings (`packet(7)`).
///
/// **Split of privileges.** [AfPacketSocket] creates, configures and binds the socket, which needs
/// CAP_NET_RAW: the guard does it. [AfPacketPort] maps the rings of a descriptor it was given and
/// asks the socket itself for name, address and MTU: the virtual router needs no privilege.
///
/// **Rings.** TPACKET_V2 both ways on one socket, a slot a frame (docs/decisions/0004 says why not
/// V3). Receive: the kernel hands over each frame as it comes; it is copied once, into the pool.
/// Transmit: one `sendto` a vector, past the queueing discipline (PACKET_QDISC_BYPASS).
///
/// **Offloads.** Between local devices the kernel hands over packets whose checksum is not filled
/// in and, from its own TCP, segments longer than the MTU. Every frame therefore carries a
/// virtio-net header (PACKET_VNET_HDR): checksums are completed and super-segments, which come
/// through the socket's own queue because no slot holds them, cut by [SuperSegment]. VLAN tags that
/// the device stripped are put back.
///
/// **Limits.** One queue. A frame longer than a buffer of the pool is dropped and counted.
@NullMarked
package io.vireo.drivers.afpacket;

import org.jspecify.annotations.NullMarked;
