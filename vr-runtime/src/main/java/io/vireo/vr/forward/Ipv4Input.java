package io.vireo.vr.forward;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Ipv4Header;
import io.vireo.vr.wire.NetworkOrder;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Validates IPv4 headers (RFC 1812 §5.2.2), trims link-layer padding and notes the destination;
/// good packets stay in the vector.
///
/// Drops: IPV4_TOO_SHORT, IPV4_BAD_VERSION, IPV4_OPTIONS_MALFORMED, IPV4_BAD_LENGTH,
/// IPV4_BAD_CHECKSUM, IPV4_MARTIAN_SOURCE, IPV4_MARTIAN_DESTINATION, IPV4_SOURCE_ROUTED (RFC 7126
/// §4.3, §4.4), REVERSE_PATH, IPV4_FORWARDING_OFF (no address on the interface). Other options are
/// for where the packet goes. Next: [Ipv4Lookup].
final class Ipv4Input {
  private static final int MAX_DATAGRAM_BYTES = 65535;

  private final MemorySegment memory;
  private final Drops drops;
  private final Ipv4FastPath fast;
  private final PacketVector aside = new PacketVector();

  Ipv4Input(PacketPool pool, Drops drops, Ipv4FastPath fast) {
    this.fast = fast;
    this.memory = pool.memory();
    this.drops = drops;
  }

  /// All packets of the vector came from `from`.
  void run(PacketVector vector, RouterInterface from) {
    fast.check(vector, from.onlyAddress(), aside);
    for (int i = 0; i < aside.size(); i++) {
      long packet = aside.offset(i);
      DropReason reason = check(aside, i, packet, from);
      if (reason == null) {
        aside.setAddress(i, Ipv4Header.destination(memory, packet));
        vector.append(aside, i);
      } else {
        from.counters().inErrors++;
        drops.drop(reason, packet);
      }
    }
    aside.clear();
    if (from.sourceCheck() != SourceCheck.NONE) {
      fast.checkSources(vector, from.sourceCheck(), from.index(), aside);
      for (int i = 0; i < aside.size(); i++) {
        from.counters().inDiscards++;
        drops.drop(DropReason.REVERSE_PATH, aside.offset(i));
      }
      aside.clear();
    }
  }

  private @Nullable DropReason check(
      PacketVector vector, int i, long packet, RouterInterface from) {
    int length = vector.length(i);
    if (length < Ipv4Header.MIN_BYTES) {
      return DropReason.IPV4_TOO_SHORT;
    }
    if (Ipv4Header.version(memory, packet) != 4) {
      return DropReason.IPV4_BAD_VERSION;
    }
    int headerBytes = Ipv4Header.headerBytes(memory, packet);
    if (headerBytes < Ipv4Header.MIN_BYTES) {
      return DropReason.IPV4_BAD_VERSION;
    }
    if (headerBytes > length) {
      return DropReason.IPV4_OPTIONS_MALFORMED;
    }
    int total = Ipv4Header.totalLength(memory, packet);
    if (total < headerBytes || total > length) {
      return DropReason.IPV4_BAD_LENGTH;
    }
    // RFC 791 §3.2: a datagram is 65535 octets at most, header included
    int offset = Ipv4Header.fragment(memory, packet) & Ipv4Header.FRAGMENT_OFFSET_MASK;
    if (offset * 8 + total > MAX_DATAGRAM_BYTES) {
      return DropReason.IPV4_BAD_LENGTH;
    }
    if (!Ipv4Header.checksumIsGood(memory, packet, headerBytes)) {
      return DropReason.IPV4_BAD_CHECKSUM;
    }
    if (headerBytes > Ipv4Header.MIN_BYTES) {
      DropReason reason = checkOptions(packet + Ipv4Header.MIN_BYTES, packet + headerBytes);
      if (reason != null) {
        return reason;
      }
    }
    vector.setLength(i, total);
    int source = Ipv4Header.source(memory, packet);
    int destination = Ipv4Header.destination(memory, packet);
    // RFC 1812 §4.2.2.11: 0.0.0.0 is a source of hosts that ask for their address, by broadcast;
    // RFC
    // 3376 §4.2.13: of members, and of switches that ask them, without one.
    boolean asksForAddress =
        source == 0
            && (destination == Ipv4Address.BROADCAST || Ipv4Address.isMulticast(destination));
    if (Ipv4Address.isMartianSource(source) && !asksForAddress) {
      return DropReason.IPV4_MARTIAN_SOURCE;
    }
    if (Ipv4Address.isMartianDestination(destination)) {
      return DropReason.IPV4_MARTIAN_DESTINATION;
    }
    boolean linkBroadcast = (vector.flags(i) & PacketVector.FLAG_LINK_BROADCAST) != 0;
    if (linkBroadcast && !isGroupAddress(from, destination)) {
      return DropReason.IPV4_MARTIAN_DESTINATION; // RFC 1122 §3.3.6
    }
    if (from.primaryAddress() == 0) {
      return DropReason.IPV4_FORWARDING_OFF;
    }
    return from.hasAddress(source) ? DropReason.IPV4_MARTIAN_SOURCE : null;
  }

  /// RFC 791 §3.1: each option but the two of one byte has its length in the second.
  private @Nullable DropReason checkOptions(long options, long end) {
    long at = options;
    while (at < end) {
      int type = NetworkOrder.get8(memory, at);
      if (type == Ipv4Header.OPTION_END) {
        return null;
      }
      if (type == Ipv4Header.OPTION_NOTHING) {
        at++;
        continue;
      }
      int bytes = at + 1 < end ? NetworkOrder.get8(memory, at + 1) : 0;
      if (bytes < 2 || at + bytes > end) {
        return DropReason.IPV4_OPTIONS_MALFORMED;
      }
      if (type == Ipv4Header.OPTION_LOOSE_ROUTE || type == Ipv4Header.OPTION_STRICT_ROUTE) {
        return DropReason.IPV4_SOURCE_ROUTED;
      }
      at += bytes;
    }
    return null;
  }

  private static boolean isGroupAddress(RouterInterface from, int destination) {
    return destination == Ipv4Address.BROADCAST
        || Ipv4Address.isMulticast(destination)
        || from.isSubnetBroadcast(destination);
  }
}
