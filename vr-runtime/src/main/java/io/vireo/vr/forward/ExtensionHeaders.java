package io.vireo.vr.forward;

import io.vireo.vr.wire.Ipv6Header;
import io.vireo.vr.wire.NetworkOrder;
import java.lang.foreign.MemorySegment;

/// The chain of headers behind an IPv6 header (RFC 8200 §4).
final class ExtensionHeaders {
  /// The chain runs over the packet.
  static final long BROKEN = -1;

  private static final int UNIT = 8;
  private static final int FRAGMENT_OFFSET = 0xfff8;

  private ExtensionHeaders() {}

  /// What the chain ends with, as far as the packet shows: of a later fragment it is the fragment
  /// header.
  ///
  /// @return [#protocol] and [#offset], or [#BROKEN]
  static long upperLayer(MemorySegment memory, long packet, int length) {
    int next = Ipv6Header.nextHeader(memory, packet);
    int at = Ipv6Header.BYTES;
    while (isExtension(next)) {
      if (at + UNIT > length) {
        return BROKEN;
      }
      if (next == Ipv6Header.FRAGMENT) {
        if ((NetworkOrder.get16(memory, packet + at + 2) & FRAGMENT_OFFSET) != 0) {
          return pack(next, at);
        }
        next = NetworkOrder.get8(memory, packet + at);
        at += UNIT;
      } else {
        next = NetworkOrder.get8(memory, packet + at);
        at += bytes(memory, packet + at);
      }
    }
    return at > length ? BROKEN : pack(next, at);
  }

  static boolean isExtension(int header) {
    return header == Ipv6Header.HOP_BY_HOP
        || header == Ipv6Header.ROUTING
        || header == Ipv6Header.FRAGMENT
        || header == Ipv6Header.DESTINATION_OPTIONS;
  }

  /// The length of an extension header other than the fragment header, in bytes.
  static int bytes(MemorySegment memory, long header) {
    return (NetworkOrder.get8(memory, header + 1) + 1) * UNIT;
  }

  private static long pack(int protocol, int offset) {
    return (long) protocol << Integer.SIZE | offset;
  }

  static int protocol(long upperLayer) {
    return (int) (upperLayer >> Integer.SIZE);
  }

  /// From the IPv6 header, in bytes.
  static int offset(long upperLayer) {
    return (int) upperLayer;
  }
}
