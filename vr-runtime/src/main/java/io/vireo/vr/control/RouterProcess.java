package io.vireo.vr.control;

import io.vireo.records.router.RouterRoot;
import io.vireo.records.router.vireosockets.Sockets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The process around a router, as its control connection needs it: what lives beside the data
/// plane and reads the same configuration. Methods must not throw.
public interface RouterProcess {
  /// This configuration came into force.
  void onApplied(RouterRoot config);

  /// The socket access rules in force with their counters; null: none are served.
  Sockets.@Nullable Access socketAccess();

  /// The folder in which the router may make sockets.
  Path folder();

  /// Something the operator may want to know.
  void log(String line);

  /// The manager asks the process to end.
  void shutDown();
}
