/// Neighbours of both families, found by ARP (RFC 826) or neighbour discovery (RFC 4861), with the
/// states of RFC 4861 §7.3: resolution, ageing, unreachability detection and the bounded queue of
/// packets that wait. A table has one family's.
///
/// Owned by the worker, driven by explicit time. Bounds: 4096 entries, 8 packets an entry; a full
/// table gives up its longest unused STALE entry, and otherwise drops.
@NullMarked
package io.vireo.vr.neighbour;

import org.jspecify.annotations.NullMarked;
