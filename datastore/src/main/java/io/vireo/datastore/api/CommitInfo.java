package io.vireo.datastore.api;

import io.vireo.schema.edit.TreeId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A commit of the past.
///
/// @param transaction its number, from 1
/// @param user who committed
/// @param door through which door
/// @param session in which session
/// @param trees what it changed
public record CommitInfo(
    long transaction,
    Instant time,
    String user,
    Caller.Door door,
    int session,
    @Nullable String comment,
    List<TreeId> trees) {
  public CommitInfo {
    trees = List.copyOf(trees);
  }
}
