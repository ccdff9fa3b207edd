package io.vireo.datastore.engine;

import io.vireo.datastore.api.Caller;
import io.vireo.datastore.api.CommitOptions;
import io.vireo.datastore.api.CommitResult;
import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementError.ErrorType;
import io.vireo.datastore.api.ManagementEvent;
import io.vireo.datastore.api.ManagementEvent.Confirm;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.SessionInfo;
import io.vireo.datastore.store.PendingCommit;
import io.vireo.datastore.tree.Candidate;
import io.vireo.datastore.tree.Change;
import io.vireo.schema.edit.TreeId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The one confirmed commit that may be pending (RFC 6241 §8.4): commits that make, extend and
/// confirm it, and what takes running back when none confirms it. All but the timer's own thread
/// under the stage's writer lock.
public final class Confirmation implements AutoCloseable {
  // A rollback that a router refuses is tried again: it is promised.
  private static final long RETRY_S = 5;

  private final Stage stage;
  private final CommitPipeline commits;
  private final History history;
  private final EventBus events;
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("confirm-timer").daemon(true).factory());
  private @Nullable PendingCommit pending;
  // The session that made it; 0: it is gone, or made it before the manager's last start.
  private int session;
  private @Nullable Future<?> alarm;

  public Confirmation(
      Stage stage, CommitPipeline commits, History history, EventBus events, Clock clock) {
    this.stage = stage;
    this.commits = commits;
    this.history = history;
    this.events = events;
    this.clock = clock;
  }

  /// Takes up one that was pending when the process ended. Its session is gone with the process:
  /// without a token it is taken back at once (RFC 6241 §8.4.1).
  public void resume(PendingCommit found) throws ManagementException {
    stage.write(() -> {
      pending = found;
      session = 0;
      schedule(found.persist() == null ? clock.instant() : found.deadline());
      return null;
    });
  }

  /// @param own what is to be running, as an edit of what it is; null: the candidate that all share
  CommitResult commit(SessionInfo by, CommitOptions options, @Nullable Candidate own)
      throws ManagementException {
    requireMayConfirm(by, options.persistId());
    CommitOptions.Confirmed confirmed = options.confirmed();
    PendingCommit next = null;
    if (confirmed != null) {
      next =
          new PendingCommit(
              pending == null ? stage.now().transaction() : pending.base(),
              clock.instant().plusSeconds(confirmed.timeoutS()),
              confirmed.persist(),
              by.caller().user());
    }
    CommitResult result =
        own == null
            ? commits.commit(by, options.comment(), pending, next)
            : commits.change(by, Authority.NODES, options.comment(), own, pending, next);
    if (confirmed != null) {
      tell(by, pending == null ? Confirm.START : Confirm.EXTEND, confirmed.timeoutS());
    } else if (pending != null) {
      tell(by, Confirm.COMPLETE, 0);
    }
    pending = next;
    session = next == null ? 0 : by.id();
    schedule(next == null ? null : next.deadline());
    return result;
  }

  /// Tells whoever listens that a configuration other than running has changed.
  void tell(Datastore datastore, SessionInfo by, SortedMap<TreeId, List<Change>> changes) {
    if (!changes.isEmpty()) {
      commits.tell(datastore, by, 0, changes);
    }
  }

  /// Changes running for good: no confirmed commit is pending afterwards.
  CommitResult reset(SessionInfo by, Candidate changed) throws ManagementException {
    requireMayConfirm(by, pending == null ? null : pending.persist());
    CommitResult result =
        commits.change(by, Authority.OPERATION, "factory reset", changed, pending, null);
    pending = null;
    session = 0;
    schedule(null);
    return result;
  }

  /// Changes running itself; a confirmed commit of the same session goes on waiting.
  ///
  /// @param changed running as it is to be, as an edit of what it is
  CommitResult change(SessionInfo by, Candidate changed) throws ManagementException {
    requireMayConfirm(by, null);
    return commits.change(by, Authority.NODES, null, changed, pending, pending);
  }

  private void tell(SessionInfo by, Confirm event, int timeoutS) {
    events.publish(new ManagementEvent.ConfirmedCommit(clock.instant(), by, event, timeoutS));
  }

  /// RFC 6241 §8.4.4.1.
  void cancel(SessionInfo by, @Nullable String persistId) throws ManagementException {
    requireMayConfirm(by, persistId);
    if (pending == null) {
      throw new ManagementException(
          ManagementError.protocol(
              ErrorTag.OPERATION_FAILED, "no confirmed commit is pending: nothing to cancel"));
    }
    rollBack(by, "cancelled", Confirm.CANCEL);
  }

  /// RFC 6241 §8.4.1: one without a token goes with its session.
  void sessionEnds(SessionInfo by) throws ManagementException {
    if (pending != null && pending.persist() == null && session == by.id()) {
      session = 0;
      try {
        rollBack(system(by.caller().user()), "its session ended", Confirm.CANCEL);
      } catch (ManagementException e) {
        schedule(clock.instant().plusSeconds(RETRY_S));
      }
    }
  }

  private void requireMayConfirm(SessionInfo by, @Nullable String persistId)
      throws ManagementException {
    PendingCommit waits = pending;
    if (persistId != null) {
      if (waits == null || !Objects.equals(waits.persist(), persistId)) {
        // RFC 6241 §8.4.5.1: a token that names none is invalid-value.
        throw new ManagementException(
            ManagementError.protocol(
                ErrorTag.INVALID_VALUE,
                "persist-id '" + persistId + "' names no confirmed commit that is pending"));
      }
    } else if (waits != null && (waits.persist() != null || session != by.id())) {
      throw new ManagementException(
          new ManagementError(
              ErrorType.PROTOCOL,
              ErrorTag.IN_USE,
              null,
              TreeId.DEVICE,
              null,
              "a confirmed commit of user '"
                  + waits.user()
                  + "' is pending until "
                  + waits.deadline().truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                  + (waits.persist() == null
                      ? "; only its own session can confirm it"
                      : "; confirm it with its persist-id"),
              Map.of()));
    }
  }

  /// RFC 5717 §2.4.1: no part of running is locked while the confirmed commit of another waits.
  void requireNoneOfOthers(SessionInfo by) throws ManagementException {
    PendingCommit waits = pending;
    if (waits != null && session != by.id()) {
      throw new ManagementException(
          new ManagementError(
              ErrorType.PROTOCOL,
              ErrorTag.IN_USE,
              "outstanding-confirmed-commit",
              TreeId.DEVICE,
              null,
              "a confirmed commit of user '" + waits.user() + "' is pending",
              Map.of()));
    }
  }

  private void schedule(@Nullable Instant at) {
    if (alarm != null) {
      alarm.cancel(false);
      alarm = null;
    }
    if (at != null && !timer.isShutdown()) {
      long delayMs = Math.max(0, Duration.between(clock.instant(), at).toMillis());
      alarm = timer.schedule(this::expire, delayMs, TimeUnit.MILLISECONDS);
    }
  }

  private void expire() {
    try {
      stage.write(() -> {
        PendingCommit waits = pending;
        if (waits != null) {
          try {
            rollBack(system(waits.user()), "not confirmed in time", Confirm.TIMEOUT);
          } catch (ManagementException | RuntimeException e) {
            schedule(clock.instant().plusSeconds(RETRY_S));
          }
        }
        return null;
      });
    } catch (ManagementException e) {
      throw new IllegalStateException("a step that refuses nothing", e);
    }
  }

  // What is promised is no user's edit: neither locks nor access rules hold it up.
  private SessionInfo system(String user) {
    return new SessionInfo(0, new Caller(user, Caller.Door.SYSTEM, "timer"), clock.instant());
  }

  private void rollBack(SessionInfo by, String why, Confirm event) throws ManagementException {
    PendingCommit waits = Objects.requireNonNull(pending);
    State now = stage.now();
    // RFC 8341 §3.2: it is the confirmed commit that was asked for.
    commits.change(
        by,
        Authority.OPERATION,
        "back to commit " + waits.base() + ": " + why,
        history.at(now, waits.base()),
        waits,
        null);
    tell(by, event, 0);
    pending = null;
    session = 0;
    schedule(null);
  }

  /// Ends the timer; what is pending stays on disk.
  @Override
  public void close() {
    timer.shutdownNow();
  }
}
