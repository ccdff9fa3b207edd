/// The routing information bases (RFC 8349), one for each address family: connected, local and
/// static routes, the choice between them and what of it goes into the FIB.
///
/// Owned by the worker. Routes with the same next hops share a [NextHopSet], and its group of the
/// forwarding table: when a link changes, the groups are re-pointed at once, however many routes
/// lead over them. Only where a set comes to have no path, or some again, must its routes be taken
/// out or put in, which is done a few at a time.
///
/// Limits: a static next hop must lie in a connected subnet (no recursion through other routes).
@NullMarked
package io.vireo.vr.rib;

import org.jspecify.annotations.NullMarked;
