/// The routing information base (RFC 8349): connected, local and static routes, the choice between
/// them and what of it goes into the FIB.
///
/// Owned by the worker. Inputs are the interfaces' addresses and states and the configured static
/// routes; every change recomputes the wanted forwarding table and installs only the differences.
/// Limits: a static next hop must lie in a connected subnet (no recursion through other routes); a
/// recomputation walks all routes.
@NullMarked
package io.vireo.vr.rib;

import org.jspecify.annotations.NullMarked;
