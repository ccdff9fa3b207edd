package io.vireo.manager.guard;

import io.vireo.manager.port.LinkState;
import java.io.IOException;

/// Opens a packet socket on a device, as far as that needs privileges.
@FunctionalInterface
interface PortOpener {
  /// @return a descriptor, the caller's to close
  int open(LinkState device) throws IOException;
}
