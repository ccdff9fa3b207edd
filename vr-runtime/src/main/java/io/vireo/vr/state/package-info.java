/// Operational state as generated records: interfaces with statistics, neighbours, routes, FIB,
/// drops, sockets.
///
/// A snapshot is taken on the worker and is immutable; routes come in pages of bounded size.
@NullMarked
package io.vireo.vr.state;

import org.jspecify.annotations.NullMarked;
