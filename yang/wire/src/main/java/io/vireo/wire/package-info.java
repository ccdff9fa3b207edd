/// What the VR, the manager and applications say to one another, byte by byte.
///
/// *Purpose.* The values that generated records share ([Identity], [Bytes], [InstanceId]), and
/// below this package the two layers of the wire: [io.vireo.wire.cbor] (RFC 8949 as used by RFC
/// 9254) and [io.vireo.wire.frame] (preface and frames of rsock and vr-control).
///
/// *Owner thread.* Values are immutable; codecs belong to one thread at a time.
///
/// *Invariants.* No dependency but the JDK. Every length that a peer sends is checked before
/// anything is allocated for it. A malformed input ends in one typed checked exception, never in
/// another one.
///
/// *Standards.* RFC 9254 (YANG-CBOR), RFC 9595 (SIDs), RFC 8949 (CBOR, without floats and bignums).
@NullMarked
package io.vireo.wire;

import org.jspecify.annotations.NullMarked;
