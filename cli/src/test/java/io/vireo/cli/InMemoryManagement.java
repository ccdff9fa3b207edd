package io.vireo.cli;

import io.vireo.cli.config.Schemas;
import io.vireo.cli.schema.Instances;
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
import io.vireo.datastore.api.LockInfo;
import io.vireo.datastore.api.Management;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementEvent;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.datastore.api.PartialLock;
import io.vireo.datastore.api.Selection;
import io.vireo.datastore.api.SessionInfo;
import io.vireo.datastore.api.StateSource;
import io.vireo.datastore.api.TreeChange;
import io.vireo.datastore.api.Trees;
import io.vireo.datastore.api.Version;
import io.vireo.schema.DeviceSchema;
import io.vireo.schema.edit.EditOperation;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.edit.TreeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.tree.api.DataTree;
import org.opendaylight.yangtools.yang.data.tree.api.DataTreeConfiguration;
import org.opendaylight.yangtools.yang.data.tree.api.DataTreeModification;
import org.opendaylight.yangtools.yang.data.tree.api.DataValidationFailedException;
import org.opendaylight.yangtools.yang.data.tree.api.TreeType;
import org.opendaylight.yangtools.yang.data.tree.impl.ReferenceDataTreeFactory;

/// The management API over data trees in memory: one candidate and one running, no validation, no
/// routers. Operational is running, or what a test put there.
final class InMemoryManagement implements Management {
  private final Schemas schemas;
  private final DeviceSchema served;
  private Map<TreeId, DataTree> candidate = new HashMap<>();
  private Trees running;
  private @Nullable Trees operational;
  private long transaction;

  /// Outputs of RPCs, by name and input.
  volatile BiFunction<QName, ContainerNode, List<ContainerNode>> rpcs = (name, input) -> List.of();

  /// Whether RPCs run until they are cancelled.
  volatile boolean endless;

  InMemoryManagement(Schemas schemas, DeviceSchema served) {
    this.schemas = schemas;
    this.served = served;
    candidate.put(TreeId.DEVICE, newTree(TreeId.DEVICE));
    running = candidateTrees();
  }

  static InMemoryManagement empty() {
    return new InMemoryManagement(Contexts.SCHEMAS, Contexts.SERVED);
  }

  private DataTree newTree(TreeId id) {
    DataTreeConfiguration configuration =
        DataTreeConfiguration.builder(TreeType.CONFIGURATION)
            .setMandatoryNodesValidation(false)
            .build();
    return new ReferenceDataTreeFactory().create(configuration, schemas.of(id).model());
  }

  Trees candidateTrees() {
    Map<String, ContainerNode> routers = new TreeMap<>();
    candidate.forEach((id, tree) -> {
      if (id instanceof TreeId.Router(String name)) {
        routers.put(name, root(tree));
      }
    });
    DataTree device = candidate.get(TreeId.DEVICE);
    if (device == null) {
      throw new IllegalStateException("no device tree");
    }
    return new Trees(root(device), routers);
  }

  Trees runningTrees() {
    return running;
  }

  void setOperational(Trees trees) {
    operational = trees;
  }

  private static ContainerNode root(DataTree tree) {
    return (ContainerNode) tree.takeSnapshot().readNode(YangInstanceIdentifier.of()).orElseThrow();
  }

  void edit(List<TreeEdit> edits) {
    for (TreeEdit edit : edits) {
      DataTree tree = candidate.computeIfAbsent(edit.tree(), this::newTree);
      DataTreeModification modification = tree.takeSnapshot().newModification();
      switch (edit.operation()) {
        case EditOperation.Merge(var path, var data) -> modification.merge(path, data);
        case EditOperation.Replace(var path, var data) -> modification.write(path, data);
        case EditOperation.Create(var path, var data) -> modification.write(path, data);
        case EditOperation.Delete(var path) -> modification.delete(path);
        case EditOperation.Remove(var path) -> modification.delete(path);
        case EditOperation.Move(var path, var position) ->
            throw new UnsupportedOperationException("no order here");
      }
      modification.ready();
      try {
        tree.validate(modification);
        tree.commit(tree.prepare(modification));
      } catch (DataValidationFailedException e) {
        throw new IllegalStateException(e);
      }
    }
    adjustRouters();
  }

  /// A router's tree is there while its list entry is.
  private void adjustRouters() {
    List<String> names = new ArrayList<>();
    schemas
        .routerList()
        .ifPresent(list ->
            Instances.everywhere(candidateTrees().device(), list.keys().getFirst())
                .forEach(n -> names.add(n.toString())));
    names.forEach(n -> candidate.computeIfAbsent(new TreeId.Router(n), this::newTree));
    candidate
        .keySet()
        .removeIf(id -> id instanceof TreeId.Router(String name) && !names.contains(name));
  }

  @Override
  public ManagementSession open(Caller caller, Runnable onKill) {
    return new Session(caller);
  }

  @Override
  public DeviceSchema schema() {
    return served;
  }

  @Override
  public List<SessionInfo> sessions() {
    return List.of(new SessionInfo(1, new Caller("admin", Caller.Door.CLI, "test"), Instant.EPOCH));
  }

  @Override
  public List<LockInfo> locks() {
    return List.of();
  }

  @Override
  public List<PartialLock> partialLocks() {
    return List.of();
  }

  @Override
  public boolean hasStartup() {
    return false;
  }

  @Override
  public void register(StateSource source) {}

  private final class Session implements ManagementSession {
    private final Caller caller;

    Session(Caller caller) {
      this.caller = caller;
    }

    @Override
    public int id() {
      return 1;
    }

    @Override
    public Caller caller() {
      return caller;
    }

    @Override
    public CompletableFuture<List<String>> read(
        Datastore datastore, Selection selection, Consumer<Trees> consumer) {
      consumer.accept(
          switch (datastore) {
            case CANDIDATE -> candidateTrees();
            case RUNNING, INTENDED, STARTUP, FACTORY_DEFAULT -> running;
            case OPERATIONAL -> operational == null ? running : operational;
          });
      return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public CompletableFuture<List<String>> read(
        Datastore datastore,
        Selection selection,
        DefaultsShown defaults,
        Consumer<DataPage> consumer) {
      return refused();
    }

    @Override
    public CompletableFuture<Void> edit(
        Datastore target, List<TreeEdit> edits, EditOptions options) {
      InMemoryManagement.this.edit(edits);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> replace(Datastore target, Trees trees) {
      return refused();
    }

    @Override
    public CompletableFuture<Void> copy(Datastore source, Datastore target) {
      return refused();
    }

    @Override
    public CompletableFuture<Void> validate(Datastore datastore) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> validate(Trees trees) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<CommitResult> commitWith(CommitOptions options) {
      Trees now = candidateTrees();
      boolean changed = !now.equals(running);
      running = now;
      transaction += changed ? 1 : 0;
      return CompletableFuture.completedFuture(
          new CommitResult(transaction, changed, List.of("port eth9 is not there")));
    }

    @Override
    public CompletableFuture<Void> cancelCommit(@Nullable String persistId) {
      return CompletableFuture.failedFuture(new UnsupportedOperationException("none pending"));
    }

    @Override
    public CompletableFuture<List<CommitInfo>> history(int limit) {
      return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public CompletableFuture<List<SessionInfo>> sessions() {
      return CompletableFuture.completedFuture(InMemoryManagement.this.sessions());
    }

    @Override
    public CompletableFuture<Void> load(long transaction) {
      return CompletableFuture.failedFuture(new UnsupportedOperationException("no history here"));
    }

    @Override
    public CompletableFuture<Trees> configurationAfter(long transaction) {
      return refused();
    }

    @Override
    public CompletableFuture<List<TreeChange>> compare(Version from, Version to) {
      return CompletableFuture.failedFuture(new UnsupportedOperationException("nor versions"));
    }

    @Override
    public CompletableFuture<Void> discard() {
      return refused();
    }

    @Override
    public CompletableFuture<Void> lock(Datastore datastore) {
      return refused();
    }

    @Override
    public CompletableFuture<Void> unlock(Datastore datastore) {
      return refused();
    }

    @Override
    public CompletableFuture<Void> delete(Datastore datastore) {
      return refused();
    }

    @Override
    public CompletableFuture<Void> usePrivateCandidate() {
      return refused();
    }

    @Override
    public CompletableFuture<Void> update() {
      return refused();
    }

    @Override
    public CompletableFuture<PartialLock> partialLock(List<String> select) {
      return refused();
    }

    @Override
    public CompletableFuture<Void> partialUnlock(int lockId) {
      return refused();
    }

    @Override
    public Subscription subscribe(Consumer<ManagementEvent> consumer) {
      return () -> {};
    }

    @Override
    public CompletableFuture<Void> authorize(TreeId tree, QName operation) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> kill(int sessionId) {
      return refused();
    }

    private static <T> CompletableFuture<T> refused() {
      return CompletableFuture.failedFuture(
          new ManagementException(
              ManagementError.application(
                  ErrorTag.OPERATION_NOT_SUPPORTED, "not in this test's datastore")));
    }

    @Override
    public Invocation invoke(
        TreeId tree, QName rpc, ContainerNode input, Consumer<ContainerNode> outputs) {
      rpcs.apply(rpc, input).forEach(outputs);
      CompletableFuture<Void> done = new CompletableFuture<>();
      if (!endless) {
        done.complete(null);
      }
      return new Invocation() {
        @Override
        public CompletableFuture<Void> done() {
          return done;
        }

        @Override
        public void cancel() {
          done.complete(null);
        }
      };
    }

    @Override
    public void close() {}
  }
}
