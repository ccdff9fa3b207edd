package io.vireo.datastore.api;

/// What a commit does to one tree.
///
/// @param patch of the tree's YANG-CBOR ([io.vireo.wire.cbor.CborPatch])
/// @param id what the tree after it is called: 32 octets, of which no two trees that differ have
///   the same; the same after a restart
@SuppressWarnings("ArrayRecordComponent")
public record TreeUpdate(byte[] patch, byte[] id) {}
