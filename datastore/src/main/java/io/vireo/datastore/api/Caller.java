package io.vireo.datastore.api;

/// Who speaks, and through which door.
///
/// @param user name of the authenticated user
/// @param door the kind of door
/// @param remote where the user sits, for audit: `address:port`, or a word for a local caller
public record Caller(String user, Door door, String remote) {
  public enum Door {
    NETCONF,
    CLI,
    /// The router manager itself: boot, import of a file, recovery.
    SYSTEM
  }
}
