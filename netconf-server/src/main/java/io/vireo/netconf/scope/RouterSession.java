package io.vireo.netconf.scope;

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
import io.vireo.netconf.rpc.RpcErrors;
import io.vireo.schema.edit.EditOperation;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.edit.TreeId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// A session whose device is one virtual router. Used by one thread.
final class RouterSession implements ManagementSession {
  private static final Set<Datastore> SERVED =
      Set.of(Datastore.RUNNING, Datastore.CANDIDATE, Datastore.INTENDED, Datastore.OPERATIONAL);

  private final ManagementSession session;
  private final String router;
  private final TreeId.Router tree;
  private final Set<QName> routerNodes;
  private final Supplier<ContainerNode> state;
  // Of running: it stands for the lock of the whole.
  private @Nullable Integer runningLock;
  private boolean candidateLocked;
  private boolean candidateModified;

  /// @param session whose candidate is its own
  /// @param routerNodes top-level nodes that the router has
  /// @param state what the server adds to its operational state
  RouterSession(
      ManagementSession session,
      String router,
      Set<QName> routerNodes,
      Supplier<ContainerNode> state) {
    this.session = session;
    this.router = router;
    this.tree = new TreeId.Router(router);
    this.routerNodes = Set.copyOf(routerNodes);
    this.state = state;
  }

  // ---- from here to there

  private TreeId there(TreeId named) {
    return named instanceof TreeId.Device ? tree : named;
  }

  private List<TreeEdit> there(List<TreeEdit> edits) {
    return edits.stream().map(each -> new TreeEdit(there(each.tree()), each.operation())).toList();
  }

  // ---- and back

  private <T> CompletableFuture<T> here(CompletableFuture<T> call) {
    return call.handle((result, failure) -> {
      if (failure != null) {
        throw new CompletionException(here(failure));
      }
      return result;
    });
  }

  private Throwable here(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (!(cause instanceof ManagementException refused)) {
      return cause;
    }
    ManagementException told =
        new ManagementException(refused.errors().stream().map(this::here).toList());
    told.initCause(refused);
    return told;
  }

  private ManagementError here(ManagementError error) {
    return new ManagementError(
        error.type(),
        error.tag(),
        error.appTag(),
        TreeId.DEVICE,
        error.tree().equals(tree) ? error.path() : null,
        error.message(),
        error.info());
  }

  private DataPage here(DataPage page) {
    ContainerNode content = page.trees().routers().get(router);
    Trees trees = new Trees(content == null ? RouterScope.EMPTY : content, Map.of());
    return new DataPage(
        trees,
        (named, path, node) -> page.origins().of(there(named), path, node),
        (named, path) -> page.implied().test(there(named), path));
  }

  private static <T> CompletableFuture<T> refused(ErrorTag tag, String message) {
    return CompletableFuture.failedFuture(
        new ManagementException(ManagementError.protocol(tag, message)));
  }

  private <T> CompletableFuture<T> notServed(Datastore datastore) {
    return refused(
        ErrorTag.OPERATION_NOT_SUPPORTED,
        datastore.yangName() + " is the whole device's: log in without '%" + router + "'");
  }

  // ---- reading

  @Override
  public int id() {
    return session.id();
  }

  @Override
  public Caller caller() {
    return session.caller();
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
    if (!SERVED.contains(datastore)) {
      return notServed(datastore);
    }
    Set<QName> wanted = selection.deviceNodes();
    Set<QName> asked = new HashSet<>(routerNodes);
    if (wanted != null) {
      asked.retainAll(wanted);
    }
    AtomicBoolean any = new AtomicBoolean();
    CompletableFuture<List<String>> reading =
        session.read(
            datastore,
            Selection.ofRouter(router, asked),
            defaults,
            page -> {
              if (page.trees().routers().containsKey(router)) {
                any.set(true);
                consumer.accept(here(page));
              }
            });
    return here(
        reading.thenApply(warnings -> {
          if (!any.get()) {
            consumer.accept(page(RouterScope.EMPTY));
          }
          if (datastore == Datastore.OPERATIONAL) {
            consumer.accept(page(RouterScope.selected(state.get(), wanted)));
          }
          return warnings;
        }));
  }

  private static DataPage page(ContainerNode content) {
    return new DataPage(
        new Trees(content, Map.of()), DataPage.Origins.NONE, (named, path) -> false);
  }

  // ---- changing

  @Override
  public CompletableFuture<Void> edit(Datastore target, List<TreeEdit> edits, EditOptions options) {
    candidateModified |= target == Datastore.CANDIDATE;
    return here(session.edit(target, there(edits), options));
  }

  @Override
  public CompletableFuture<Void> replace(Datastore target, Trees trees) {
    if (target != Datastore.CANDIDATE && target != Datastore.RUNNING) {
      return notServed(target);
    }
    return edit(
        target,
        List.of(
            new TreeEdit(
                TreeId.DEVICE,
                new EditOperation.Replace(YangInstanceIdentifier.of(), trees.device()))),
        EditOptions.PLAIN);
  }

  @Override
  public CompletableFuture<Void> copy(Datastore source, Datastore target) {
    if (source == Datastore.RUNNING && target == Datastore.CANDIDATE) {
      return discard();
    }
    if (source == Datastore.CANDIDATE && target == Datastore.RUNNING) {
      return commitWith(CommitOptions.plain(null)).thenApply(done -> null);
    }
    return notServed(SERVED.contains(source) ? target : source);
  }

  @Override
  public CompletableFuture<Void> delete(Datastore datastore) {
    return notServed(datastore);
  }

  @Override
  public CompletableFuture<Void> usePrivateCandidate() {
    return here(session.usePrivateCandidate());
  }

  @Override
  public CompletableFuture<Void> update() {
    return here(session.update());
  }

  @Override
  public CompletableFuture<Void> validate(Datastore datastore) {
    return SERVED.contains(datastore) ? here(session.validate(datastore)) : notServed(datastore);
  }

  @Override
  public CompletableFuture<Void> validate(Trees trees) {
    return CompletableFuture.failedFuture(
        RpcErrors.notSupported(
            "<config> can't be validated by itself here, without the device around it: put it into"
                + " the candidate and validate that"));
  }

  @Override
  public CompletableFuture<CommitResult> commitWith(CommitOptions options) {
    return here(session.commitWith(options))
        .thenApply(result -> {
          candidateModified = false;
          return result;
        });
  }

  @Override
  public CompletableFuture<Void> cancelCommit(@Nullable String persistId) {
    return here(session.cancelCommit(persistId));
  }

  @Override
  public CompletableFuture<Void> discard() {
    return here(session.discard())
        .thenApply(done -> {
          candidateModified = false;
          return done;
        });
  }

  // ---- the history is the device's

  @Override
  public CompletableFuture<List<CommitInfo>> history(int limit) {
    return notServed(Datastore.RUNNING);
  }

  @Override
  public CompletableFuture<Void> load(long transaction) {
    return notServed(Datastore.RUNNING);
  }

  @Override
  public CompletableFuture<Trees> configurationAfter(long transaction) {
    return notServed(Datastore.RUNNING);
  }

  @Override
  public CompletableFuture<List<TreeChange>> compare(Version from, Version to) {
    return notServed(Datastore.RUNNING);
  }

  // ---- locks

  /// Running: all of this router's, so that sessions on others go on. The candidate is nobody
  /// else's.
  @Override
  public CompletableFuture<Void> lock(Datastore datastore) {
    if (datastore == Datastore.CANDIDATE) {
      if (candidateLocked || candidateModified) {
        String why = candidateLocked ? "is locked" : "has uncommitted changes; commit or discard";
        return CompletableFuture.failedFuture(denied("candidate of this session " + why));
      }
      candidateLocked = true;
      return CompletableFuture.completedFuture(null);
    }
    if (datastore != Datastore.RUNNING) {
      return notServed(datastore);
    }
    if (runningLock != null) {
      return CompletableFuture.failedFuture(denied("running is locked by this session already"));
    }
    return here(session.partialLock(List.of(RouterScope.expression(router))))
        .thenApply(lock -> {
          runningLock = lock.id();
          return null;
        });
  }

  private ManagementException denied(String message) {
    return new ManagementException(
        new ManagementError(
            ManagementError.ErrorType.PROTOCOL,
            ErrorTag.LOCK_DENIED,
            null,
            TreeId.DEVICE,
            null,
            message,
            Map.of("session-id", Integer.toString(id()))));
  }

  @Override
  public CompletableFuture<Void> unlock(Datastore datastore) {
    if (datastore == Datastore.CANDIDATE && candidateLocked) {
      candidateLocked = false;
      return discard(); // RFC 6241 §8.3.5.2
    }
    Integer held = runningLock;
    if (datastore == Datastore.RUNNING && held != null) {
      runningLock = null;
      return here(session.partialUnlock(held));
    }
    return refused(ErrorTag.OPERATION_FAILED, datastore.yangName() + " is not locked");
  }

  @Override
  public CompletableFuture<PartialLock> partialLock(List<String> select) {
    return refused(
        ErrorTag.OPERATION_NOT_SUPPORTED, "a session on one router has no partial locks");
  }

  @Override
  public CompletableFuture<Void> partialUnlock(int lockId) {
    return refused(
        ErrorTag.OPERATION_NOT_SUPPORTED, "a session on one router has no partial locks");
  }

  // ---- the rest

  @Override
  public CompletableFuture<List<SessionInfo>> sessions() {
    return here(session.sessions());
  }

  @Override
  public Subscription subscribe(Consumer<ManagementEvent> consumer) {
    return session.subscribe(consumer);
  }

  @Override
  public CompletableFuture<Void> kill(int sessionId) {
    return here(session.kill(sessionId));
  }

  @Override
  public CompletableFuture<Void> authorize(TreeId named, QName operation) {
    return here(session.authorize(named, operation));
  }

  @Override
  public Invocation invoke(
      TreeId named, QName rpc, ContainerNode input, Consumer<ContainerNode> outputs) {
    Invocation started = session.invoke(there(named), rpc, input, outputs);
    CompletableFuture<Void> done = here(started.done());
    return new Invocation() {
      @Override
      public CompletableFuture<Void> done() {
        return done;
      }

      @Override
      public void cancel() {
        started.cancel();
      }
    };
  }

  @Override
  public void close() {
    session.close();
  }
}
