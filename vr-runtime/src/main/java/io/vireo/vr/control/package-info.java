/// vr-control: how the router manager configures a virtual router, reads its state and hands it
/// ports.
///
/// An AF_UNIX stream socket that only the manager's user may connect to (SO_PEERCRED). Frames are
/// those of `io.vireo.wire.frame`, contents those of `vireo-vr-control.yang`. One thread a
/// connection reads; a streamed RPC (ping) has a thread of its own and is cancelled by RESET.
/// Output of a streamed RPC is a DATA frame each on the request's ids, then the REPLY.
@NullMarked
package io.vireo.vr.control;

import org.jspecify.annotations.NullMarked;
