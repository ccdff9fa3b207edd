package io.vireo.manager.fleet;

import io.vireo.manager.life.Backoff;
import io.vireo.manager.life.RouterLife;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One virtual router: its life, its connection, its configuration. Owned by the manager's loop.
final class ManagedRouter {
  final String name;
  final RouterLife life = new RouterLife(Backoff.ofProcesses());
  DesiredRouter desired;

  /// Configuration that is or will be in force, as YANG-CBOR, and the commit that made it.
  byte[] config = {};

  long transaction;

  /// Null: not connected.
  @Nullable RouterControl link;

  /// SHA-256 of the configuration in force on this connection, once this side knows better than the
  /// greeting.
  byte @Nullable [] appliedHash;

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

  /// SHA-256 of the configuration in force.
  byte[] applied(RouterControl connected) {
    byte[] known = appliedHash;
    return known == null ? connected.greeted().configHash() : known;
  }
}
