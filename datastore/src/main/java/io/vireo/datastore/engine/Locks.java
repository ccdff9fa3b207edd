package io.vireo.datastore.engine;

import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.LockInfo;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementError.ErrorType;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.PartialLock;
import io.vireo.datastore.tree.Change;
import io.vireo.datastore.tree.RouterEntries;
import io.vireo.schema.edit.TreeId;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Global locks (RFC 6241 §7.5) and partial ones of running (RFC 5717). Changed under the stage's
/// writer lock; read by anyone.
public final class Locks {
  private final Clock clock;
  private final Map<Datastore, LockInfo> held = new EnumMap<>(Datastore.class);
  private final Map<Integer, PartialLock> parts = new TreeMap<>();
  private int lastPart;

  public Locks(Clock clock) {
    this.clock = clock;
  }

  public synchronized List<LockInfo> held() {
    return List.copyOf(held.values());
  }

  /// @param modified whether the candidate has changes that were neither committed nor discarded
  synchronized void lock(Datastore datastore, int session, boolean modified)
      throws ManagementException {
    if (!datastore.isWritable()) {
      throw new ManagementException(
          ManagementError.protocol(
              ErrorTag.INVALID_VALUE,
              datastore.yangName() + " can't be locked; lock running or candidate"));
    }
    LockInfo holder = held.get(datastore);
    if (holder != null) {
      throw denied(
          holder.session(),
          datastore.yangName() + " is locked by session " + holder.session() + " already");
    }
    if (datastore == Datastore.RUNNING) {
      // RFC 5717 §2.1.1.2: a part of it is locked by another.
      for (PartialLock part : parts.values()) {
        if (part.session() != session) {
          throw denied(part.session(), "a part of running is locked by session " + part.session());
        }
      }
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
    parts.values().removeIf(lock -> lock.session() == session);
  }

  /// The partial locks held.
  public synchronized List<PartialLock> parts() {
    return List.copyOf(parts.values());
  }

  /// RFC 5717 §2.4.1.
  synchronized PartialLock lockPart(int session, List<String> select, List<PartialLock.Node> nodes)
      throws ManagementException {
    LockInfo whole = held.get(Datastore.RUNNING);
    if (whole != null && whole.session() != session) {
      throw denied(whole.session(), "running is locked by session " + whole.session());
    }
    for (PartialLock other : parts.values()) {
      if (other.session() != session && overlap(other, nodes)) {
        throw denied(
            other.session(),
            "a part of what was named is locked by session " + other.session() + " already");
      }
    }
    lastPart = lastPart == Integer.MAX_VALUE ? 1 : lastPart + 1;
    PartialLock lock = new PartialLock(lastPart, session, clock.instant(), select, nodes);
    parts.put(lock.id(), lock);
    return lock;
  }

  private static boolean overlap(PartialLock lock, List<PartialLock.Node> nodes) {
    return lock.nodes().stream().anyMatch(one -> nodes.stream().anyMatch(two -> overlap(one, two)));
  }

  private static boolean overlap(PartialLock.Node one, PartialLock.Node two) {
    return one.tree().equals(two.tree())
        ? one.path().contains(two.path()) || two.path().contains(one.path())
        : holds(one, two.tree()) || holds(two, one.tree());
  }

  /// Whether a node of the device's has a router's tree below it.
  private static boolean holds(PartialLock.Node node, TreeId tree) {
    return node.tree() instanceof TreeId.Device
        && tree instanceof TreeId.Router(String name)
        && node.path().contains(RouterEntries.path(name));
  }

  /// RFC 5717 §2.4.2.
  synchronized void unlockPart(int id, int session) throws ManagementException {
    PartialLock lock = parts.get(id);
    if (lock == null || lock.session() != session) {
      throw new ManagementException(
          ManagementError.protocol(
              ErrorTag.INVALID_VALUE, "this session holds no partial lock " + id));
    }
    parts.remove(id);
  }

  /// Refuses a change of what another session has locked in part.
  synchronized void requireUntouched(Map<TreeId, List<Change>> changes, int session)
      throws ManagementException {
    for (PartialLock lock : parts.values()) {
      if (lock.session() == session) {
        continue;
      }
      for (PartialLock.Node node : lock.nodes()) {
        if (touches(changes, node)) {
          throw new ManagementException(
              ManagementError.at(
                  node.tree(),
                  node.path(),
                  ErrorTag.IN_USE,
                  "session " + lock.session() + " has locked this part of running"));
        }
      }
    }
  }

  private static boolean touches(Map<TreeId, List<Change>> changes, PartialLock.Node node) {
    for (Map.Entry<TreeId, List<Change>> each : changes.entrySet()) {
      for (Change change : each.getValue()) {
        if (overlap(node, new PartialLock.Node(each.getKey(), change.path()))) {
          return true;
        }
      }
    }
    return false;
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
