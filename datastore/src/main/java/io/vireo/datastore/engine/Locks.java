package io.vireo.datastore.engine;

import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.LockInfo;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementError.ErrorType;
import io.vireo.datastore.api.ManagementException;
import io.vireo.schema.edit.TreeId;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Global locks (RFC 6241 §7.5). Changed under the stage's writer lock; read by anyone.
public final class Locks {
  private final Clock clock;
  private final Map<Datastore, LockInfo> held = new EnumMap<>(Datastore.class);

  public Locks(Clock clock) {
    this.clock = clock;
  }

  public synchronized List<LockInfo> held() {
    return List.copyOf(held.values());
  }

  /// @param modified whether the candidate has changes that were neither committed nor discarded
  synchronized void lock(Datastore datastore, int session, boolean modified)
      throws ManagementException {
    if (datastore == Datastore.OPERATIONAL) {
      throw new ManagementException(
          ManagementError.protocol(
              ErrorTag.INVALID_VALUE, "operational can't be locked; lock running or candidate"));
    }
    LockInfo holder = held.get(datastore);
    if (holder != null) {
      throw denied(
          holder.session(),
          datastore.yangName() + " is locked by session " + holder.session() + " already");
    }
    // RFC 6241 §7.5: the candidate must not have been modified; no session is to blame: 0.
    if (datastore == Datastore.CANDIDATE && modified) {
      throw denied(0, "candidate has uncommitted changes; commit or discard them first");
    }
    held.put(datastore, new LockInfo(datastore, session, clock.instant()));
  }

  synchronized void unlock(Datastore datastore, int session) throws ManagementException {
    LockInfo holder = held.get(datastore);
    if (holder == null || holder.session() != session) {
      throw new ManagementException(
          ManagementError.protocol(
              ErrorTag.OPERATION_FAILED,
              holder == null
                  ? datastore.yangName() + " is not locked"
                  : datastore.yangName() + " is locked by session " + holder.session()));
    }
    held.remove(datastore);
  }

  /// Refuses where another session holds the lock.
  synchronized void requireFree(Datastore datastore, int session) throws ManagementException {
    LockInfo holder = held.get(datastore);
    if (holder != null && holder.session() != session) {
      throw new ManagementException(
          new ManagementError(
              ErrorType.PROTOCOL,
              ErrorTag.IN_USE,
              null,
              TreeId.DEVICE,
              null,
              datastore.yangName() + " is locked by session " + holder.session(),
              Map.of()));
    }
  }

  synchronized boolean holds(Datastore datastore, int session) {
    @Nullable LockInfo holder = held.get(datastore);
    return holder != null && holder.session() == session;
  }

  synchronized void release(int session) {
    held.values().removeIf(lock -> lock.session() == session);
  }

  // RFC 6241 Appendix A: lock-denied carries session-id.
  private static ManagementException denied(int holder, String message) {
    return new ManagementException(
        new ManagementError(
            ErrorType.PROTOCOL,
            ErrorTag.LOCK_DENIED,
            null,
            TreeId.DEVICE,
            null,
            message,
            Map.of("session-id", Integer.toString(holder))));
  }
}
