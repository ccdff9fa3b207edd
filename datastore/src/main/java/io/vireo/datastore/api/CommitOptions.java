package io.vireo.datastore.api;

import org.jspecify.annotations.Nullable;

/// How to commit.
///
/// @param comment kept in the history
/// @param confirmed not null: running goes back to what it was unless another commit confirms this
///   one in time (RFC 6241 §8.4)
/// @param persistId names the pending confirmed commit that this one confirms or extends; null: the
///   one that this session made, if any
public record CommitOptions(
    @Nullable String comment, @Nullable Confirmed confirmed, @Nullable String persistId) {
  /// RFC 6241 §8.4.1: seconds, where the client gives none.
  public static final int DEFAULT_TIMEOUT_S = 600;

  /// @param timeoutS how long to wait for the confirmation, in seconds from 1
  /// @param persist not null: it outlives its session, and whoever knows this token confirms it
  public record Confirmed(int timeoutS, @Nullable String persist) {
    public Confirmed {
      if (timeoutS < 1) {
        throw new IllegalArgumentException("a confirm-timeout of " + timeoutS + " s");
      }
    }
  }

  /// A commit for good.
  public static CommitOptions plain(@Nullable String comment) {
    return new CommitOptions(comment, null, null);
  }
}
