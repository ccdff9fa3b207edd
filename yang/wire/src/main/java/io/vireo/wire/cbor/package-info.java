/// A streaming CBOR codec of the subset that YANG-CBOR needs.
///
/// *Types.* [CborWriter] appends to a growing buffer. [CborReader] walks a byte array that is
/// wholly present: `startMap` or `startArray`, then `while (in.more())` read one entry. [RawCbor]
/// is an item left as it is. [CborException] is the only way in which decoding fails.
///
/// *Owner thread.* One reader or writer belongs to one thread at a time.
///
/// *Invariants.* A reader never reads beyond its slice, never opens more than
/// [CborReader#MAX_DEPTH] containers, and never allocates for more elements than the bytes that
/// remain could hold. Anything it accepts is well-formed (RFC 8949 §5.3.1); preferred serialization
/// is written but not demanded.
///
/// *Standards.* RFC 8949 without floating point values and bignums, which are skipped but not read
/// (RFC 9254 uses neither); RFC 9254 §6 for decimal64, bits and SID deltas.
@NullMarked
package io.vireo.wire.cbor;

import org.jspecify.annotations.NullMarked;
