package io.vireo.datastore.tree;

import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// One place where two states of a tree differ: a node that came or went, with all below it, a leaf
/// with another value, or a user-ordered list whose order is another.
///
/// @param before null: it came
/// @param after null: it went
public record Change(
    YangInstanceIdentifier path, @Nullable NormalizedNode before, @Nullable NormalizedNode after) {}
