package io.vireo.manager.binding;

import io.vireo.datastore.api.CommitWarning;
import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.Invocation;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.RouterBinding;
import io.vireo.datastore.api.TreeUpdate;
import io.vireo.datastore.api.Trees;
import io.vireo.drivers.linux.CpuAffinity;
import io.vireo.manager.fleet.DesiredFleet;
import io.vireo.manager.fleet.Failure;
import io.vireo.manager.fleet.Fleet;
import io.vireo.manager.fleet.RouterControl;
import io.vireo.manager.fleet.RouterTree;
import io.vireo.manager.life.Loop;
import io.vireo.manager.wire.PeerError;
import io.vireo.schema.cbor.TreeCborException;
import io.vireo.schema.cbor.TreeCborReader;
import io.vireo.schema.cbor.TreeCborWriter;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.SchemaTree;
import io.vireo.wire.Bytes;
import io.vireo.wire.cbor.CborException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// Carries commits to the virtual routers, and their state and operations back.
public final class FleetBinding implements RouterBinding {
  private static final long PREPARE_DEADLINE_MS = 5_000;
  private static final long SETTLE_DEADLINE_MS = 4_500;
  private static final long STATE_DEADLINE_MS = 4_500;

  private final Loop loop;
  private final Fleet fleet;
  private final SchemaTree device;
  private final SchemaTree router;
  private final RouterCalls calls;
  // As committed; one commit at a time.
  private final Map<String, RouterTree> trees;
  private @Nullable DesiredFleet committed;

  /// @param stored the configurations that the routers were started with
  public FleetBinding(
      Loop loop,
      Fleet fleet,
      SchemaTree device,
      SchemaTree router,
      Map<String, RouterTree> stored) {
    this.trees = new HashMap<>(stored);
    this.loop = loop;
    this.fleet = fleet;
    this.device = device;
    this.router = router;
    this.calls = new RouterCalls(loop, fleet, device, router);
  }

  @Override
  public CompletableFuture<Prepared> prepare(
      long transaction, Trees before, Trees after, SortedMap<TreeId, TreeUpdate> updates) {
    DesiredFleet desired;
    try {
      desired =
          updates.containsKey(TreeId.DEVICE)
              ? DeviceConfig.read(new TreeCborWriter(device).treeBytes(after.device()))
              : desiredNow(after);
    } catch (CborException mistake) {
      return CompletableFuture.failedFuture(
          refusal(TreeId.DEVICE, ErrorTag.OPERATION_FAILED, mistake.getMessage() + ""));
    }
    DesiredFleet.Conflict conflict = desired.conflict(CpuAffinity::exists);
    if (conflict != null) {
      return CompletableFuture.failedFuture(
          refusal(TreeId.DEVICE, ErrorTag.INVALID_VALUE, conflict.message()));
    }
    Map<String, RouterTree> configs = new HashMap<>();
    after
        .routers()
        .forEach((name, tree) -> {
          TreeUpdate update = updates.get(new TreeId.Router(name));
          RouterTree known = before.routers().containsKey(name) ? trees.get(name) : null;
          if (update != null && known != null) {
            configs.put(name, known.patched(Bytes.wrap(update.id()), update.patch()));
          } else if (update != null) {
            byte[] whole = new TreeCborWriter(router).treeBytes(tree);
            configs.put(name, RouterTree.whole(Bytes.wrap(update.id()), whole));
          } else if (!before.routers().containsKey(name)) {
            configs.put(name, RouterTree.EMPTY);
          }
        });
    return CompletableFuture.supplyAsync(() -> ask(transaction, desired, configs), loop)
        .thenCompose(prepared -> prepared);
  }

  // Most commits leave the device's tree as it is.
  private DesiredFleet desiredNow(Trees after) throws CborException {
    DesiredFleet known = committed;
    return known == null
        ? DeviceConfig.read(new TreeCborWriter(device).treeBytes(after.device()))
        : known;
  }

  /// On the loop: asks every router concerned that runs.
  private CompletableFuture<Prepared> ask(
      long transaction, DesiredFleet desired, Map<String, RouterTree> configs) {
    List<CommitWarning> warnings = new ArrayList<>(DeviceWarnings.of(desired, device));
    Map<String, RouterControl> asked = new HashMap<>();
    List<CompletableFuture<?>> answers = new ArrayList<>();
    configs.forEach((name, config) -> {
      RouterControl link = fleet.linkOf(name);
      boolean stays = desired.routers().containsKey(name);
      if (link != null && stays) {
        asked.put(name, link);
        answers.add(askOne(name, link, transaction, config, warnings));
      } else if (stays && fleet.desired().routers().containsKey(name)) {
        warnings.add(
            CommitWarning.of(
                name,
                "virtual router "
                    + name
                    + " does not run: its configuration takes effect when it starts"));
      }
    });
    CommitChange change = new CommitChange(transaction, desired, configs, asked, warnings);
    return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
        .handleAsync(
            (done, failure) -> {
              if (failure == null) {
                return CompletableFuture.<Prepared>completedFuture(change);
              }
              change.abort();
              return CompletableFuture.<Prepared>failedFuture(Failure.cause(failure));
            },
            loop)
        .thenCompose(result -> result);
  }

  private CompletableFuture<?> askOne(
      String name,
      RouterControl link,
      long transaction,
      RouterTree config,
      List<CommitWarning> warnings) {
    return link.prepare(transaction, config, fleet.applied(name))
        .orTimeout(PREPARE_DEADLINE_MS, TimeUnit.MILLISECONDS)
        .handleAsync(
            (said, failure) -> {
              if (failure == null) {
                said.forEach(each ->
                    warnings.add(CommitWarning.of(name, "virtual router " + name + ": " + each)));
                return CompletableFuture.<Void>completedFuture(null);
              }
              if (!link.equals(fleet.linkOf(name))) {
                // RFC 6241 knows no half commits: one that died meanwhile has no vote either.
                warnings.add(
                    CommitWarning.of(
                        name, "virtual router " + name + " died: it is started again"));
                return CompletableFuture.<Void>completedFuture(null);
              }
              return CompletableFuture.<Void>failedFuture(refused(name, Failure.cause(failure)));
            },
            loop)
        .thenCompose(answer -> answer);
  }

  private static ManagementException refused(String name, Throwable why) {
    String message = "virtual router " + name;
    if (why instanceof PeerError error) {
      String path = error.path();
      message += path == null ? ": " : " at " + path + ": ";
      return refusal(new TreeId.Router(name), tag(error.tag()), message + error.getMessage());
    }
    if (why instanceof TimeoutException) {
      message += " did not answer within " + PREPARE_DEADLINE_MS + " ms";
    } else {
      message += ": " + Failure.text(why);
    }
    return refusal(new TreeId.Router(name), ErrorTag.OPERATION_FAILED, message);
  }

  static ErrorTag tag(String text) {
    for (ErrorTag each : ErrorTag.values()) {
      if (each.text().equals(text)) {
        return each;
      }
    }
    return ErrorTag.OPERATION_FAILED;
  }

  static ManagementException refusal(TreeId tree, ErrorTag tag, String message) {
    return new ManagementException(
        new ManagementError(
            ManagementError.ErrorType.APPLICATION, tag, null, tree, null, message, Map.of()));
  }

  /// A change that every router concerned accepted.
  private final class CommitChange implements Prepared {
    private final long transaction;
    private final DesiredFleet desired;
    private final Map<String, RouterTree> configs;
    private final Map<String, RouterControl> asked;
    private final List<CommitWarning> warnings;

    CommitChange(
        long transaction,
        DesiredFleet desired,
        Map<String, RouterTree> configs,
        Map<String, RouterControl> asked,
        List<CommitWarning> warnings) {
      this.transaction = transaction;
      this.desired = desired;
      this.configs = configs;
      this.asked = asked;
      this.warnings = warnings;
    }

    @Override
    public List<CommitWarning> warnings() {
      return List.copyOf(warnings);
    }

    /// Fails, naming the routers, where one has not taken the commit in time: it gets it later.
    @Override
    public CompletableFuture<Void> apply() {
      committed = desired;
      trees.putAll(configs);
      trees.keySet().retainAll(desired.routers().keySet());
      return CompletableFuture.supplyAsync(this::applyOnLoop, loop).thenCompose(applied -> applied);
    }

    private CompletableFuture<Void> applyOnLoop() {
      List<CompletableFuture<Void>> answers = new ArrayList<>();
      SortedSet<String> late = new ConcurrentSkipListSet<>();
      fleet
          .commit(desired, configs, transaction, asked)
          .forEach((name, settled) ->
              answers.add(
                  settled
                      .copy()
                      .orTimeout(SETTLE_DEADLINE_MS, TimeUnit.MILLISECONDS)
                      .exceptionally(failure -> {
                        late.add(notTaken(name, Failure.cause(failure)));
                        return null;
                      })));
      return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
          .thenRun(() -> {
            if (!late.isEmpty()) {
              throw new CompletionException(new IOException(String.join("; ", late)));
            }
          });
    }

    private static String notTaken(String name, Throwable why) {
      return "virtual router "
          + name
          + (why instanceof TimeoutException
              ? " has not taken it within " + SETTLE_DEADLINE_MS + " ms and gets it when it answers"
              : ": " + Failure.text(why));
    }

    @Override
    public void abort() {
      asked.forEach((name, link) -> link.abort(transaction).exceptionally(gone -> null));
    }
  }

  @Override
  public CompletableFuture<ContainerNode> deviceState(Trees running, @Nullable Set<QName> nodes) {
    return CompletableFuture.supplyAsync(fleet::status, loop)
        .thenApply(status -> {
          try {
            return new TreeCborReader(device).readTree(DeviceState.emit(status));
          } catch (TreeCborException mistake) {
            throw new CompletionException(mistake);
          }
        });
  }

  @Override
  public CompletableFuture<Void> routerState(
      String name, @Nullable Set<QName> nodes, Consumer<ContainerNode> pages) {
    List<String> subtrees =
        nodes == null
            ? List.of()
            : nodes.stream()
                .map(node -> router.moduleName(node.getModule()) + ":" + node.getLocalName())
                .toList();
    TreeCborReader reader = new TreeCborReader(router);
    return CompletableFuture.supplyAsync(() -> calls.require(name), loop)
        .thenCompose(link ->
            link.get(
                subtrees,
                page -> {
                  try {
                    pages.accept(reader.readTree(page));
                  } catch (TreeCborException mistake) {
                    throw new IllegalStateException(
                        "virtual router " + name + " sent state that can't be read: " + mistake,
                        mistake);
                  }
                }))
        .orTimeout(STATE_DEADLINE_MS, TimeUnit.MILLISECONDS);
  }

  @Override
  public Invocation invoke(
      TreeId tree, QName rpc, ContainerNode input, Consumer<ContainerNode> outputs) {
    return calls.invoke(tree, rpc, input, outputs);
  }
}
