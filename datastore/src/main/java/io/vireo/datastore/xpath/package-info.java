/// XPath 1.0 over data trees, as YANG wants it (RFC 7950 §6.4, §10).
///
/// [ExpressionParser] makes [Expression]s of text, with the prefixes that YANG Tools has bound in
/// statements; of leafrefs' paths its own parse is taken ([LeafrefPaths]). [Evaluator] evaluates
/// them over [DataNode]s, and [Footprint] tells beforehand, from the schema alone, which nodes an
/// expression can look at.
///
/// A [DataNode] is a place in an [AccessibleTree]: the data of one tree and, where nothing is
/// configured, what RFC 7950 §6.4.1 adds: containers without presence and defaults in use. Nodes
/// are made as an expression reaches them; steps that name all keys of a list go to the entry
/// directly.
///
/// Threads: compiled expressions and footprints are immutable and shared; a tree, its nodes and an
/// evaluation belong to one thread.
///
/// Standards: XPath 1.0 without variables, attributes and namespace axes, which YANG has no use
/// for; RFC 7950 §10.1 to §10.6: current, re-match, deref, derived-from, derived-from-or-self,
/// enum-value, bit-is-set. System-ordered lists are visited in the tree's order, which is no order.
/// An evaluation that visits too many nodes is ended with an [XPathFault].
@NullMarked
package io.vireo.datastore.xpath;

import org.jspecify.annotations.NullMarked;
