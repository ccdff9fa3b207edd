package io.vireo.vr.forward;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.vr.wire.Ipv6Address;
import io.vireo.vr.wire.Ipv6Header;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Validates IPv6 headers (RFC 8200 §3, RFC 4291 §2.5.2, §2.5.3, §2.7) and trims link-layer
/// padding; good packets stay in the vector. Extension headers are for where the packet goes.
///
/// Drops: IPV6_TOO_SHORT, IPV6_BAD_VERSION, IPV6_BAD_LENGTH, IPV6_MARTIAN_SOURCE,
/// IPV6_MARTIAN_DESTINATION, IPV6_FORWARDING_OFF (no IPv6 on the interface), REVERSE_PATH. Next:
/// [Ipv6Lookup].
final class Ipv6Input {
  private final MemorySegment memory;
  private final Drops drops;
  private final Ipv6FastPath fast;
  private final PacketVector aside = new PacketVector();

  Ipv6Input(PacketPool pool, Drops drops, Ipv6FastPath fast) {
    this.fast = fast;
    this.memory = pool.memory();
    this.drops = drops;
  }

  /// All packets of the vector came from `from`.
  void run(PacketVector vector, RouterInterface from) {
    fast.check(vector, from.ipv6().isRunning(), aside);
    for (int i = 0; i < aside.size(); i++) {
      long packet = aside.offset(i);
      DropReason reason = check(aside, i, packet, from);
      if (reason == null) {
        vector.append(aside, i);
      } else {
        from.counters().inErrors++;
        drops.drop(reason, packet);
      }
    }
    aside.clear();
    SourceCheck sources = from.ipv6().settings().sourceCheck();
    if (sources != SourceCheck.NONE) {
      fast.checkSources(vector, sources, from.index(), aside);
      for (int i = 0; i < aside.size(); i++) {
        from.counters().inDiscards++;
        drops.drop(DropReason.REVERSE_PATH, aside.offset(i));
      }
      aside.clear();
    }
  }

  private @Nullable DropReason check(
      PacketVector vector, int i, long packet, RouterInterface from) {
    if (!from.ipv6().isRunning()) {
      return DropReason.IPV6_FORWARDING_OFF;
    }
    int length = vector.length(i);
    if (length < Ipv6Header.BYTES) {
      return DropReason.IPV6_TOO_SHORT;
    }
    long first = Ipv6Header.firstWords(memory, packet);
    if (Ipv6Header.version(first) != 6) {
      return DropReason.IPV6_BAD_VERSION;
    }
    int total = Ipv6Header.totalLength(first);
    if (total > length) {
      return DropReason.IPV6_BAD_LENGTH;
    }
    vector.setLength(i, total);
    long fromHigh = Ipv6Header.sourceHigh(memory, packet);
    long fromLow = Ipv6Header.sourceLow(memory, packet);
    if (Ipv6Address.isMulticast(fromHigh) || Ipv6Address.isMartian(fromHigh, fromLow)) {
      return DropReason.IPV6_MARTIAN_SOURCE;
    }
    long high = Ipv6Header.destinationHigh(memory, packet);
    long low = Ipv6Header.destinationLow(memory, packet);
    boolean group = Ipv6Address.isMulticast(high);
    // RFC 4291 §2.7: scopes 0 and 1 are no link's.
    boolean martian =
        group
            ? Ipv6Address.groupScope(high) <= 1
            : Ipv6Address.isUnspecified(high, low) || Ipv6Address.isMartian(high, low);
    boolean linkGroup = (vector.flags(i) & PacketVector.FLAG_LINK_BROADCAST) != 0;
    // RFC 4291 §2.5.2: who has no address yet speaks to the link alone.
    if (Ipv6Address.isUnspecified(fromHigh, fromLow) && !group) {
      return DropReason.IPV6_MARTIAN_SOURCE;
    }
    if (martian || (linkGroup && !group)) {
      return DropReason.IPV6_MARTIAN_DESTINATION;
    }
    return null;
  }
}
