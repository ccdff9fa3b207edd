package io.vireo.vr.fib;

import io.vireo.vr.wire.IpAddress;
import org.jspecify.annotations.Nullable;

/// What is done with a packet that a FIB entry matched.
///
/// @param interfaceIndex where it goes out, 0 when it does not
/// @param nextHop the router it goes to, for [Kind#NEXT_HOP] only
public record Adjacency(Kind kind, int interfaceIndex, @Nullable IpAddress nextHop) {
  /// The kinds of adjacency.
  public enum Kind {
    /// Matches nothing: network unreachable.
    NO_ROUTE,
    /// One of our addresses.
    LOCAL,
    /// Dropped without a word.
    BLACKHOLE,
    /// Dropped with ICMP host unreachable.
    UNREACHABLE,
    /// Dropped with ICMP administratively prohibited.
    PROHIBIT,
    /// The broadcast address of a connected subnet (RFC 2644).
    DIRECTED_BROADCAST,
    /// A connected subnet: the destination itself is the next hop.
    CONNECTED,
    /// Another router is the next hop.
    NEXT_HOP
  }

  public static final Adjacency NO_ROUTE = new Adjacency(Kind.NO_ROUTE, 0, null);
  public static final Adjacency LOCAL = new Adjacency(Kind.LOCAL, 0, null);

  public static Adjacency connected(int interfaceIndex) {
    return new Adjacency(Kind.CONNECTED, interfaceIndex, null);
  }

  public static Adjacency nextHop(int interfaceIndex, IpAddress address) {
    return new Adjacency(Kind.NEXT_HOP, interfaceIndex, address);
  }

  public static Adjacency of(Kind kind) {
    return new Adjacency(kind, 0, null);
  }
}
