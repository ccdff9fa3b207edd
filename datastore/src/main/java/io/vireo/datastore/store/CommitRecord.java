package io.vireo.datastore.store;

import java.time.Instant;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// One row of the history.
///
/// @param transaction the commit's number, from 1
/// @param user who committed
/// @param door through which door, such as `NETCONF`
/// @param session in which session
/// @param trees the trees that changed: `device`, or `router/NAME`
public record CommitRecord(
    long transaction,
    Instant time,
    String user,
    String door,
    int session,
    @Nullable String comment,
    SortedSet<String> trees) {}
