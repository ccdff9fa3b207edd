/// The `memif` driver: packets through memory shared with another process (DPDK's `net_memif`, VPP,
/// libmemif, another virtual router).
///
/// **Roles.** The *server* owns a socket and waits; the *client* connects, brings the memory and
/// makes the rings in it. Each ring is written at one end by the client (`head`) and at the other
/// by the server (`tail`), whichever way packets go:
///
/// ```text
///  client to server:  client fills buffers ... head      server empties them ... tail
///  server to client:  client offers empty buffers ... head   server fills them ... tail
/// ```
///
/// **Types.** [MemifMessage]s of 128 bytes over a SOCK_SEQPACKET socket make a [MemifConnection];
/// [MemifControl] talks, on a thread of its own, and starts again when the peer goes. A [MemifPort]
/// has one or several [MemifQueue]s, each its worker's, with a [MemifLink] (a ring each way) of the
/// connection there is: they take it up and let go of it, and when all have its memory is unmapped,
/// never under one.
///
/// **Trust.** The peer is not trusted: its memory must be sealed against shrinking, each of its
/// descriptors is read once, checked against the bounds and then used, a packet is copied once into
/// the router's own buffer, and an impossible index ends the link. Regions and their sizes are
/// bounded.
///
/// **Threads.** [MemifControl] has one thread a port; everything else belongs to the worker.
///
/// **Limits.** As many rings each way as the port has queues, which both ends agree on; Ethernet
/// mode; little-endian machines; no zero-copy. Protocol version 2.0.
@NullMarked
package io.vireo.drivers.memif;

import org.jspecify.annotations.NullMarked;
