package io.vireo.vr.rib;

import io.vireo.vr.wire.IpAddress;
import org.jspecify.annotations.Nullable;

/// A next hop as RFC 8349 has it: an interface, an address, both, or a special one.
public sealed interface NextHop {
  /// Its share of the flows, against the weights of the route's other next hops.
  default int weight() {
    return 1;
  }

  /// A router at `address`; when `interfaceName` is absent the connected subnet decides, or the
  /// route that leads to it.
  record Via(IpAddress address, @Nullable String interfaceName, int weight) implements NextHop {
    public Via(IpAddress address, @Nullable String interfaceName) {
      this(address, interfaceName, 1);
    }
  }

  /// Every destination is directly on the interface.
  record OnLink(String interfaceName, int weight) implements NextHop {
    public OnLink(String interfaceName) {
      this(interfaceName, 1);
    }
  }

  /// Packets end here.
  enum Special implements NextHop {
    BLACKHOLE,
    UNREACHABLE,
    PROHIBIT,
    RECEIVE
  }
}
