package io.vireo.ssh;

import java.io.IOException;

/// Serves one subsystem channel, from its opening to its end.
@FunctionalInterface
public interface SubsystemDoor {
  /// Runs the session. Called on a virtual thread of its own, which is interrupted when the client
  /// goes away; returning or throwing closes the channel.
  void serve(SshChannel channel) throws IOException;
}
