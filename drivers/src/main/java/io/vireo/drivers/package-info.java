/// Ports, the packet pool and packet vectors: how packets enter and leave a virtual router.
///
/// **Types.** A [PacketPool] is one region of fixed-size buffers. A [PacketVector] names up to 256
/// packets in it by offset. A [Port] fills vectors and takes them back. Drivers live in packages of
/// their own (`afpacket`, `memory`), system calls in `linux`.
///
/// **Threads.** Pool, vectors and ports of one virtual router belong to its worker; nothing here is
/// locked. Statistics are plain counters of the worker.
///
/// **Invariants.** A buffer is in exactly one place: the free list, one vector, or a queue that
/// owns it. What [Port#transmit] is given is the port's, sent or not. `PacketPool.available()` plus
/// the buffers held equals the capacity, always; tests count it. Receiving and transmitting
/// allocate nothing.
///
/// **Limits.** A packet is one buffer: frames longer than a buffer are segmented by the driver
/// (kernel GRO) or dropped and counted.
@NullMarked
package io.vireo.drivers;

import org.jspecify.annotations.NullMarked;
