/// The virtual router: a router in one process, outside the kernel.
///
/// Rooms: `wire` (formats), `forward` (the packet graph), `fib`, `rib`, `neighbour`, `socket`,
/// `worker` (the thread that owns all of these). Data comes in by ports and by commands of other
/// threads; it leaves by ports, sockets and immutable snapshots.
@NullMarked
package io.vireo.vr;

import org.jspecify.annotations.NullMarked;
