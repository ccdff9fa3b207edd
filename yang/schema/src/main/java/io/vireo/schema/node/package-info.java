/// A context's schema as data documents see it: the tree that readers, writers and doors walk.
///
/// YANG Tools' model is made of statements; a document has neither choices nor cases, and wants the
/// leaf behind a leafref, a stable order, and a number for each node. [SchemaTree] gives that view,
/// a [SchemaNode] a data node, made on the way down and kept. [NodeAssembly] puts children back
/// under the choices where data trees hold them.
///
/// Threads: a tree is filled as it is walked and may be walked by any number of threads.
///
/// Invariants: nodes of modules that are only imported do not appear; children are in schema order
/// (own as declared, then augments by namespace and name), which YANG Tools alone does not keep
/// from run to run.
///
/// Left out: actions (RFC 7950 §7.15), which no module here has.
@NullMarked
package io.vireo.schema.node;

import org.jspecify.annotations.NullMarked;
