package io.vireo.vr.rib;

import io.vireo.vr.wire.IpAddress;
import org.jspecify.annotations.Nullable;

/// A next hop as RFC 8349 has it: an interface, an address, both, or a special one.
public sealed interface NextHop {
  /// A router at `address`; when `interfaceName` is absent the connected subnet decides.
  record Via(IpAddress address, @Nullable String interfaceName) implements NextHop {}

  /// Every destination is directly on the interface.
  record OnLink(String interfaceName) implements NextHop {}

  /// Packets end here.
  enum Special implements NextHop {
    BLACKHOLE,
    UNREACHABLE,
    PROHIBIT,
    RECEIVE
  }
}
