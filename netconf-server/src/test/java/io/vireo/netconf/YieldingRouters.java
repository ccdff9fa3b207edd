package io.vireo.netconf;

import io.vireo.datastore.api.CommitWarning;
import io.vireo.datastore.api.Invocation;
import io.vireo.datastore.api.RouterBinding;
import io.vireo.datastore.api.TreeUpdate;
import io.vireo.datastore.api.Trees;
import io.vireo.schema.edit.TreeId;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.Uint32;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

/// Virtual routers that take every change, know nothing, and whose ping is always answered.
final class YieldingRouters implements RouterBinding {
  private final AtomicInteger prepared = new AtomicInteger();
  private volatile String lastCall = "";

  int prepared() {
    return prepared.get();
  }

  String lastCall() {
    return lastCall;
  }

  @Override
  public CompletableFuture<Prepared> prepare(
      long transaction, Trees before, Trees after, SortedMap<TreeId, TreeUpdate> changed) {
    prepared.incrementAndGet();
    return CompletableFuture.completedFuture(
        new Prepared() {
          @Override
          public List<CommitWarning> warnings() {
            return List.of();
          }

          @Override
          public CompletableFuture<Void> apply() {
            return CompletableFuture.allOf();
          }

          @Override
          public void abort() {}
        });
  }

  @Override
  public CompletableFuture<ContainerNode> deviceState(Trees running, @Nullable Set<QName> nodes) {
    return CompletableFuture.completedFuture(
        ImmutableNodes.newContainerBuilder().withNodeIdentifier(running.device().name()).build());
  }

  @Override
  public CompletableFuture<Void> routerState(
      String router, @Nullable Set<QName> nodes, Consumer<ContainerNode> pages) {
    return CompletableFuture.allOf();
  }

  @Override
  public Invocation invoke(
      TreeId tree, QName rpc, ContainerNode input, Consumer<ContainerNode> outputs) {
    lastCall = tree + " " + rpc.getLocalName();
    QName summary = QName.create(rpc, "summary");
    outputs.accept(
        ImmutableNodes.newContainerBuilder()
            .withNodeIdentifier(NodeIdentifier.create(QName.create(rpc, "output")))
            .withChild(
                ImmutableNodes.newContainerBuilder()
                    .withNodeIdentifier(NodeIdentifier.create(summary))
                    .withChild(
                        ImmutableNodes.leafNode(QName.create(rpc, "received"), Uint32.valueOf(2)))
                    .build())
            .build());
    return new Invocation() {
      @Override
      public CompletableFuture<Void> done() {
        return CompletableFuture.allOf();
      }

      @Override
      public void cancel() {}
    };
  }
}
