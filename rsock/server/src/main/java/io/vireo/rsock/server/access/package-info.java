/// Who may open sockets in this virtual router: peers as the kernel vouches for them, rules as the
/// configuration has them, and what came of it.
///
/// [AccessControl] is the only door: it takes the rules in force at each question, counts, and
/// tells refusals to the audit listener. Rules and peers are immutable; [AccessControl] is
/// thread-safe.
@NullMarked
package io.vireo.rsock.server.access;

import org.jspecify.annotations.NullMarked;
