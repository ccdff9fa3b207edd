package io.vireo.wire;

import io.vireo.wire.cbor.RawCbor;

/// The value of a YANG `instance-identifier` in its SID form (RFC 9254 §6.13.1): the CBOR item as
/// it stands on the wire, an unsigned SID or an array of SID and keys. What it points to is known
/// to a schema, not to this room.
public record InstanceId(RawCbor encoded) {}
