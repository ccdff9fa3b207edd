package io.vireo.ssh;

import java.io.IOException;

/// Serves one shell or exec channel, from its opening to its end.
@FunctionalInterface
public interface ShellDoor {
  /// Runs the shell, or the channel's command. Called on a virtual thread of its own, which is
  /// interrupted when the client goes away; returning closes the channel, an exception closes it
  /// with exit status 1.
  ///
  /// @return the exit status that the client sees (RFC 4254 §6.10), 0 to 255
  int serve(ShellChannel channel) throws IOException;
}
