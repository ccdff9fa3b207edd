package io.vireo.datastore.api;

/// The datastores of RFC 8342 and RFC 8808.
public enum Datastore {
  RUNNING("running"),
  /// Shared, or a session's own ([ManagementSession#usePrivateCandidate]).
  CANDIDATE("candidate"),
  /// There where the engine was told to boot from it (RFC 6241 §8.7).
  STARTUP("startup"),
  /// Running as it is to be in force: nothing here is inactive or a template, so it is running.
  INTENDED("intended"),
  /// What running was after the first start; read only.
  FACTORY_DEFAULT("factory-default"),
  OPERATIONAL("operational");

  private final String yangName;

  Datastore(String yangName) {
    this.yangName = yangName;
  }

  /// The identity's name in ietf-datastores or, of factory-default, ietf-factory-default.
  public String yangName() {
    return yangName;
  }

  /// Whether it is a configuration that somebody may write.
  public boolean isWritable() {
    return this == RUNNING || this == CANDIDATE || this == STARTUP;
  }
}
