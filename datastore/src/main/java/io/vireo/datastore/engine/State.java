package io.vireo.datastore.engine;

import io.vireo.datastore.api.Trees;
import io.vireo.datastore.tree.Candidate;
import io.vireo.datastore.tree.TreeDifference;

/// Everything that is configured, at one instant.
///
/// @param transaction the commit that made running; 0: none yet
public record State(long transaction, Trees running, Candidate candidate) {
  /// A state whose candidate equals running.
  public static State of(long transaction, Trees running) {
    return new State(transaction, running, Candidate.of(running));
  }

  /// Whether the candidate differs from running.
  boolean isCandidateModified() {
    return !TreeDifference.between(running, candidate).isEmpty();
  }

  /// Running as a change has made it. A candidate in which nothing was changed is as running is,
  /// lest its commit take back what others have done; one with changes stays as it was, and may now
  /// differ from running where that has changed, too.
  State withRunning(long next, Candidate made) {
    Candidate kept =
        isCandidateModified() ? candidate.touchedToo(made) : Candidate.of(made.trees());
    return new State(next, made.trees(), kept);
  }

  State withCandidate(Candidate next) {
    return new State(transaction, running, next);
  }
}
