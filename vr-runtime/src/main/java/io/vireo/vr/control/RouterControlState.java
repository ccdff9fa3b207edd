package io.vireo.vr.control;

import io.vireo.records.router.RouterRoot;
import io.vireo.vr.VirtualRouter;
import io.vireo.vr.config.ConfigRefusal;
import io.vireo.vr.config.RouterConfig;
import io.vireo.wire.Bytes;
import io.vireo.wire.cbor.CborException;
import io.vireo.wire.cbor.CborReader;
import io.vireo.wire.cbor.RecordEdit;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The configuration in force and the one prepared: what outlives a connection of the manager.
/// Sessions take turns.
final class RouterControlState {
  private record Prepared(long transaction, RouterRoot root, RouterConfig config, Bytes id) {}

  private final VirtualRouter router;
  private final Consumer<RouterRoot> onApplied;
  private @Nullable Prepared prepared;
  private long generation;
  private RouterRoot inForce = RouterConfig.nothing();
  private RouterConfig config = RouterConfig.EMPTY;
  private @Nullable Bytes configId;

  RouterControlState(VirtualRouter router, Consumer<RouterRoot> onApplied) {
    this.router = router;
    this.onApplied = onApplied;
  }

  /// Checks a whole configuration and keeps it for [#apply]; an earlier prepared one is forgotten.
  ///
  /// @param id what it is called
  /// @return warnings: what will not take effect as things stand
  synchronized List<String> prepare(long transaction, Bytes id, byte[] bytes)
      throws CborException, ConfigRefusal {
    return prepare(transaction, id, RouterRoot.read(new CborReader(bytes)));
  }

  /// The same for a patch of the configuration in force.
  ///
  /// @return null: that is not called `base`
  synchronized @Nullable List<String> preparePatch(
      long transaction, Bytes id, Bytes base, byte[] patch) throws CborException, ConfigRefusal {
    Bytes now = configId;
    if (now == null || !base.equals(now)) {
      return null;
    }
    return prepare(
        transaction, id, RecordEdit.apply(inForce, patch, RouterRoot::read, RouterRoot::patched));
  }

  private List<String> prepare(long transaction, Bytes id, RouterRoot root) throws ConfigRefusal {
    RouterConfig next = RouterConfig.of(root, inForce, config);
    prepared = new Prepared(transaction, root, next, id);
    List<String> ports = router.ports();
    return next.interfaces().stream()
        .filter(each -> !each.loopback() && !ports.contains(each.name()))
        .map(each -> "interface " + each.name() + " is down: no port of this name is bound")
        .toList();
  }

  /// @return false when `transaction` was not prepared
  synchronized boolean apply(long transaction) {
    Prepared ready = prepared;
    if (ready == null || ready.transaction() != transaction) {
      return generation == transaction; // a repeated apply is fine
    }
    router.apply(ready.config());
    onApplied.accept(ready.root());
    generation = transaction;
    inForce = ready.root();
    config = ready.config();
    configId = ready.id();
    prepared = null;
    return true;
  }

  synchronized void abort(long transaction) {
    Prepared ready = prepared;
    if (ready != null && ready.transaction() == transaction) {
      prepared = null;
    }
  }

  synchronized long generation() {
    return generation;
  }

  synchronized @Nullable Bytes configId() {
    return configId;
  }
}
