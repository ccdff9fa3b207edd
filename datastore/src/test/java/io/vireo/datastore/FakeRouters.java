package io.vireo.datastore;

import io.vireo.datastore.api.CommitWarning;
import io.vireo.datastore.api.Invocation;
import io.vireo.datastore.api.RouterBinding;
import io.vireo.datastore.api.TreeUpdate;
import io.vireo.datastore.api.Trees;
import io.vireo.datastore.tree.TreeSchema;
import io.vireo.schema.edit.TreeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// Virtual routers that write down what they are asked and answer as the test says.
public final class FakeRouters implements RouterBinding {
  /// What happened, in order: `prepare 1 [device]`, `apply 1`, `abort 1`.
  public final List<String> events = new ArrayList<>();

  /// Answers a prepare.
  public BiFunction<Long, Prepared, CompletableFuture<Prepared>> onPrepare =
      (transaction, prepared) -> CompletableFuture.completedFuture(prepared);

  /// The device's state.
  public CompletableFuture<ContainerNode> deviceState =
      CompletableFuture.completedFuture(TreeSchema.EMPTY);

  /// A router's state.
  public BiFunction<String, Consumer<ContainerNode>, CompletableFuture<@Nullable Void>>
      routerState = (router, pages) -> CompletableFuture.completedFuture(null);

  /// Warnings that a prepared change carries.
  public List<CommitWarning> warnings = List.of();

  @Override
  public synchronized CompletableFuture<Prepared> prepare(
      long transaction, Trees before, Trees after, SortedMap<TreeId, TreeUpdate> updates) {
    events.add("prepare " + transaction + " " + updates.keySet());
    return onPrepare.apply(
        transaction,
        new Prepared() {
          @Override
          public List<CommitWarning> warnings() {
            return warnings;
          }

          @Override
          public CompletableFuture<Void> apply() {
            note("apply " + transaction);
            return CompletableFuture.completedFuture(null);
          }

          @Override
          public void abort() {
            note("abort " + transaction);
          }
        });
  }

  private synchronized void note(String event) {
    events.add(event);
  }

  @Override
  public CompletableFuture<ContainerNode> deviceState(Trees running, @Nullable Set<QName> nodes) {
    return deviceState;
  }

  @Override
  public CompletableFuture<Void> routerState(
      String router, @Nullable Set<QName> nodes, Consumer<ContainerNode> pages) {
    return routerState.apply(router, pages);
  }

  @Override
  public Invocation invoke(
      TreeId tree, QName rpc, ContainerNode input, Consumer<ContainerNode> outputs) {
    note("invoke " + tree + " " + rpc.getLocalName());
    CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    return new Invocation() {
      @Override
      public CompletableFuture<Void> done() {
        return done;
      }

      @Override
      public void cancel() {
        note("cancel");
        done.complete(null);
      }
    };
  }
}
