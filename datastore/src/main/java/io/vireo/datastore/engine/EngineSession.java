package io.vireo.datastore.engine;

import io.vireo.datastore.access.Protocol;
import io.vireo.datastore.api.Caller;
import io.vireo.datastore.api.CommitInfo;
import io.vireo.datastore.api.CommitOptions;
import io.vireo.datastore.api.CommitResult;
import io.vireo.datastore.api.DataPage;
import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.DefaultsShown;
import io.vireo.datastore.api.EditOptions;
import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.Invocation;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementEvent;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.datastore.api.PartialLock;
import io.vireo.datastore.api.Selection;
import io.vireo.datastore.api.SessionInfo;
import io.vireo.datastore.api.TreeChange;
import io.vireo.datastore.api.Trees;
import io.vireo.datastore.api.Version;
import io.vireo.datastore.tree.TreeDifference;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.edit.TreeId;
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
  private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
  private final SessionCandidate candidate;
  private final ConfigWrites writes;
  private final DataReads reads;
  private volatile int killedBy;

  EngineSession(Engine engine, SessionInfo info, Runnable onKill) {
    this.engine = engine;
    this.info = info;
    this.onKill = onKill;
    this.candidate = new SessionCandidate(engine, info.caller());
    this.writes = new ConfigWrites(engine, info, candidate);
    this.reads = new DataReads(engine, info.caller(), writes);
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
  public CompletableFuture<List<String>> read(
      Datastore datastore, Selection selection, Consumer<Trees> consumer) {
    return read(
        datastore, selection, DefaultsShown.EXPLICIT, page -> consumer.accept(page.trees()));
  }

  @Override
  public CompletableFuture<List<String>> read(
      Datastore datastore,
      Selection selection,
      DefaultsShown defaults,
      Consumer<DataPage> consumer) {
    return submit(() -> {
      require(datastore == Datastore.OPERATIONAL ? Protocol.GET : Protocol.GET_CONFIG);
      return reads.read(datastore, selection, defaults, consumer);
    });
  }

  /// Something that changes a configuration.
  private interface Writing {
    void run() throws ManagementException;
  }

  private CompletableFuture<Void> write(Protocol operation, Writing writing) {
    return submit(() -> {
      require(operation);
      return write(() -> {
        writing.run();
        return null;
      });
    });
  }

  @Override
  public CompletableFuture<Void> edit(Datastore target, List<TreeEdit> edits, EditOptions options) {
    List<TreeEdit> all = List.copyOf(edits);
    return write(Protocol.EDIT_CONFIG, () -> writes.edit(target, all, options));
  }

  @Override
  public CompletableFuture<Void> replace(Datastore target, Trees trees) {
    return write(Protocol.COPY_CONFIG, () -> writes.replace(target, trees));
  }

  @Override
  public CompletableFuture<Void> copy(Datastore source, Datastore target) {
    return write(Protocol.COPY_CONFIG, () -> writes.copy(source, target));
  }

  @Override
  public CompletableFuture<Void> delete(Datastore datastore) {
    return write(
        Protocol.DELETE_CONFIG,
        () -> {
          if (datastore != Datastore.STARTUP) {
            throw new ManagementException(
                ManagementError.protocol(
                    ErrorTag.OPERATION_NOT_SUPPORTED,
                    datastore.yangName() + " can't be deleted, only startup can"));
          }
          writes.deleteStartup();
        });
  }

  @Override
  public CompletableFuture<Void> usePrivateCandidate() {
    return submit(() -> {
      candidate.makePrivate();
      return null;
    });
  }

  @Override
  public CompletableFuture<Void> update() {
    return submit(() ->
        write(() -> {
          if (!candidate.isPrivate()) {
            throw new ManagementException(
                ManagementError.protocol(
                    ErrorTag.OPERATION_NOT_SUPPORTED,
                    "this session's candidate is the shared one: it needs no update"));
          }
          candidate.update();
          return null;
        }));
  }

  @Override
  public CompletableFuture<Void> validate(Datastore datastore) {
    return validate(() ->
        datastore == Datastore.CANDIDATE
            ? engine.validation().check(engine.stage().now().running(), candidate.now()).errors()
            : engine.validation().check(writes.requireConfiguration(datastore, "validate")));
  }

  @Override
  public CompletableFuture<Void> validate(Trees trees) {
    return validate(() -> engine.validation().check(trees));
  }

  private interface Checking {
    List<ManagementError> errors() throws ManagementException;
  }

  private CompletableFuture<Void> validate(Checking checking) {
    return submit(() -> {
      require(Protocol.VALIDATE);
      List<ManagementError> errors = checking.errors();
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
      return write(() -> writes.commit(options));
    });
  }

  @Override
  public CompletableFuture<Void> cancelCommit(@Nullable String persistId) {
    return write(
        Protocol.CANCEL_COMMIT,
        () -> {
          engine.locks().requireFree(Datastore.RUNNING, id());
          engine.commits().cancel(info, persistId);
        });
  }

  @Override
  public CompletableFuture<List<CommitInfo>> history(int limit) {
    return submit(() -> {
      require(Protocol.GET_CONFIG);
      return engine.history().list(limit, engine.access().of(caller()));
    });
  }

  @Override
  public CompletableFuture<List<SessionInfo>> sessions() {
    return submit(() -> {
      require(Protocol.GET);
      return ReadableSessions.of(engine.sessionList(), engine.schemas(), engine.access(), caller());
    });
  }

  @Override
  public CompletableFuture<Void> load(long transaction) {
    return write(Protocol.COPY_CONFIG, () -> writes.load(transaction));
  }

  @Override
  public CompletableFuture<List<TreeChange>> compare(Version from, Version to) {
    return submit(() -> {
      require(Protocol.GET_CONFIG);
      return TreeDifference.told(
          TreeDifference.between(reads.readable(version(from)), reads.readable(version(to))));
    });
  }

  @Override
  public CompletableFuture<Trees> configurationAfter(long transaction) {
    return submit(() -> {
      require(Protocol.GET_CONFIG);
      return reads.readable(version(new Version.OfCommit(transaction)));
    });
  }

  private Trees version(Version version) throws ManagementException {
    return switch (version) {
      case Version.OfCommit(long transaction) ->
          engine.history().at(engine.stage().now(), transaction).trees();
      case Version.OfDatastore(Datastore datastore) ->
          writes.requireConfiguration(datastore, "compare");
    };
  }

  @Override
  public CompletableFuture<Void> discard() {
    return write(Protocol.DISCARD_CHANGES, writes::discard);
  }

  @Override
  public CompletableFuture<Void> lock(Datastore datastore) {
    return write(
        Protocol.LOCK,
        () -> engine.locks().lock(datastore, id(), engine.stage().now().isCandidateModified()));
  }

  @Override
  public CompletableFuture<Void> unlock(Datastore datastore) {
    return write(
        Protocol.UNLOCK,
        () -> {
          engine.locks().unlock(datastore, id());
          if (datastore == Datastore.CANDIDATE) {
            // RFC 6241 §8.3.5.2: changes are discarded when the lock is released.
            engine.stage().discard();
          }
        });
  }

  @Override
  public CompletableFuture<PartialLock> partialLock(List<String> select) {
    return submit(() -> {
      require(Protocol.PARTIAL_LOCK);
      List<PartialLock.Node> nodes =
          new LockScope(engine.schemas())
              .nodes(engine.stage().now().running(), select, engine.access().of(caller()));
      return write(() -> {
        engine.commits().requireNoneOfOthers(info);
        return engine.locks().lockPart(id(), select, nodes);
      });
    });
  }

  @Override
  public CompletableFuture<Void> partialUnlock(int lockId) {
    return write(Protocol.PARTIAL_UNLOCK, () -> engine.locks().unlockPart(lockId, id()));
  }

  @Override
  public Subscription subscribe(Consumer<ManagementEvent> consumer) {
    Subscription subscription =
        engine.events().subscribe(new PermittedEvents(engine.access(), caller(), consumer)::accept);
    subscriptions.add(subscription);
    return () -> {
      subscriptions.remove(subscription);
      subscription.close();
    };
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
      other.endByOther(id());
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
              if (FactoryReset.is(rpc)) {
                write(() -> {
                  writes.factoryReset();
                  return null;
                });
                invocation.finish();
                return null;
              }
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
  ///
  /// @param by the session that ends it; 0: the engine
  void endByOther(int by) {
    killedBy = by;
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
    subscriptions.forEach(Subscription::close);
    engine
        .events()
        .publish(new ManagementEvent.SessionEnded(engine.clock().instant(), info, killedBy));
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
