/// The datastores: running, candidate, operational, over one tree for the device and one for each
/// virtual router, and all that a change goes through on its way to running.
///
/// [ManagementEngine] is what the router manager opens; doors see only [io.vireo.datastore.api].
/// Behind it: `tree` (edits as pure functions), `validate` (what a schema and the device demand),
/// `xpath` (expressions over trees), `store` (SQLite), `engine` (sessions, locks, commits, reads).
///
/// **Threads.** Each session carries out its calls one after the other on a virtual thread of its
/// own. What changes something holds the engine's one writer lock: a candidate edit for
/// microseconds, a commit until the routers have applied it. What reads takes the one immutable
/// state that stands, and waits for nobody.
///
/// **A commit.** Validate what was touched; ask each virtual router concerned (*prepare*, 5 s);
/// write to disk (fsync); publish; *apply*. Whatever fails before the write leaves running, disk
/// and routers as they were. After it, nothing can fail.
///
/// **Standards.** RFC 6241 (datastores, locks, edit semantics), RFC 8342 (operational), RFC 8525,
/// RFC 8528, RFC 7950 §8 (validation, with XPath), RFC 6241 §8.4 (confirmed commit), RFC 9144
/// (comparison). Left out so far: startup, NACM, partial locks, notifications of change.
@NullMarked
package io.vireo.datastore;

import org.jspecify.annotations.NullMarked;
