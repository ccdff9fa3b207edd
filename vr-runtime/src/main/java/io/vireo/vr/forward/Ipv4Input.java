package io.vireo.vr.forward;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Ipv4Header;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Validates IPv4 headers (RFC 1812 §5.2.2) and trims link-layer padding.
///
/// Drops: IPV4_TOO_SHORT, IPV4_BAD_VERSION, IPV4_OPTIONS_MALFORMED, IPV4_BAD_LENGTH,
/// IPV4_BAD_CHECKSUM, IPV4_MARTIAN_SOURCE, IPV4_MARTIAN_DESTINATION, IPV4_FORWARDING_OFF (no
/// address on the interface). Next: [Ipv4Lookup].
final class Ipv4Input {
  private static final int MAX_DATAGRAM_BYTES = 65535;

  final PacketVector input = new PacketVector();
  private final MemorySegment memory;
  private final Drops drops;
  private final InterfaceTable interfaces;
  private final PacketVector lookup;

  Ipv4Input(PacketPool pool, Drops drops, InterfaceTable interfaces, PacketVector lookup) {
    this.memory = pool.memory();
    this.drops = drops;
    this.interfaces = interfaces;
    this.lookup = lookup;
  }

  void run() {
    for (int i = 0; i < input.size(); i++) {
      long packet = input.offset(i);
      DropReason reason = check(i, packet, input.length(i));
      if (reason == null) {
        lookup.append(input, i);
        continue;
      }
      RouterInterface from = interfaces.lookup(input.interfaceIndex(i));
      if (from != null) {
        from.counters().inErrors++;
      }
      drops.drop(reason, packet);
    }
    input.clear();
  }

  private @Nullable DropReason check(int i, long packet, int length) {
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
    input.setLength(i, total);
    int source = Ipv4Header.source(memory, packet);
    int destination = Ipv4Header.destination(memory, packet);
    // RFC 1812 §4.2.2.11: 0.0.0.0 is a source of hosts that ask for their address, by broadcast.
    boolean asksForAddress = source == 0 && destination == Ipv4Address.BROADCAST;
    if (Ipv4Address.isMartianSource(source) && !asksForAddress) {
      return DropReason.IPV4_MARTIAN_SOURCE;
    }
    if (Ipv4Address.isMartianDestination(destination)) {
      return DropReason.IPV4_MARTIAN_DESTINATION;
    }
    boolean linkBroadcast = (input.flags(i) & PacketVector.FLAG_LINK_BROADCAST) != 0;
    if (linkBroadcast && !isGroupAddress(i, destination)) {
      return DropReason.IPV4_MARTIAN_DESTINATION; // RFC 1122 §3.3.6
    }
    RouterInterface from = interfaces.lookup(input.interfaceIndex(i));
    if (from == null || from.primaryAddress() == 0) {
      return DropReason.IPV4_FORWARDING_OFF;
    }
    return from.hasAddress(source) ? DropReason.IPV4_MARTIAN_SOURCE : null;
  }

  private boolean isGroupAddress(int i, int destination) {
    if (destination == Ipv4Address.BROADCAST || Ipv4Address.isMulticast(destination)) {
      return true;
    }
    RouterInterface from = interfaces.lookup(input.interfaceIndex(i));
    return from != null && from.isSubnetBroadcast(destination);
  }
}
