package io.vireo.datastore.api;

import io.vireo.schema.edit.TreeId;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// What the datastore needs of whoever runs the virtual routers (the router manager). All methods
/// return at once; a refusal completes the future with a [ManagementException] that names the
/// router and the path.
public interface RouterBinding {
  /// First phase of a commit. The prepared change is applied or aborted, exactly once, after the
  /// future completed. Virtual routers that do not run have no vote; the others answer within 5 s.
  ///
  /// @param transaction number of the commit
  /// @param before running as it is
  /// @param after running as it will be
  /// @param updates what is done to each tree that differs
  CompletableFuture<Prepared> prepare(
      long transaction, Trees before, Trees after, SortedMap<TreeId, TreeUpdate> updates);

  /// A change that was accepted.
  interface Prepared {
    /// What can't be done as things stand.
    List<CommitWarning> warnings();

    /// Second phase: after the commit is on disk. Can't fail; completes when the routers said so or
    /// have died.
    CompletableFuture<Void> apply();

    /// Forgets the change.
    void abort();
  }

  /// Operational data of the device that only the manager knows: ports, processes.
  ///
  /// @param nodes top-level nodes wanted; null: all
  CompletableFuture<ContainerNode> deviceState(Trees running, @Nullable Set<QName> nodes);

  /// Operational data of one virtual router, in pages to be merged.
  ///
  /// @param nodes top-level nodes wanted; null: all
  CompletableFuture<Void> routerState(
      String router, @Nullable Set<QName> nodes, Consumer<ContainerNode> pages);

  /// Invokes an RPC on the device (restart-virtual-router ...) or in a virtual router (ping ...).
  Invocation invoke(TreeId tree, QName rpc, ContainerNode input, Consumer<ContainerNode> outputs);
}
