package io.vireo.vr.forward;

import io.vireo.vr.fib.Adjacency;
import io.vireo.vr.fib.NextHopGroups;

/// Unicast reverse path forwarding (RFC 3704 §2.2, §2.4): what is asked of a packet's source.
public enum SourceCheck {
  NONE,
  /// A route leads to it.
  LOOSE,
  /// A route leads to it by the interface that the packet came in by.
  STRICT;

  /// Whether a packet passes.
  ///
  /// @param group what the forwarding table has for the source
  /// @param interfaceIndex where the packet came in
  boolean passes(NextHopGroups groups, int group, int interfaceIndex) {
    if (this == NONE) {
      return true;
    }
    int single = groups.single(group);
    if (single != NextHopGroups.SEVERAL) {
      return passes(groups.adjacency(single), interfaceIndex);
    }
    for (int number : groups.paths(group)) {
      if (passes(groups.adjacency(number), interfaceIndex)) {
        return true;
      }
    }
    return false;
  }

  private boolean passes(Adjacency back, int interfaceIndex) {
    return switch (back.kind()) {
      case CONNECTED, NEXT_HOP -> this == LOOSE || back.interfaceIndex() == interfaceIndex;
      case NO_ROUTE, LOCAL, BLACKHOLE, UNREACHABLE, PROHIBIT, DIRECTED_BROADCAST -> false;
    };
  }
}
