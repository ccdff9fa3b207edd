/// What rsock's two ends share besides its YANG module: the header of a DATAGRAM frame's payload,
/// and the limits both ends hold each other to.
///
/// Pure values and static accessors; no thread. See `docs/rsock.md` for the protocol.
@NullMarked
package io.vireo.wire.rsock;

import org.jspecify.annotations.NullMarked;
