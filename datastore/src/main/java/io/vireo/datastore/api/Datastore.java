package io.vireo.datastore.api;

/// The datastores of RFC 8342 that stand so far.
public enum Datastore {
  RUNNING("running"),
  CANDIDATE("candidate"),
  OPERATIONAL("operational");

  private final String yangName;

  Datastore(String yangName) {
    this.yangName = yangName;
  }

  /// The identity's name in ietf-datastores.
  public String yangName() {
    return yangName;
  }
}
