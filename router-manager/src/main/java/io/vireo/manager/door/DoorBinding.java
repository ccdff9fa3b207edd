package io.vireo.manager.door;

import io.vireo.datastore.api.CommitWarning;
import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.Invocation;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.RouterBinding;
import io.vireo.datastore.api.TreeUpdate;
import io.vireo.datastore.api.Trees;
import io.vireo.schema.edit.TreeId;
import io.vireo.ssh.SshEndpoint;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// Carries commits to the doors, and beyond them to the virtual routers.
public final class DoorBinding implements RouterBinding {
  private final Doors doors;
  private final RouterBinding routers;

  public DoorBinding(Doors doors, RouterBinding routers) {
    this.doors = doors;
    this.routers = routers;
  }

  @Override
  public CompletableFuture<Prepared> prepare(
      long transaction, Trees before, Trees after, SortedMap<TreeId, TreeUpdate> updates) {
    SshEndpoint.Change change;
    try {
      change =
          updates.containsKey(TreeId.DEVICE) && doors.differ(before.device(), after.device())
              ? doors.prepare(after.device())
              : null;
    } catch (BadEndpointException wrong) {
      return refusal(ErrorTag.INVALID_VALUE, wrong);
    } catch (IOException failed) {
      return refusal(ErrorTag.OPERATION_FAILED, failed);
    }
    if (change == null) {
      return routers.prepare(transaction, before, after, updates);
    }
    try {
      return routers
          .prepare(transaction, before, after, updates)
          .whenComplete((routersToo, failure) -> {
            if (failure != null) {
              change.abort();
            }
          })
          .thenApply(routersToo -> new Both(change, routersToo));
    } catch (RuntimeException mistake) {
      change.abort();
      throw mistake;
    }
  }

  private static CompletableFuture<Prepared> refusal(ErrorTag tag, IOException why) {
    return CompletableFuture.failedFuture(
        new ManagementException(
            new ManagementError(
                ManagementError.ErrorType.APPLICATION,
                tag,
                null,
                TreeId.DEVICE,
                null,
                String.valueOf(why.getMessage()),
                Map.of())));
  }

  private record Both(SshEndpoint.Change doors, Prepared routers) implements Prepared {
    @Override
    public List<CommitWarning> warnings() {
      return routers.warnings();
    }

    @Override
    public CompletableFuture<Void> apply() {
      CompletableFuture<Void> doorsToo = CompletableFuture.allOf();
      try {
        doors.apply();
      } catch (RuntimeException mistake) {
        // The routers get it all the same.
        doorsToo = CompletableFuture.failedFuture(mistake);
      }
      return CompletableFuture.allOf(doorsToo, routers.apply());
    }

    @Override
    public void abort() {
      try {
        doors.abort();
      } finally {
        routers.abort();
      }
    }
  }

  @Override
  public CompletableFuture<ContainerNode> deviceState(Trees running, @Nullable Set<QName> nodes) {
    return routers.deviceState(running, nodes);
  }

  @Override
  public CompletableFuture<Void> routerState(
      String router, @Nullable Set<QName> nodes, Consumer<ContainerNode> pages) {
    return routers.routerState(router, nodes, pages);
  }

  @Override
  public Invocation invoke(
      TreeId tree, QName rpc, ContainerNode input, Consumer<ContainerNode> outputs) {
    return routers.invoke(tree, rpc, input, outputs);
  }
}
