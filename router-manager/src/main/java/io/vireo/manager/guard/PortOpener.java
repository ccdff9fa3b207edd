package io.vireo.manager.guard;

import io.vireo.manager.port.LinkState;
import java.io.IOException;

/// Opens packet sockets on a device, as far as that needs privileges.
@FunctionalInterface
interface PortOpener {
  /// @param queues how many share what comes
  /// @return their descriptors, the caller's to close
  int[] open(LinkState device, int queues) throws IOException;
}
