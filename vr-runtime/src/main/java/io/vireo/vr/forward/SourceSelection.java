package io.vireo.vr.forward;

import io.vireo.vr.wire.Ipv6Address;
import org.jspecify.annotations.Nullable;

/// Which of an interface's addresses a packet of our own carries as its source (RFC 6724 §5).
///
/// Of the rules those that tell addresses of a router apart: the destination itself (1), scope (2),
/// label (6), longest common prefix (8). Deprecated, home, temporary addresses are none of ours.
final class SourceSelection {
  private static final int LINK = 2;
  private static final int SITE = 5;
  private static final int GLOBAL = 14;

  private SourceSelection() {}

  /// The best usable address of `out`, or, where it has none that is seen so far away, of another
  /// interface (RFC 6724 §4 leaves that to routers).
  ///
  /// @return [#interfaceIndex] and [#place]; of interface 0: there is none
  static long select(
      InterfaceTable interfaces, @Nullable RouterInterface out, long toHigh, long toLow) {
    int place = out == null ? Ipv6Interface.NONE : select(out.ipv6(), toHigh, toLow);
    if (out != null && place != Ipv6Interface.NONE && reaches(out.ipv6(), place, toHigh)) {
      return pack(out.index(), place);
    }
    for (int index = 1; index < interfaces.limit() && !Ipv6Address.isLinkLocal(toHigh); index++) {
      RouterInterface other = interfaces.lookup(index);
      int there = other == null ? Ipv6Interface.NONE : select(other.ipv6(), toHigh, toLow);
      if (other != null && there != Ipv6Interface.NONE && reaches(other.ipv6(), there, toHigh)) {
        return pack(index, there);
      }
    }
    return 0;
  }

  private static boolean reaches(Ipv6Interface of, int place, long toHigh) {
    return scope(of.highAt(place)) >= Math.min(scope(toHigh), GLOBAL);
  }

  private static long pack(int interfaceIndex, int place) {
    return (long) interfaceIndex << Integer.SIZE | place;
  }

  static int interfaceIndex(long selected) {
    return (int) (selected >>> Integer.SIZE);
  }

  static int place(long selected) {
    return (int) selected;
  }

  /// The place of the best usable address of `out`, or [Ipv6Interface#NONE].
  static int select(Ipv6Interface out, long toHigh, long toLow) {
    int best = Ipv6Interface.NONE;
    for (int i = 0; i < out.count(); i++) {
      if (out.isPreferredAt(i)
          && (best == Ipv6Interface.NONE || isBetter(out, i, best, toHigh, toLow))) {
        best = i;
      }
    }
    return best;
  }

  private static boolean isBetter(Ipv6Interface out, int i, int than, long toHigh, long toLow) {
    long high = out.highAt(i);
    long low = out.lowAt(i);
    long otherHigh = out.highAt(than);
    long otherLow = out.lowAt(than);
    boolean same = high == toHigh && low == toLow;
    boolean otherSame = otherHigh == toHigh && otherLow == toLow;
    if (same != otherSame) {
      return same;
    }
    int wanted = scope(toHigh);
    int scope = scope(high);
    int otherScope = scope(otherHigh);
    if (scope != otherScope) {
      // Rule 2: the smaller scope, unless it is too small.
      return scope < otherScope ? scope >= wanted : otherScope < wanted;
    }
    boolean labelled = label(high) == label(toHigh);
    boolean otherLabelled = label(otherHigh) == label(toHigh);
    if (labelled != otherLabelled) {
      return labelled;
    }
    return common(high, low, toHigh, toLow, out.prefixLengthAt(i))
        > common(otherHigh, otherLow, toHigh, toLow, out.prefixLengthAt(than));
  }

  /// RFC 6724 §3.1.
  private static int scope(long high) {
    if (Ipv6Address.isMulticast(high)) {
      return Ipv6Address.groupScope(high);
    }
    if (Ipv6Address.isLinkLocal(high)) {
      return LINK;
    }
    return high >>> 54 == 0xfec0 >>> 6 ? SITE : GLOBAL;
  }

  /// RFC 6724 §2.1, without what no wire carries.
  private static int label(long high) {
    if (high >>> 57 == 0xfc >>> 1) {
      return 13;
    }
    if (high >>> 48 == 0x2002) {
      return 2;
    }
    return high >>> 32 == 0x2001_0000L ? 5 : high >>> 54 == 0xfec0 >>> 6 ? 11 : 1;
  }

  /// RFC 6724 §2.2: no more than the source's prefix counts.
  private static int common(long high, long low, long toHigh, long toLow, int prefixLength) {
    int bits =
        high != toHigh
            ? Long.numberOfLeadingZeros(high ^ toHigh)
            : Long.SIZE + Long.numberOfLeadingZeros(low ^ toLow);
    return Math.min(bits, prefixLength);
  }
}
