package io.vireo.manager.fleet;

import io.vireo.manager.life.Backoff;
import io.vireo.manager.life.RouterLife;
import io.vireo.wire.Bytes;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One virtual router: its life, its connection, its configuration. Owned by the manager's loop.
final class ManagedRouter {
  final String name;
  final RouterLife life = new RouterLife(Backoff.ofProcesses());
  DesiredRouter desired;

  /// Configuration that is or will be in force, and the commit that made it.
  RouterTree config = RouterTree.EMPTY;

  long transaction;

  /// Null: not connected.
  @Nullable RouterControl link;

  /// The name of the configuration in force on this connection, once this side knows better than
  /// the greeting.
  @Nullable Bytes appliedId;

  /// The workers that the process has, as far as is known on this connection; null: it is not.
  @Nullable DesiredWorkers workers;

  /// Counts connections and processes, so that late news of an earlier one is told from the rest.
  int epoch;

  /// The epoch whose connection ended before [#link] knew it; 0: none.
  int endedEpoch;

  long pid;
  @Nullable Instant startTime;

  /// Completes when it first serves after it was wanted, or is given up.
  CompletableFuture<Void> settled = new CompletableFuture<>();

  /// Completes, never fails, when no configuration is on its way to the process.
  CompletableFuture<Void> bringing = CompletableFuture.completedFuture(null);

  ManagedRouter(DesiredRouter desired) {
    this.name = desired.name();
    this.desired = desired;
  }

  /// The name of the configuration in force.
  Bytes applied(RouterControl connected) {
    Bytes known = appliedId;
    return known == null ? connected.greeted().configId() : known;
  }
}
