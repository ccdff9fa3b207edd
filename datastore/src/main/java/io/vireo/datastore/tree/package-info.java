/// Data trees and their edits, as pure functions of immutable values.
///
/// A state of all trees is a [io.vireo.datastore.api.Trees]; an edit makes the next one from it.
/// [TreeSchema] is what one kind of tree (the device's, a virtual router's) may hold; [TreeEditor]
/// carries out the edits of one tree by copying the nodes on the way ([NodeDraft], [NodeMerge]):
/// what does not change is shared, so that an edit costs the depth of the tree. [CandidateEditor]
/// edits several trees at once, all or nothing, and holds the one rule that spans them: a virtual
/// router's tree exists exactly while its list entry stands in the device's.
///
/// [Candidate] remembers beside its trees which paths were touched since it was equal to running;
/// [TreeDifference] finds there the [Change]s that tell two states apart, and [TreePatch] writes
/// them. All three cost what the change costs, not what the tree costs.
///
/// Counts, unique and mandatory are not checked here: a candidate may break them until it is
/// validated (RFC 7950 §8.3.3).
///
/// Owner thread: none, all values are immutable but [TreeEditor] and [CandidateEditor], which live
/// within one call. Standards: RFC 6241 §7.2 (operations), RFC 7950 §7.5.8, §7.6.7, §7.7.9, §7.8.6
/// (operations and order), §7.9.3 (a case replaces another).
@NullMarked
package io.vireo.datastore.tree;

import org.jspecify.annotations.NullMarked;
