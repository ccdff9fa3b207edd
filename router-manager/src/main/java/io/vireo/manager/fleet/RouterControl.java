package io.vireo.manager.fleet;

import io.vireo.wire.Bytes;
import io.vireo.wire.cbor.CborReader;
import io.vireo.wire.frame.Envelope;
import java.io.Closeable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// What the manager may ask of a virtual router's process (vireo-vr-control). Each future fails
/// with [io.vireo.manager.wire.PeerError] where the router refuses.
public interface RouterControl extends Closeable {
  /// What the router said of itself when the connection was made.
  Greeted greeted();

  /// First phase: checks a configuration; gives warnings.
  ///
  /// @param inForce what the router runs on, as far as is known: from there a patch may lead
  CompletableFuture<List<String>> prepare(long transaction, RouterTree config, Bytes inForce);

  /// Second phase.
  CompletableFuture<Void> apply(long transaction);

  /// Forgets what was prepared.
  CompletableFuture<Void> abort(long transaction);

  /// Reads operational state, in pages of YANG-CBOR.
  ///
  /// @param subtrees top-level nodes as `module:name`; none: all
  CompletableFuture<Void> get(List<String> subtrees, Consumer<byte[]> pages);

  CompletableFuture<Void> givePort(DesiredPort port, GrantedPort granted);

  CompletableFuture<Void> takePort(String port);

  CompletableFuture<Void> portLink(String port, boolean up, String reason);

  CompletableFuture<Void> setWorkers(DesiredWorkers workers);

  /// Invokes an RPC of the router's own schema.
  ///
  /// @param outputs receives each output
  Invoked invoke(long sid, Envelope.Body input, Consumer<CborReader> outputs);

  @Override
  void close();

  /// @param pid the process
  /// @param generation transaction in force, 0: none
  /// @param configId the name of the configuration in force, empty: none
  /// @param ports the ports that it holds, by name, with what was said with each
  ///   ([DesiredPort#token])
  record Greeted(long pid, long generation, Bytes configId, Map<String, String> ports) {}

  /// An RPC that runs.
  ///
  /// @param done completes after the last output
  /// @param cancel asks it to end
  record Invoked(CompletableFuture<Void> done, Runnable cancel) {}
}
