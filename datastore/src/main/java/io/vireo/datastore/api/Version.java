package io.vireo.datastore.api;

/// A configuration that can be compared: a datastore's as it stands, or that of a commit.
public sealed interface Version {
  /// What a datastore holds now; not the operational one.
  record OfDatastore(Datastore datastore) implements Version {}

  /// What running was after a commit; 0: before the first.
  record OfCommit(long transaction) implements Version {}
}
