package io.vireo.datastore.engine;

import io.vireo.datastore.api.CommitResult;
import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.RouterBinding;
import io.vireo.datastore.api.RouterBinding.Prepared;
import io.vireo.datastore.api.SessionInfo;
import io.vireo.datastore.api.Trees;
import io.vireo.datastore.store.CommitRecord;
import io.vireo.datastore.store.ConfigDatabase;
import io.vireo.datastore.store.StorageException;
import io.vireo.datastore.tree.TreeDifference;
import io.vireo.datastore.validate.Validation;
import io.vireo.schema.edit.TreeId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// Takes the candidate to running. Runs under the stage's writer lock.
public final class CommitPipeline {
  // The binding gives routers 5 s and names the one that is late; this is for a binding that hangs.
  private static final long PREPARE_DEADLINE_MS = 6_000;
  private static final long APPLY_DEADLINE_MS = 5_000;

  private final Stage stage;
  private final Validation validation;
  private final ConfigDatabase database;
  private final TreeCodec deviceCodec;
  private final TreeCodec routerCodec;
  private final RouterBinding binding;
  private final Clock clock;

  public CommitPipeline(
      Stage stage,
      Validation validation,
      ConfigDatabase database,
      TreeCodec deviceCodec,
      TreeCodec routerCodec,
      RouterBinding binding,
      Clock clock) {
    this.stage = stage;
    this.validation = validation;
    this.database = database;
    this.deviceCodec = deviceCodec;
    this.routerCodec = routerCodec;
    this.binding = binding;
    this.clock = clock;
  }

  /// The changed trees as they go to disk.
  ///
  /// @param device null: unchanged
  /// @param routers null values: gone
  @SuppressWarnings("ArrayRecordComponent")
  private record Encoded(byte @Nullable [] device, Map<String, byte @Nullable []> routers) {}

  CommitResult commit(SessionInfo session, @Nullable String comment) throws ManagementException {
    State before = stage.now();
    Validation.Result checked = validation.check(before.running(), before.candidate());
    if (!checked.errors().isEmpty()) {
      throw new ManagementException(checked.errors());
    }
    SortedSet<TreeId> changed = new TreeSet<>(checked.changes().keySet());
    if (changed.isEmpty()) {
      stage.discard();
      return new CommitResult(before.transaction(), false, List.of());
    }
    Trees after = checked.candidate().trees();
    long transaction = before.transaction() + 1;
    CompletableFuture<Prepared> preparing = prepare(transaction, before.running(), after, changed);
    Prepared prepared;
    try {
      // The routers look at the change meanwhile.
      Encoded encoded = encode(after, changed);
      prepared = await(preparing);
      write(record(transaction, session, comment, changed), encoded);
    } catch (ManagementException | RuntimeException | Error e) {
      // Also one that comes too late is told.
      preparing.thenAccept(Prepared::abort);
      throw e;
    }
    stage.publish(State.of(transaction, after));
    List<String> warnings = new ArrayList<>(prepared.warnings());
    apply(prepared, warnings);
    return new CommitResult(transaction, true, warnings);
  }

  private CompletableFuture<Prepared> prepare(
      long transaction, Trees before, Trees after, SortedSet<TreeId> changed) {
    try {
      return binding.prepare(transaction, before, after, changed);
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

  private Encoded encode(Trees after, SortedSet<TreeId> changed) {
    byte[] device = null;
    Map<String, byte @Nullable []> routers = new HashMap<>();
    for (TreeId tree : changed) {
      ContainerNode root = TreeDifference.root(after, tree);
      switch (tree) {
        case TreeId.Device() -> device = deviceCodec.encode(after.device());
        case TreeId.Router(String name) ->
            routers.put(name, root == null ? null : routerCodec.encode(root));
      }
    }
    return new Encoded(device, routers);
  }

  private CommitRecord record(
      long transaction, SessionInfo session, @Nullable String comment, SortedSet<TreeId> changed) {
    SortedSet<String> names = new TreeSet<>();
    for (TreeId tree : changed) {
      names.add(
          switch (tree) {
            case TreeId.Device() -> "device";
            case TreeId.Router(String name) -> "router/" + name;
          });
    }
    return new CommitRecord(
        transaction,
        clock.instant(),
        session.caller().user(),
        session.caller().door().name(),
        session.id(),
        comment,
        names);
  }

  private void write(CommitRecord commit, Encoded encoded) throws ManagementException {
    try {
      database.write(commit, encoded.device(), encoded.routers());
    } catch (StorageException e) {
      ErrorTag tag =
          e.fault() == StorageException.Fault.FULL
              ? ErrorTag.RESOURCE_DENIED
              : ErrorTag.OPERATION_FAILED;
      ManagementException refusal =
          new ManagementException(
              ManagementError.application(tag, "nothing was committed: " + e.getMessage()));
      refusal.initCause(e);
      throw refusal;
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
