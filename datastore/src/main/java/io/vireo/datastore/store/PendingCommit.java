package io.vireo.datastore.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A confirmed commit that waits for its confirmation (RFC 6241 §8.4): kept with the commit itself,
/// so that a death of the process does not make it permanent.
///
/// @param base the commit that running goes back to
/// @param deadline when it does
/// @param persist the token that confirms it from any session; null: only its own session can
/// @param user who committed
public record PendingCommit(long base, Instant deadline, @Nullable String persist, String user) {}
