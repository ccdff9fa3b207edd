package io.vireo.datastore.access;

import java.util.Locale;

/// The operations of NETCONF that calls of the management API stand for: access to them is
/// controlled by these names, through whichever door they come (RFC 8341 §3.2).
public enum Protocol {
  GET,
  GET_CONFIG,
  EDIT_CONFIG,
  COPY_CONFIG,
  DELETE_CONFIG,
  PARTIAL_LOCK("ietf-netconf-partial-lock"),
  PARTIAL_UNLOCK("ietf-netconf-partial-lock"),
  LOCK,
  UNLOCK,
  KILL_SESSION,
  COMMIT,
  CANCEL_COMMIT,
  DISCARD_CHANGES,
  VALIDATE;

  private final String module;

  Protocol() {
    this("ietf-netconf");
  }

  Protocol(String module) {
    this.module = module;
  }

  /// The operation's name.
  public String yangName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The name of its module.
  String module() {
    return module;
  }

  // RFC 8341 §3.4.4, 11: denied where no rule permits them.
  boolean isDeniedByDefault() {
    return this == KILL_SESSION || this == DELETE_CONFIG;
  }
}
