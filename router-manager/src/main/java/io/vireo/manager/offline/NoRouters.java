package io.vireo.manager.offline;

import io.vireo.datastore.api.CommitWarning;
import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.Invocation;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.RouterBinding;
import io.vireo.datastore.api.TreeUpdate;
import io.vireo.datastore.api.Trees;
import io.vireo.datastore.tree.TreeSchema;
import io.vireo.schema.edit.TreeId;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// No virtual router runs: none has a vote.
public final class NoRouters implements RouterBinding {
  @Override
  public CompletableFuture<Prepared> prepare(
      long transaction, Trees before, Trees after, SortedMap<TreeId, TreeUpdate> updates) {
    return CompletableFuture.completedFuture(
        new Prepared() {
          @Override
          public List<CommitWarning> warnings() {
            return List.of();
          }

          @Override
          public CompletableFuture<Void> apply() {
            return CompletableFuture.completedFuture(null);
          }

          @Override
          public void abort() {}
        });
  }

  @Override
  public CompletableFuture<ContainerNode> deviceState(Trees running, @Nullable Set<QName> nodes) {
    return CompletableFuture.completedFuture(TreeSchema.EMPTY);
  }

  @Override
  public CompletableFuture<Void> routerState(
      String router, @Nullable Set<QName> nodes, Consumer<ContainerNode> pages) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public Invocation invoke(
      TreeId tree, QName rpc, ContainerNode input, Consumer<ContainerNode> outputs) {
    CompletableFuture<Void> refused =
        CompletableFuture.failedFuture(
            new ManagementException(
                ManagementError.application(ErrorTag.OPERATION_FAILED, "no router runs here")));
    return new Invocation() {
      @Override
      public CompletableFuture<Void> done() {
        return refused;
      }

      @Override
      public void cancel() {}
    };
  }
}
