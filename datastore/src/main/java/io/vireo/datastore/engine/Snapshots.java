package io.vireo.datastore.engine;

import io.vireo.datastore.store.ConfigDatabase;
import io.vireo.datastore.store.StorageException;
import io.vireo.datastore.tree.TreeDifference;
import io.vireo.schema.edit.TreeId;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// Writes whole trees to disk where their patches have become long. In the background: commits go
/// on meanwhile. One that can't be written is tried again after the next commit; nothing depends on
/// it but how long the next start takes.
public final class Snapshots implements AutoCloseable {
  private final Stage stage;
  private final ConfigDatabase database;
  private final TreeCodec device;
  private final TreeCodec router;
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("snapshots").daemon(true).factory());
  private final AtomicBoolean pending = new AtomicBoolean();

  public Snapshots(Stage stage, ConfigDatabase database, TreeCodec device, TreeCodec router) {
    this.stage = stage;
    this.database = database;
    this.device = device;
    this.router = router;
  }

  /// To be called after each commit.
  void committed() {
    if (!database.due().isEmpty() && pending.compareAndSet(false, true)) {
      try {
        worker.execute(this::renew);
      } catch (RejectedExecutionException e) {
        // The engine ends.
        pending.set(false);
      }
    }
  }

  private void renew() {
    pending.set(false);
    Set<String> due = database.due();
    State now = stage.now();
    for (String name : due) {
      TreeId tree = TreeNames.tree(name);
      ContainerNode root = TreeDifference.root(now.running(), tree);
      byte[] cbor =
          root == null ? null : (tree instanceof TreeId.Device ? device : router).encode(root);
      try {
        database.renew(name, now.transaction(), cbor);
      } catch (StorageException e) {
        return;
      }
    }
  }

  /// Ends what is under way.
  @Override
  public void close() {
    worker.close();
  }
}
