package io.vireo.datastore.api;

/// Where operational data came from (RFC 8342 §5.3.4): the identities of ietf-origin.
public enum Origin {
  /// From the intended configuration.
  INTENDED("intended"),
  /// Made by the system.
  SYSTEM("system"),
  /// Learned from others: neighbours, addresses, routes.
  LEARNED("learned"),
  /// The model's default, in use.
  DEFAULT("default");

  private final String yangName;

  Origin(String yangName) {
    this.yangName = yangName;
  }

  /// The identity's name.
  public String yangName() {
    return yangName;
  }
}
