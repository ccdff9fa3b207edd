/// What survives the process: the last committed configuration and the history of commits, in one
/// SQLite database (`vireo.db`).
///
/// Write-ahead log, `synchronous=FULL`: a commit that returned is on disk. Each commit is one
/// transaction: what it did to each tree, as a patch of the tree's YANG-CBOR and the patch that
/// leads back ([Delta]), with their SHA-256; one history row; and whether it waits for a
/// confirmation ([PendingCommit]). A tree is its last snapshot with the patches since; snapshots
/// are renewed when these have become long. [Tables] has the layout; its version is SQLite's
/// `user_version`, an older database is brought to this version, one of a newer Vireo is refused.
///
/// [ConfigDatabase] belongs to the engine and holds the database exclusively, so two managers can't
/// write to one. [StoredConfig] reads it before that, without YANG Tools: a virtual router starts
/// from these bytes while the schema is still parsed.
///
/// A full, read-only or damaged disk is a [StorageException] in words; what was committed before is
/// untouched. The native part of SQLite is found by [NativeSqlite], never in a folder that others
/// may write to.
@NullMarked
package io.vireo.datastore.store;

import org.jspecify.annotations.NullMarked;
