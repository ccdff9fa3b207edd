package io.vireo.datastore.engine;

import io.vireo.datastore.access.Protocol;
import io.vireo.datastore.api.Caller;
import io.vireo.datastore.api.CommitInfo;
import io.vireo.datastore.api.CommitOptions;
import io.vireo.datastore.api.CommitResult;
import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.Invocation;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.datastore.api.Selection;
import io.vireo.datastore.api.SessionInfo;
import io.vireo.datastore.api.TreeChange;
import io.vireo.datastore.api.Trees;
import io.vireo.datastore.api.Version;
import io.vireo.datastore.tree.Candidate;
import io.vireo.datastore.tree.CandidateEditor;
import io.vireo.datastore.tree.TreeDifference;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.edit.TreeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// One session: a queue of calls, carried out in order on a virtual thread of its own.
final class EngineSession implements ManagementSession {
  private final Engine engine;
  private final SessionInfo info;
  private final Runnable onKill;
  private final ExecutorService queue;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicBoolean released = new AtomicBoolean();
  private final Set<Invocation> running = ConcurrentHashMap.newKeySet();

  EngineSession(Engine engine, SessionInfo info, Runnable onKill) {
    this.engine = engine;
    this.info = info;
    this.onKill = onKill;
    this.queue =
        Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("session-" + info.id()).factory());
  }

  SessionInfo info() {
    return info;
  }

  @Override
  public int id() {
    return info.id();
  }

  @Override
  public Caller caller() {
    return info.caller();
  }

  /// A call as its turn comes.
  private interface Call<T> {
    @Nullable T run() throws ManagementException;
  }

  private <T> CompletableFuture<T> submit(Call<T> call) {
    CompletableFuture<T> result = new CompletableFuture<>();
    if (closed.get()) {
      result.completeExceptionally(ended());
      return result;
    }
    try {
      queue.execute(() -> run(call, result));
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(ended());
    }
    return result;
  }

  private <T> void run(Call<T> call, CompletableFuture<T> result) {
    if (released.get()) {
      result.completeExceptionally(ended());
      return;
    }
    try {
      result.complete(call.run());
    } catch (ManagementException | RuntimeException | Error e) {
      result.completeExceptionally(e);
    }
  }

  /// A step of a session that has not ended: [#release] comes before it, and then it is refused, or
  /// after it, and then undoes its locks.
  private <T> @Nullable T write(Stage.Step<T> step) throws ManagementException {
    return engine
        .stage()
        .write(() -> {
          if (released.get()) {
            throw ended();
          }
          return step.run();
        });
  }

  private static ManagementException ended() {
    return new ManagementException(
        ManagementError.protocol(ErrorTag.OPERATION_FAILED, "the session has ended"));
  }

  @Override
  public CompletableFuture<List<String>> read(
      Datastore datastore, Selection selection, Consumer<Trees> consumer) {
    return submit(() -> {
      require(datastore == Datastore.OPERATIONAL ? Protocol.GET : Protocol.GET_CONFIG);
      State now = engine.stage().now();
      Consumer<Trees> readable =
          trees -> consumer.accept(engine.access().readable(caller(), trees));
      return switch (datastore) {
        case RUNNING -> {
          readable.accept(Selected.of(now.running(), selection));
          yield List.of();
        }
        case CANDIDATE -> {
          readable.accept(Selected.of(now.candidate().trees(), selection));
          yield List.of();
        }
        case OPERATIONAL -> engine.states().read(now.running(), selection, readable);
      };
    });
  }

  private void require(Protocol operation) throws ManagementException {
    engine.access().requireOperation(caller(), operation);
  }

  @Override
  public CompletableFuture<Void> authorize(TreeId tree, QName operation) {
    return submit(() -> {
      engine.access().requireOperation(caller(), tree, operation);
      return null;
    });
  }

  @Override
  public CompletableFuture<Void> edit(Datastore target, List<TreeEdit> edits) {
    List<TreeEdit> all = List.copyOf(edits);
    return change(
        Protocol.EDIT_CONFIG,
        target,
        candidate -> CandidateEditor.edit(engine.schemas(), candidate, all));
  }

  @Override
  public CompletableFuture<Void> replace(Datastore target, Trees trees) {
    return change(
        Protocol.COPY_CONFIG,
        target,
        candidate -> CandidateEditor.replace(engine.schemas(), candidate, trees));
  }

  /// An edit of the candidate.
  private interface Change {
    Candidate apply(Candidate before) throws ManagementException;
  }

  /// The candidate after a change that its user may make.
  private Candidate permitted(Candidate before, Change change) throws ManagementException {
    Candidate after = change.apply(before);
    if (!engine.access().mayChangeAll(caller())) {
      engine.access().requireChanges(caller(), TreeDifference.between(before.trees(), after));
    }
    return after;
  }

  private CompletableFuture<Void> change(Protocol operation, Datastore target, Change change) {
    return submit(() -> {
      require(operation);
      return switch (target) {
        case CANDIDATE ->
            write(() -> {
              engine.locks().requireFree(Datastore.CANDIDATE, id());
              State now = engine.stage().now();
              engine.stage().publish(now.withCandidate(permitted(now.candidate(), change)));
              return null;
            });
        // RFC 6241 §8.2: in force at once, or not at all.
        case RUNNING ->
            write(() -> {
              engine.locks().requireFree(Datastore.RUNNING, id());
              Candidate running = Candidate.of(engine.stage().now().running());
              engine.commits().change(info, permitted(running, change));
              return null;
            });
        case OPERATIONAL ->
            throw new ManagementException(
                ManagementError.protocol(
                    ErrorTag.OPERATION_NOT_SUPPORTED,
                    "operational is no configuration; edit the candidate or running"));
      };
    });
  }

  @Override
  public CompletableFuture<Void> validate(Datastore datastore) {
    return submit(() -> {
      require(Protocol.VALIDATE);
      State now = engine.stage().now();
      List<ManagementError> errors =
          switch (datastore) {
            case CANDIDATE -> engine.validation().check(now.running(), now.candidate()).errors();
            case RUNNING -> engine.validation().check(now.running());
            case OPERATIONAL ->
                List.of(
                    ManagementError.protocol(
                        ErrorTag.INVALID_VALUE,
                        "operational is not a configuration; validate candidate or running"));
          };
      if (!errors.isEmpty()) {
        throw new ManagementException(errors);
      }
      return null;
    });
  }

  @Override
  public CompletableFuture<CommitResult> commitWith(CommitOptions options) {
    return submit(() -> {
      require(Protocol.COMMIT);
      return write(() -> {
        // RFC 6241 §8.3.4.1: locked by another session: in-use.
        engine.locks().requireFree(Datastore.RUNNING, id());
        engine.locks().requireFree(Datastore.CANDIDATE, id());
        requirePermitted(engine.stage().now());
        return engine.commits().commit(info, options);
      });
    });
  }

  // RFC 8341 §3.2.6: what the commit changes of running, whoever put it into the candidate.
  private void requirePermitted(State now) throws ManagementException {
    if (!engine.access().mayChangeAll(caller())) {
      engine
          .access()
          .requireChanges(caller(), TreeDifference.between(now.running(), now.candidate()));
    }
  }

  @Override
  public CompletableFuture<Void> cancelCommit(@Nullable String persistId) {
    return submit(() -> {
      require(Protocol.CANCEL_COMMIT);
      return write(() -> {
        engine.locks().requireFree(Datastore.RUNNING, id());
        engine.commits().cancel(info, persistId);
        return null;
      });
    });
  }

  @Override
  public CompletableFuture<List<CommitInfo>> history(int limit) {
    return submit(() -> engine.history().list(limit));
  }

  @Override
  public CompletableFuture<Void> load(long transaction) {
    return submit(() -> {
      require(Protocol.COPY_CONFIG);
      return write(() -> {
        engine.locks().requireFree(Datastore.CANDIDATE, id());
        State now = engine.stage().now();
        Candidate loaded = engine.history().at(now, transaction);
        engine
            .stage()
            .publish(
                now.withCandidate(permitted(now.candidate(), before -> loaded.touchedToo(before))));
        return null;
      });
    });
  }

  @Override
  public CompletableFuture<List<TreeChange>> compare(Version from, Version to) {
    return submit(() -> {
      require(Protocol.GET_CONFIG);
      State now = engine.stage().now();
      List<TreeChange> changes = new ArrayList<>();
      TreeDifference.between(readable(version(now, from)), readable(version(now, to)))
          .forEach((tree, differences) ->
              differences.forEach(each ->
                  changes.add(new TreeChange(tree, each.path(), each.before(), each.after()))));
      return List.copyOf(changes);
    });
  }

  private Trees readable(Trees trees) {
    return engine.access().readable(caller(), trees);
  }

  private Trees version(State now, Version version) throws ManagementException {
    return switch (version) {
      case Version.OfCommit(long transaction) -> engine.history().at(now, transaction).trees();
      case Version.OfDatastore(Datastore datastore) ->
          switch (datastore) {
            case RUNNING -> now.running();
            case CANDIDATE -> now.candidate().trees();
            case OPERATIONAL ->
                throw new ManagementException(
                    ManagementError.protocol(
                        ErrorTag.INVALID_VALUE,
                        "operational is not a configuration; compare running or candidate"));
          };
    };
  }

  @Override
  public CompletableFuture<Void> discard() {
    return submit(() -> {
      require(Protocol.DISCARD_CHANGES);
      return write(() -> {
        engine.locks().requireFree(Datastore.CANDIDATE, id());
        engine.stage().discard();
        return null;
      });
    });
  }

  @Override
  public CompletableFuture<Void> lock(Datastore datastore) {
    return submit(() -> {
      require(Protocol.LOCK);
      return write(() -> {
        State now = engine.stage().now();
        engine.locks().lock(datastore, id(), now.isCandidateModified());
        return null;
      });
    });
  }

  @Override
  public CompletableFuture<Void> unlock(Datastore datastore) {
    return submit(() -> {
      require(Protocol.UNLOCK);
      return write(() -> {
        engine.locks().unlock(datastore, id());
        if (datastore == Datastore.CANDIDATE) {
          // RFC 6241 §8.3.5.2: changes are discarded when the lock is released.
          engine.stage().discard();
        }
        return null;
      });
    });
  }

  @Override
  public CompletableFuture<Void> kill(int sessionId) {
    return submit(() -> {
      require(Protocol.KILL_SESSION);
      EngineSession other = engine.sessions().find(sessionId);
      if (sessionId == id() || other == null) {
        // RFC 6241 §7.9: one's own number is invalid-value.
        throw new ManagementException(
            ManagementError.protocol(
                ErrorTag.INVALID_VALUE,
                other == null
                    ? "there is no session " + sessionId
                    : "session " + sessionId + " is this one; close it instead"));
      }
      other.endByOther();
      return null;
    });
  }

  @Override
  public Invocation invoke(
      TreeId tree, QName rpc, ContainerNode input, Consumer<ContainerNode> outputs) {
    QueuedInvocation invocation = new QueuedInvocation();
    running.add(invocation);
    invocation.done().whenComplete((done, failure) -> running.remove(invocation));
    submit(
            () -> {
              engine.access().requireOperation(caller(), tree, rpc);
              RpcInput.check(engine.schemas(), engine.stage().now().running(), tree, rpc, input);
              invocation.start(() -> engine.binding().invoke(tree, rpc, input, outputs));
              return null;
            })
        .whenComplete((started, failure) -> {
          if (failure != null) {
            invocation.fail(failure);
          }
        });
    return invocation;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      queue.execute(this::release);
      queue.shutdown();
    }
  }

  /// Ends the session at once: what waits in its queue is refused.
  void endByOther() {
    boolean first = closed.compareAndSet(false, true);
    release();
    queue.shutdown();
    if (first) {
      onKill.run();
    }
  }

  private void release() {
    if (!released.compareAndSet(false, true)) {
      return;
    }
    running.forEach(Invocation::cancel);
    try {
      engine
          .stage()
          .write(() -> {
            boolean held = engine.locks().holds(Datastore.CANDIDATE, id());
            engine.commits().sessionEnds(info);
            engine.locks().release(id());
            if (held) {
              engine.stage().discard();
            }
            return null;
          });
    } catch (ManagementException e) {
      throw new IllegalStateException("releasing locks refuses nothing", e);
    } finally {
      engine.sessions().remove(id());
    }
  }
}
