/// YANG Schema Item iDentifiers: the numbers that stand for YANG names on Vireo's wires.
///
/// RFC 9595 `.sid` files are JSON documents, one a module, committed and append-only. [SidFile]
/// reads one; [SidRegistry] is the union of all on the class path, a two-way map between numbers
/// and names. Both are immutable after construction and may be used by any thread.
///
/// A data node is named by its schema node path (RFC 9595 §4): module names in place of prefixes,
/// the module told only where it differs from the parent's, choice and case left out because their
/// nodes stand in no instance document.
///
/// Supported: RFC 9595 file format (items of status `stable` and `unstable`; `obsolete` are kept so
/// that their numbers stay taken). Left out: ranges delegated between registries, which only the
/// allocating tool cares for.
@NullMarked
package io.vireo.schema.sid;

import org.jspecify.annotations.NullMarked;
