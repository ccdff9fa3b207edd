package io.vireo.vr.control;

import io.vireo.records.router.RouterRoot;
import io.vireo.vr.VirtualRouter;
import io.vireo.vr.config.ConfigRefusal;
import io.vireo.vr.config.RouterConfig;
import io.vireo.wire.Bytes;
import io.vireo.wire.cbor.CborException;
import io.vireo.wire.cbor.CborReader;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The configuration in force and the one prepared: what outlives a connection of the manager.
/// Sessions take turns.
final class RouterControlState {
  private record Prepared(long transaction, RouterRoot root, RouterConfig config, Bytes hash) {}

  private final VirtualRouter router;
  private final Consumer<RouterRoot> onApplied;
  private @Nullable Prepared prepared;
  private long generation;
  private @Nullable Bytes configHash;

  RouterControlState(VirtualRouter router, Consumer<RouterRoot> onApplied) {
    this.router = router;
    this.onApplied = onApplied;
  }

  /// Checks a configuration and keeps it for [#apply]; an earlier prepared one is forgotten.
  ///
  /// @return warnings: what will not take effect as things stand
  synchronized List<String> prepare(long transaction, byte[] bytes)
      throws CborException, ConfigRefusal {
    RouterRoot root = RouterRoot.read(new CborReader(bytes));
    RouterConfig config = RouterConfig.of(root);
    prepared = new Prepared(transaction, root, config, sha256(bytes));
    List<String> ports = router.ports();
    return config.interfaces().stream()
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
    configHash = ready.hash();
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

  synchronized @Nullable Bytes configHash() {
    return configHash;
  }

  private static Bytes sha256(byte[] bytes) {
    try {
      return Bytes.wrap(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
