/// Sockets inside a virtual router, for Java programs: the client of rsock.
///
/// *Purpose.* A program opens each of its sockets in the router of its choice: a virtual router of
/// this machine, or the kernel ([Router]); by name, or as the rules file says, and moves when that
/// changes. [VireoSockets] is the entry, [RsockDatagramSocket] what it gives.
///
/// *Owner thread.* None: everything public is thread-safe. A connection to a virtual router has one
/// daemon thread that reads; calls wait for it. A rules file has one that watches.
///
/// *Data in, data out.* Frames of [io.vireo.wire.frame] over the unix socket
/// `RSOCK_DIR/vr/NAME/rsock.sock`, with messages generated from `vireo-rsock.yang`.
///
/// *Invariants.* A router that is away is an error of its sockets, never the end of the program.
/// What a router sends is bounded by the credit it was given. An interrupt of one thread closes no
/// socket of a virtual router.
///
/// *Limits.* UDP. TCP, the in-band descriptor and the shared-memory ring come later, behind the
/// same factory. Nothing here resolves names. See `docs/rsock.md`.
@NullMarked
package io.vireo.rsock.client;

import org.jspecify.annotations.NullMarked;
