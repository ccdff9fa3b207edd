package io.vireo.datastore.access;

/// What is asked for (RFC 8341 §3.2.2, §3.4.3): the bits of `access-operations-type`.
public enum Access {
  CREATE,
  READ,
  UPDATE,
  DELETE,
  EXEC;

  /// The bit's name.
  String yangName() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  boolean isWrite() {
    return this == CREATE || this == UPDATE || this == DELETE;
  }
}
