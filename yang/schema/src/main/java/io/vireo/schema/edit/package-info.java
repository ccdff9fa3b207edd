/// Edits of data trees, as every management door writes them.
///
/// A door (NETCONF's edit-config, a CLI line, an import) turns what it was given into an ordered
/// list of [TreeEdit]s; the datastore applies them to a candidate, one tree at a time, all or
/// nothing. Values only: no thread, no state.
@NullMarked
package io.vireo.schema.edit;

import org.jspecify.annotations.NullMarked;
