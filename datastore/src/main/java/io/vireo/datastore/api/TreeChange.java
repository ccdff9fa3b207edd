package io.vireo.datastore.api;

import io.vireo.schema.edit.TreeId;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// One place where two configurations differ, the least that tells them apart (RFC 9144): a node
/// that came or went with all below it, a leaf of another value, a user-ordered list in another
/// order.
///
/// @param path a virtual router that came or went has the empty path of its tree
/// @param before null: it came
/// @param after null: it went
public record TreeChange(
    TreeId tree,
    YangInstanceIdentifier path,
    @Nullable NormalizedNode before,
    @Nullable NormalizedNode after) {}
