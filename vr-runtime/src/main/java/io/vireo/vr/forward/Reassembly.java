package io.vireo.vr.forward;

import io.vireo.drivers.PacketPool;
import io.vireo.vr.neighbour.NeighbourTable;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// Datagrams for the router itself, put together of their fragments (RFC 791 §3.2, RFC 8200 §4.5).
/// Owned by the worker.
///
/// Fragments that overlap end their datagram, and what comes of it later goes too (RFC 5722 §4; RFC
/// 1858 is the reason for IPv4 as well); an exact duplicate is left out. Datagrams, fragments of
/// one and fragments of all are bounded: the oldest datagram makes room.
final class Reassembly {
  /// What became of a fragment.
  enum Outcome {
    HELD,
    /// The datagram is whole: [#packet], [#length].
    COMPLETE,
    /// It, or its datagram, is gone and counted.
    DROPPED
  }

  /// Takes the first fragment of a datagram that did not become whole in time.
  interface Expired {
    /// @param origin the interface that it came in by
    void accept(long packet, int length, int origin);
  }

  /// What a fragment belongs to.
  record Key(
      long sourceHigh,
      long sourceLow,
      long destinationHigh,
      long destinationLow,
      int identification,
      int protocol) {}

  /// RFC 1122 §3.3.2, RFC 8200 §4.5.
  static final long LIFETIME_NS = 60_000_000_000L;

  static final int MAX_DATAGRAMS = 64;
  private static final int MAX_FRAGMENTS = 128;
  private static final int MAX_DATAGRAM_BYTES = 65535;

  /// Of all datagrams' length: not known yet.
  private static final int UNKNOWN = -1;

  private static final class Datagram {
    final List<Fragment> fragments = new ArrayList<>(); // by their place
    Key key = NO_KEY;
    long deadlineNs;
    int dataBytes = UNKNOWN;
    int heldBytes;
    boolean refused;
  }

  /// @param headerBytes before its data
  /// @param at the place of its data in the datagram's
  private record Fragment(
      long packet, int headerBytes, int at, int bytes, int nameAt, int next, int origin) {}

  private static final Key NO_KEY = new Key(0, 0, 0, 0, 0, 0);

  private final PacketPool pool;
  private final MemorySegment memory;
  private final Drops drops;
  private final int maxFragments;
  private final ArrayDeque<Datagram> datagrams = new ArrayDeque<>(); // the oldest first
  private int fragments;
  private long packet;
  private int length;
  private int headerBytes;
  private int nameAt;
  private int next;

  /// @param maxFragments how many are held at most, of all datagrams
  Reassembly(PacketPool pool, Drops drops, int maxFragments) {
    this.pool = pool;
    this.memory = pool.memory();
    this.drops = drops;
    this.maxFragments = maxFragments;
  }

  /// Takes a fragment that is sound by itself.
  ///
  /// @param from its packet
  /// @param headers what stands before its data, in bytes
  /// @param at the place of its data in the datagram's, in bytes
  /// @param bytes how much data it has, above 0
  /// @param more whether others follow
  /// @param nameOffset where the number of the header behind the headers stands, from the packet
  /// @param nextHeader that number once all is together
  Outcome add(
      Key key,
      long from,
      int headers,
      int at,
      int bytes,
      boolean more,
      int nameOffset,
      int nextHeader,
      int origin,
      long nowNs) {
    Datagram datagram = find(key, nowNs);
    if (datagram.refused) {
      drops.drop(DropReason.FRAGMENT_REFUSED, from);
      return Outcome.DROPPED;
    }
    Fragment fragment = new Fragment(from, headers, at, bytes, nameOffset, nextHeader, origin);
    int place = place(datagram, fragment);
    if (place < 0) {
      drops.drop(DropReason.FRAGMENT_DUPLICATE, from);
      return Outcome.DROPPED;
    }
    boolean wrongEnd =
        more
            ? datagram.dataBytes != UNKNOWN && at + bytes >= datagram.dataBytes
            : (datagram.dataBytes != UNKNOWN && at + bytes != datagram.dataBytes)
                || endOf(datagram) > at + bytes;
    if (wrongEnd
        || overlaps(datagram, place, fragment)
        || headers + at + bytes > MAX_DATAGRAM_BYTES
        || datagram.fragments.size() == MAX_FRAGMENTS) {
      refuse(datagram, from);
      return Outcome.DROPPED;
    }
    while (fragments >= maxFragments) {
      evict(datagram);
      if (datagrams.size() == 1 && fragments >= maxFragments) {
        refuse(datagram, from);
        return Outcome.DROPPED;
      }
    }
    datagram.fragments.add(place, fragment);
    datagram.heldBytes += bytes;
    fragments++;
    if (!more) {
      datagram.dataBytes = at + bytes;
    }
    if (datagram.heldBytes != datagram.dataBytes) {
      return Outcome.HELD;
    }
    // The headers that count are the first fragment's.
    if (datagram.fragments.getFirst().headerBytes + datagram.dataBytes > MAX_DATAGRAM_BYTES) {
      release(datagram, DropReason.FRAGMENT_REFUSED);
      datagram.refused = true;
      return Outcome.DROPPED;
    }
    return assemble(datagram);
  }

  private Datagram find(Key key, long nowNs) {
    for (Datagram each : datagrams) {
      if (each.key.equals(key)) {
        return each;
      }
    }
    if (datagrams.size() == MAX_DATAGRAMS) {
      release(datagrams.removeFirst(), DropReason.FRAGMENT_TABLE_FULL);
    }
    Datagram made = new Datagram();
    made.key = key;
    made.deadlineNs = nowNs + LIFETIME_NS;
    datagrams.addLast(made);
    return made;
  }

  // Where a fragment goes among the others; below 0: there is the same already.
  private static int place(Datagram datagram, Fragment fragment) {
    int place = datagram.fragments.size();
    while (place > 0 && datagram.fragments.get(place - 1).at >= fragment.at) {
      Fragment there = datagram.fragments.get(place - 1);
      if (there.at == fragment.at && there.bytes == fragment.bytes) {
        return -1;
      }
      place--;
    }
    return place;
  }

  private static int endOf(Datagram datagram) {
    if (datagram.fragments.isEmpty()) {
      return 0;
    }
    Fragment last = datagram.fragments.getLast();
    return last.at + last.bytes;
  }

  private static boolean overlaps(Datagram datagram, int place, Fragment fragment) {
    List<Fragment> held = datagram.fragments;
    boolean before = place > 0 && held.get(place - 1).at + held.get(place - 1).bytes > fragment.at;
    boolean after = place < held.size() && fragment.at + fragment.bytes > held.get(place).at;
    return before || after;
  }

  // The datagram is remembered until its time is over, so that the rest of it is refused too.
  private void refuse(Datagram datagram, long from) {
    drops.drop(DropReason.FRAGMENT_REFUSED, from);
    release(datagram, DropReason.FRAGMENT_REFUSED);
    datagram.refused = true;
  }

  private void release(Datagram datagram, DropReason reason) {
    for (Fragment each : datagram.fragments) {
      drops.drop(reason, each.packet);
    }
    fragments -= datagram.fragments.size();
    datagram.fragments.clear();
    datagram.heldBytes = 0;
  }

  // The oldest datagram but one makes room.
  private void evict(Datagram but) {
    for (Datagram oldest : datagrams) {
      if (!oldest.equals(but)) {
        datagrams.remove(oldest);
        release(oldest, DropReason.FRAGMENT_TABLE_FULL);
        return;
      }
    }
  }

  private Outcome assemble(Datagram datagram) {
    Fragment first = datagram.fragments.getFirst();
    int whole = first.headerBytes + datagram.dataBytes;
    long into = whole <= PacketPool.FRAME_BYTES ? pool.allocate() : pool.allocateLarge();
    datagrams.remove(datagram);
    if (into < 0) {
      release(datagram, DropReason.NO_BUFFER);
      return Outcome.DROPPED;
    }
    MemorySegment.copy(memory, first.packet, memory, into, first.headerBytes);
    for (Fragment each : datagram.fragments) {
      MemorySegment.copy(
          memory,
          each.packet + each.headerBytes,
          memory,
          into + first.headerBytes + each.at,
          each.bytes);
    }
    packet = into;
    length = whole;
    headerBytes = first.headerBytes;
    nameAt = first.nameAt;
    next = first.next;
    release(datagram, DropReason.FRAGMENT_DONE);
    return Outcome.COMPLETE;
  }

  /// The datagram that became whole last: the first fragment's headers and all data.
  long packet() {
    return packet;
  }

  int length() {
    return length;
  }

  int headerBytes() {
    return headerBytes;
  }

  /// Where the number of the header behind its headers is to be put.
  int nameAt() {
    return nameAt;
  }

  /// That number.
  int nextHeader() {
    return next;
  }

  /// When [#onDeadline] wants to be called next.
  long nextDeadlineNs() {
    return datagrams.isEmpty() ? NeighbourTable.NEVER : datagrams.getFirst().deadlineNs;
  }

  /// Gives up what did not become whole in time.
  ///
  /// @param expired takes over the first fragment, where there is one
  void onDeadline(Expired expired, long nowNs) {
    while (!datagrams.isEmpty() && datagrams.getFirst().deadlineNs <= nowNs) {
      Datagram late = datagrams.removeFirst();
      if (!late.fragments.isEmpty() && late.fragments.getFirst().at == 0) {
        Fragment first = late.fragments.removeFirst();
        fragments--;
        expired.accept(first.packet, first.headerBytes + first.bytes, first.origin);
      }
      release(late, DropReason.FRAGMENT_EXPIRED);
    }
  }

  /// How many fragments are held.
  int held() {
    return fragments;
  }
}
