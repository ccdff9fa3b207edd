package io.vireo.datastore.api;

import io.vireo.schema.DeviceSchema;
import java.util.List;

/// Entrance to the management API.
public interface Management {
  /// Opens a session and gives it a number that no open session has (RFC 6241 §3.1: 1 to 2^31-1).
  ///
  /// @param onKill run once when another session kills this one or the manager ends; must not block
  ManagementSession open(Caller caller, Runnable onKill);

  /// The schemas that are served.
  DeviceSchema schema();

  /// All open sessions, for a [StateSource]; a user is shown [ManagementSession#sessions].
  List<SessionInfo> sessions();

  /// All locks held.
  List<LockInfo> locks();

  /// All partial locks held.
  List<PartialLock> partialLocks();

  /// Whether there is a startup datastore.
  boolean hasStartup();

  /// Lets a door tell about its own state.
  void register(StateSource source);
}
