/// What survives the process: the last committed configuration and the history of commits, in one
/// SQLite database (`vireo.db`).
///
/// Write-ahead log, `synchronous=FULL`: a commit that returned is on disk. Each commit is one
/// transaction: the trees that changed as YANG-CBOR with their SHA-256, and one history row. The
/// schema version is SQLite's `user_version`; a database of a newer Vireo is refused.
///
/// [ConfigDatabase] belongs to the engine, which calls it from one thread at a time; it holds the
/// database exclusively, so two managers can't write to one. [StoredConfig] reads it before that,
/// without YANG Tools: a virtual router starts from these bytes while the schema is still parsed.
///
/// A full, read-only or damaged disk is a [StorageException] in words; what was committed before is
/// untouched. The native part of SQLite is found by [NativeSqlite], never in a folder that others
/// may write to.
///
/// Left out so far: deltas instead of whole trees, rollback (issue 3).
@NullMarked
package io.vireo.datastore.store;

import org.jspecify.annotations.NullMarked;
