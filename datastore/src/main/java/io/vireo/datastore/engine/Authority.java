package io.vireo.datastore.engine;

/// By what right a configuration is changed (RFC 8341 §3.2). That of the operation has been asked
/// for where it is called.
enum Authority {
  /// All nodes that change must be permitted, too.
  NODES,
  /// The operation says what changes, not its caller; its permission is enough.
  OPERATION
}
