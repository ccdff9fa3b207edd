package io.vireo.datastore.engine;

import io.vireo.datastore.access.AccessControl;
import io.vireo.datastore.api.Caller;
import io.vireo.datastore.api.CommitResult;
import io.vireo.datastore.api.CommitWarning;
import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementEvent;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.RouterBinding;
import io.vireo.datastore.api.RouterBinding.Prepared;
import io.vireo.datastore.api.SessionInfo;
import io.vireo.datastore.api.TreeUpdate;
import io.vireo.datastore.api.Trees;
import io.vireo.datastore.store.CommitRecord;
import io.vireo.datastore.store.ConfigDatabase;
import io.vireo.datastore.store.Delta;
import io.vireo.datastore.store.PendingCommit;
import io.vireo.datastore.store.StorageException;
import io.vireo.datastore.tree.Candidate;
import io.vireo.datastore.tree.Change;
import io.vireo.datastore.tree.TreeDifference;
import io.vireo.datastore.tree.TreeSchemas;
import io.vireo.datastore.validate.Validation;
import io.vireo.schema.edit.TreeId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Takes the candidate to running. Runs under the stage's writer lock.
public final class CommitPipeline {
  // The binding gives routers 5 s and names the one that is late; this is for a binding that hangs.
  private static final long PREPARE_DEADLINE_MS = 6_000;
  private static final long APPLY_DEADLINE_MS = 5_000;

  private final Stage stage;
  private final Validation validation;
  private final ConfigDatabase database;
  private final TreeSchemas schemas;
  private final Snapshots snapshots;
  private final RouterBinding binding;
  private final Locks locks;
  private final AccessControl access;
  private final EventBus events;
  private final Clock clock;

  public CommitPipeline(
      Stage stage,
      Validation validation,
      ConfigDatabase database,
      TreeSchemas schemas,
      Snapshots snapshots,
      RouterBinding binding,
      Locks locks,
      AccessControl access,
      EventBus events,
      Clock clock) {
    this.stage = stage;
    this.validation = validation;
    this.database = database;
    this.schemas = schemas;
    this.snapshots = snapshots;
    this.binding = binding;
    this.locks = locks;
    this.access = access;
    this.events = events;
    this.clock = clock;
  }

  /// Makes the candidate running.
  ///
  /// @param waiting the confirmed commit that waits so far
  /// @param pending the one that waits afterwards; null: none
  CommitResult commit(
      SessionInfo session,
      @Nullable String comment,
      @Nullable PendingCommit waiting,
      @Nullable PendingCommit pending)
      throws ManagementException {
    State before = stage.now();
    Validation.Result checked = check(before, before.candidate());
    if (checked.changes().isEmpty()) {
      if (!Objects.equals(waiting, pending)) {
        store(() -> database.keepPending(pending));
      }
      stage.discard();
      return new CommitResult(before.transaction(), false, List.of());
    }
    Trees after = checked.candidate().trees();
    return commit(
        session,
        Authority.NODES,
        comment,
        checked,
        pending,
        transaction -> State.of(transaction, after));
  }

  /// Changes running past the candidate, which keeps what it has.
  ///
  /// @param authority by what right the session does so
  /// @param changed running as it is to be, as an edit of what it is
  /// @param waiting the confirmed commit that waits so far
  /// @param pending the one that waits afterwards; null: none
  CommitResult change(
      SessionInfo session,
      Authority authority,
      @Nullable String comment,
      Candidate changed,
      @Nullable PendingCommit waiting,
      @Nullable PendingCommit pending)
      throws ManagementException {
    State before = stage.now();
    Validation.Result checked = check(before, changed);
    if (checked.changes().isEmpty()) {
      if (!Objects.equals(waiting, pending)) {
        store(() -> database.keepPending(pending));
      }
      return new CommitResult(before.transaction(), false, List.of());
    }
    return commit(
        session,
        authority,
        comment,
        checked,
        pending,
        transaction -> stage.now().withRunning(transaction, checked.candidate()));
  }

  private Validation.Result check(State before, Candidate candidate) throws ManagementException {
    Validation.Result checked = validation.check(before.running(), candidate);
    if (!checked.errors().isEmpty()) {
      throw new ManagementException(checked.errors());
    }
    return checked;
  }

  private CommitResult commit(
      SessionInfo session,
      Authority authority,
      @Nullable String comment,
      Validation.Result checked,
      @Nullable PendingCommit pending,
      LongFunction<State> next)
      throws ManagementException {
    State before = stage.now();
    if (session.caller().door() != Caller.Door.SYSTEM) {
      locks.requireUntouched(checked.changes(), session.id());
    }
    if (authority == Authority.NODES) {
      // RFC 8341 §3.2.8; with what goes because its condition holds no more (RFC 7950 §8.2).
      access.requireChanges(session.caller(), checked.changes());
    }
    Trees after = checked.candidate().trees();
    SortedSet<TreeId> changed = new TreeSet<>(checked.changes().keySet());
    long transaction = before.transaction() + 1;
    Map<String, Delta> deltas = Deltas.of(schemas, before.running(), after, checked.changes());
    CompletableFuture<Prepared> preparing =
        prepare(transaction, before.running(), after, updates(deltas));
    Prepared prepared;
    try {
      prepared = await(preparing);
      CommitRecord record = record(transaction, session, comment, changed);
      store(() -> database.write(record, deltas, pending));
    } catch (ManagementException | RuntimeException | Error e) {
      // Also one that comes too late is told.
      preparing.thenAccept(Prepared::abort);
      throw e;
    }
    stage.publish(next.apply(transaction));
    snapshots.committed();
    tell(Datastore.RUNNING, session, transaction, checked.changes());
    List<String> warnings = readable(session, prepared.warnings());
    apply(prepared, warnings);
    return new CommitResult(transaction, true, warnings);
  }

  // RFC 8341 §3.2.4: a warning tells of the node that it is about.
  private List<String> readable(SessionInfo session, List<CommitWarning> warnings) {
    List<String> readable = new ArrayList<>();
    for (CommitWarning warning : warnings) {
      if (access.maySee(session.caller(), warning.tree(), warning.path())) {
        readable.add(warning.text());
      }
    }
    return readable;
  }

  /// Tells whoever listens that a configuration has changed.
  void tell(
      Datastore datastore,
      SessionInfo by,
      long transaction,
      SortedMap<TreeId, List<Change>> changes) {
    if (events.isHeard()) {
      events.publish(
          new ManagementEvent.ConfigChanged(
              clock.instant(), datastore, by, transaction, TreeDifference.told(changes)));
    }
  }

  private SortedMap<TreeId, TreeUpdate> updates(Map<String, Delta> deltas) {
    SortedMap<TreeId, TreeUpdate> updates = new TreeMap<>();
    deltas.forEach((name, delta) ->
        updates.put(
            TreeNames.tree(name),
            new TreeUpdate(delta.redo(), database.identityAfter(name, delta.redo()))));
    return updates;
  }

  private CompletableFuture<Prepared> prepare(
      long transaction, Trees before, Trees after, SortedMap<TreeId, TreeUpdate> updates) {
    try {
      return binding.prepare(transaction, before, after, updates);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static Prepared await(CompletableFuture<Prepared> preparing) throws ManagementException {
    try {
      return preparing.get(PREPARE_DEADLINE_MS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ManagementException refusal) {
        throw refusal;
      }
      throw failed("the virtual routers could not be asked", e);
    } catch (TimeoutException e) {
      throw failed("the virtual routers did not answer in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("the commit was interrupted", e);
    }
  }

  private CommitRecord record(
      long transaction, SessionInfo session, @Nullable String comment, SortedSet<TreeId> changed) {
    SortedSet<String> names = new TreeSet<>();
    changed.forEach(tree -> names.add(TreeNames.name(tree)));
    return new CommitRecord(
        transaction,
        clock.instant(),
        session.caller().user(),
        session.caller().door().name(),
        session.id(),
        comment,
        names);
  }

  private interface Writing {
    void run() throws StorageException;
  }

  private static void store(Writing writing) throws ManagementException {
    try {
      writing.run();
    } catch (StorageException e) {
      throw StorageErrors.refusal("nothing was committed", e);
    }
  }

  private static void apply(Prepared prepared, List<String> warnings) {
    try {
      prepared.apply().get(APPLY_DEADLINE_MS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | RuntimeException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      warnings.add("committed, but not in force everywhere: " + cause.getMessage());
    } catch (TimeoutException e) {
      warnings.add("committed, but a virtual router has not confirmed it yet");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      warnings.add("committed, but a virtual router has not confirmed it yet");
    }
  }

  private static ManagementException failed(String what, Exception cause) {
    ManagementException refusal =
        new ManagementException(
            ManagementError.application(
                ErrorTag.OPERATION_FAILED, what + "; nothing was committed"));
    refusal.initCause(cause);
    return refusal;
  }
}
