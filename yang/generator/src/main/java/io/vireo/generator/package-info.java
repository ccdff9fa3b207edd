/// Java source from YANG: one record per container and list entry, with its YANG-CBOR codec.
///
/// *Purpose.* The generator is a pure function, schema contexts and SIDs to a map of path to source
/// text; its main, [RecordsMain], writes that map into `yang/records` during the build. The SID
/// tool in [io.vireo.generator.sid] keeps the numbers.
///
/// *Types.* [model][io.vireo.generator.model] is what is to be written, worked out from YANG Tools'
/// schema nodes; [java][io.vireo.generator.java] prints it.
///
/// *Owner thread.* Everything runs in the build's thread.
///
/// *Data in, data out.* In: the contexts' manifests, the YANG modules, the `.sid` files. Out:
/// sources that compile under `-Xlint:all -Werror`, the same bytes for the same input.
///
/// *Invariants.* Nothing is generated for a statement that is not understood: the build fails and
/// names the node. Children come as declared, then those of other modules by namespace and name.
///
/// *Standards.* RFC 7950, RFC 9254, RFC 9595. Patterns are checked only where a union must choose
/// between members; must, when and uniqueness belong to the datastore.
@NullMarked
package io.vireo.generator;

import org.jspecify.annotations.NullMarked;
