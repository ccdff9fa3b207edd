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

  State withCandidate(Candidate next) {
    return new State(transaction, running, next);
  }
}
