/// YANG-CBOR over data trees (RFC 9254), keyed by SIDs (RFC 9595).
///
/// The manager's half of the wire to the virtual routers: [TreeCborWriter] puts any data tree,
/// subtree, rpc input or output, or notification on the wire, [TreeCborReader] takes it off. The
/// other half, generated records, needs no schema at run time; both write the same items.
///
/// A container or list entry is a map keyed by SID deltas to its own number, a data tree's top one
/// keyed by absolute numbers; lists and leaf-lists are arrays; choices do not show. Values are as
/// RFC 9254 §6 says, those of unions carrying tags 43 to 46 where the bare item would not tell the
/// type.
///
/// Threads: writer and reader are immutable and shared; a call belongs to its thread.
///
/// Limits: nesting as [io.vireo.wire.cbor.CborReader#MAX_DEPTH]. Numbers unknown to the schema are
/// skipped and counted, so that neighbouring versions understand each other; anything else that
/// does not fit is a [TreeCborException] which names the place.
///
/// Left out: names in place of numbers (RFC 9254 §3.3); `anyxml`; `anydata` is carried as it
/// stands, as a raw item.
@NullMarked
package io.vireo.schema.cbor;

import org.jspecify.annotations.NullMarked;
