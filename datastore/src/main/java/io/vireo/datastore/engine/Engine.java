package io.vireo.datastore.engine;

import io.vireo.datastore.access.AccessControl;
import io.vireo.datastore.api.Caller;
import io.vireo.datastore.api.LockInfo;
import io.vireo.datastore.api.ManagementEvent;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.datastore.api.RouterBinding;
import io.vireo.datastore.api.SessionInfo;
import io.vireo.datastore.tree.TreeSchemas;
import io.vireo.datastore.validate.Validation;
import java.time.Clock;
import java.util.List;

/// What all sessions share.
public record Engine(
    TreeSchemas schemas,
    Stage stage,
    Locks locks,
    SessionTable sessions,
    Validation validation,
    Confirmation commits,
    History history,
    StateReader states,
    RouterBinding binding,
    AccessControl access,
    KeptConfigs kept,
    EventBus events,
    Clock clock) {
  /// Opens a session.
  ///
  /// @param onKill run once when the session is ended by another or by the engine
  public ManagementSession open(Caller caller, Runnable onKill) {
    EngineSession session =
        sessions.add(
            caller,
            id -> new EngineSession(this, new SessionInfo(id, caller, clock.instant()), onKill));
    events.publish(new ManagementEvent.SessionStarted(clock.instant(), session.info()));
    return session;
  }

  public List<SessionInfo> sessionList() {
    return sessions.list();
  }

  public List<LockInfo> lockList() {
    return locks.held();
  }

  /// Ends all sessions.
  public void end() {
    sessions.all().forEach(session -> session.endByOther(0));
  }
}
