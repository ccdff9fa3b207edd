package io.vireo.datastore.store;

/// What a commit did to one tree, as patches of its bytes ([io.vireo.wire.cbor.CborPatch]).
///
/// @param redo leads from the tree before the commit to the one after
/// @param undo leads back
@SuppressWarnings("ArrayRecordComponent")
public record Delta(byte[] redo, byte[] undo) {}
