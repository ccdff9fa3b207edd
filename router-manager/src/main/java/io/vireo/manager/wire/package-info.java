/// Conversations between the processes: frames over AF_UNIX sockets, with descriptors.
///
/// *Purpose.* [DescriptorChannel] lets the frame layer carry descriptors (SCM_RIGHTS). A
/// [Conversation] is the asking side, which the manager uses with the guard and with each virtual
/// router: many calls at once, paired by request id, with streams of DATA frames both ways. An
/// [io.vireo.wire.frame.Envelope] is the one-entry map that names an RPC or notification by its
/// SID.
///
/// *Owner thread.* A conversation has a reading thread of its own; calls come from any thread, and
/// results are delivered on the reading thread, which must not be blocked.
///
/// *Invariants.* Every call completes: by the peer's answer, by its deadline, or when the
/// connection ends. The number of descriptors that a peer may leave unclaimed is bounded.
@NullMarked
package io.vireo.manager.wire;

import org.jspecify.annotations.NullMarked;
