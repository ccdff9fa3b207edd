/// Data trees and their edits, as pure functions of immutable values.
///
/// A state of all trees is a [io.vireo.datastore.api.Trees]; an edit makes the next one from it.
/// [TreeSchema] is what one kind of tree (the device's, a virtual router's) may hold; [TreeEditor]
/// carries out the edits of one tree with YANG Tools' in-memory tree, made anew on the present root
/// for each request: neither its versions nor its commit order matter here, which keeps its traps
/// out. [CandidateEditor] edits several trees at once, all or nothing, and holds the one rule that
/// spans them: a virtual router's tree exists exactly while its list entry stands in the device's.
///
/// [Candidate] remembers beside its trees which paths were touched since it was equal to running:
/// difference and validation cost what the change costs, not what the tree costs.
///
/// Owner thread: none, all values are immutable but [TreeEditor] and [CandidateEditor], which live
/// within one call. Standards: RFC 6241 §7.2 (operations), RFC 7950 §7.5.8, §7.6.7, §7.7.9, §7.8.6,
/// §7.9.3 (a case replaces another). Left out: `insert` of user-ordered lists.
@NullMarked
package io.vireo.datastore.tree;

import org.jspecify.annotations.NullMarked;
