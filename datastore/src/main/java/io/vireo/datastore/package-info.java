/// The datastores: running, candidate, operational, over one tree for the device and one for each
/// virtual router, and all that a change goes through on its way to running.
///
/// [ManagementEngine] is what the router manager opens; doors see only [io.vireo.datastore.api].
/// Behind it: `tree` (edits as pure functions), `validate` (what a schema and the device demand),
/// `access` (who may do what), `xpath` (expressions over trees), `store` (SQLite), `engine`
/// (sessions, locks, commits, reads, events).
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
/// **Standards.** RFC 6241 (datastores, startup, locks, edit semantics, confirmed commit), RFC 5717
/// (partial locks), RFC 6470 (events), RFC 8341 (access control), RFC 8342 (datastores, origins),
/// RFC 8525, RFC 8528, RFC 8808 (factory default), RFC 7950 §8 (validation, with XPath), RFC 9144
/// (comparison). Left out: groups that a transport reports.
@NullMarked
package io.vireo.datastore;

import org.jspecify.annotations.NullMarked;
