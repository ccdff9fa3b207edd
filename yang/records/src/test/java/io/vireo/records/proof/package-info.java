/// Proof that generated records and the generic codec of the schema room write and read the same
/// YANG-CBOR, for every node of every context.
@NullMarked
package io.vireo.records.proof;

import org.jspecify.annotations.NullMarked;
