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
  LOCK,
  UNLOCK,
  KILL_SESSION,
  COMMIT,
  CANCEL_COMMIT,
  DISCARD_CHANGES,
  VALIDATE;

  /// The operation's name.
  public String yangName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String namespace() {
    return "urn:ietf:params:xml:ns:netconf:base:1.0";
  }
}
