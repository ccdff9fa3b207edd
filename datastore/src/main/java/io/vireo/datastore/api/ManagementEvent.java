package io.vireo.datastore.api;

import java.time.Instant;
import java.util.List;

/// What happened to the datastores and sessions: the base notifications of RFC 6470.
public sealed interface ManagementEvent {
  Instant time();

  /// RFC 6470 §2.2, netconf-config-change.
  ///
  /// @param transaction the commit that did it; 0: it was not running that changed
  /// @param changes the edit list
  record ConfigChanged(
      Instant time, Datastore datastore, SessionInfo by, long transaction, List<TreeChange> changes)
      implements ManagementEvent {
    public ConfigChanged {
      changes = List.copyOf(changes);
    }
  }

  /// RFC 6470 §2.4, netconf-session-start.
  record SessionStarted(Instant time, SessionInfo session) implements ManagementEvent {}

  /// RFC 6470 §2.5, netconf-session-end.
  ///
  /// @param killedBy the session that ended it; 0: it ended by itself, or all did
  record SessionEnded(Instant time, SessionInfo session, int killedBy) implements ManagementEvent {}

  /// RFC 6470 §2.6, netconf-confirmed-commit.
  ///
  /// @param by whose commit it was
  /// @param timeoutS of one that starts or is extended, in seconds; else 0
  record ConfirmedCommit(Instant time, SessionInfo by, Confirm event, int timeoutS)
      implements ManagementEvent {}

  /// What becomes of a confirmed commit.
  enum Confirm {
    START,
    CANCEL,
    TIMEOUT,
    EXTEND,
    COMPLETE
  }

  /// The receiver was too slow.
  ///
  /// @param count how many events it has missed
  record Missed(Instant time, long count) implements ManagementEvent {}
}
