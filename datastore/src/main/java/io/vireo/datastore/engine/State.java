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

  /// Running as a commit has made it, and the candidate as it was: it may now differ from running
  /// where that has changed, too.
  State withRunning(long next, Candidate made) {
    return new State(next, made.trees(), candidate.touchedToo(made));
  }

  State withCandidate(Candidate next) {
    return new State(transaction, running, next);
  }
}
