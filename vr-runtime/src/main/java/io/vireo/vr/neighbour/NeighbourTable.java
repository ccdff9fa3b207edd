package io.vireo.vr.neighbour;

import io.vireo.vr.wire.IpAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The neighbours of all interfaces, in arrays indexed by entry and found by hash.
///
/// Times are RFC 4861 §10's: reachable 30 s, delay 5 s, retransmission 1 s, three probes. A scan of
/// all entries runs when the earliest deadline passes; between deadlines nothing runs. Packets that
/// wait are few for one neighbour and bounded for all of them together: who asks for addresses that
/// nobody has does not take the buffers of the others. Nor do these addresses take the places of
/// neighbours that exist: a quarter of the table at most is asked for at a time, and the new ones
/// among them at a bounded rate (RFC 6583 §6.2).
public final class NeighbourTable {
  public static final int CAPACITY = 4096;
  public static final int QUEUE_PACKETS = 8;

  /// No address: larger than 48 bits.
  public static final long UNKNOWN_MAC = -1;

  public static final long REACHABLE_NS = 30_000_000_000L;
  public static final long DELAY_NS = 5_000_000_000L;
  public static final long RETRANSMIT_NS = 1_000_000_000L;
  public static final int MAX_PROBES = 3;

  /// No deadline.
  public static final long NEVER = Long.MAX_VALUE;

  /// A quarter: the oldest of those that are asked for makes room for the next.
  static final int MAX_INCOMPLETE = CAPACITY / 4;

  /// Between two scans for what is due.
  private static final long SCAN_NS = 10_000_000L;

  /// As many entries are looked at for one that may go.
  private static final int EVICTION_TRIES = 16;

  private static final int NONE = -1;
  private static final int BUCKETS = CAPACITY * 2;
  private static final int BUCKET_BITS = Integer.numberOfTrailingZeros(BUCKETS);

  /// A neighbour as others see it.
  ///
  /// @param isRouter it says that it forwards packets (RFC 4861 §4.4)
  public record Neighbour(
      int interfaceIndex, IpAddress address, long mac, NeighbourState state, boolean isRouter) {}

  private final NeighbourEvents events;
  private final int[] buckets = new int[BUCKETS];
  private final int[] next = new int[CAPACITY];
  private final int[] interfaceIndex = new int[CAPACITY];
  private final long[] high = new long[CAPACITY];
  private final long[] low = new long[CAPACITY];
  private final boolean[] isRouter = new boolean[CAPACITY];
  private final long[] mac = new long[CAPACITY];
  private final NeighbourState[] state = new NeighbourState[CAPACITY];
  private final long[] deadlineNs = new long[CAPACITY];
  private final int[] probes = new int[CAPACITY];
  private final boolean[] inUse = new boolean[CAPACITY];
  private final EvictionOrder evictions = new EvictionOrder(CAPACITY);
  private final WaitingPackets waiting;
  private int firstFree;
  private int size;
  private long nextDeadlineNs = NEVER;

  /// @param maxWaiting how many packets wait for neighbours at most, for all together
  public NeighbourTable(NeighbourEvents events, int maxWaiting) {
    this.events = events;
    this.waiting = new WaitingPackets(CAPACITY, QUEUE_PACKETS, maxWaiting);
    Arrays.fill(buckets, NONE);
    Arrays.fill(state, NeighbourState.STALE);
    for (int entry = 0; entry < CAPACITY; entry++) {
      next[entry] = entry + 1 < CAPACITY ? entry + 1 : NONE;
    }
  }

  /// The Ethernet address to send to, or [#UNKNOWN_MAC]; using a stale one starts its check.
  public long use(int onInterface, long wantedHigh, long wantedLow, long nowNs) {
    int entry = find(onInterface, wantedHigh, wantedLow);
    if (entry == NONE || state[entry] == NeighbourState.INCOMPLETE) {
      return UNKNOWN_MAC;
    }
    if (state[entry] == NeighbourState.STALE) {
      // RFC 4861 §7.3.3: the first packet to a stale neighbour starts the delay timer.
      enter(entry, NeighbourState.DELAY, nowNs + DELAY_NS);
    }
    return mac[entry];
  }

  /// The outcomes of [#await].
  public enum Wait {
    QUEUED,
    QUEUE_FULL,
    TABLE_FULL,
    /// Too many were asked for lately.
    RATE_LIMITED
  }

  /// Keeps a packet until its neighbour is known, and asks for it if nobody has yet.
  public Wait await(
      int onInterface,
      long wantedHigh,
      long wantedLow,
      long packet,
      int length,
      int origin,
      long nowNs) {
    int entry = find(onInterface, wantedHigh, wantedLow);
    if (entry == NONE) {
      // What the router itself sends, and its next hops, scans are not to keep it from.
      boolean scanned = origin != 0 && !events.isNextHop(onInterface, wantedHigh, wantedLow);
      if (scanned && !events.maySolicit(onInterface, nowNs)) {
        return Wait.RATE_LIMITED;
      }
      if (evictions.count(EvictionOrder.INCOMPLETE) >= MAX_INCOMPLETE) {
        int oldest = firstButNextHops(EvictionOrder.INCOMPLETE);
        if (oldest != NONE) {
          giveUp(oldest);
        }
      }
      entry = create(onInterface, wantedHigh, wantedLow, false);
      if (entry == NONE) {
        return Wait.TABLE_FULL;
      }
      mac[entry] = UNKNOWN_MAC;
      enter(entry, NeighbourState.INCOMPLETE, nowNs + RETRANSMIT_NS);
      probes[entry] = 1;
      events.solicit(onInterface, wantedHigh, wantedLow, UNKNOWN_MAC);
    }
    return waiting.add(entry, packet, length, origin) ? Wait.QUEUED : Wait.QUEUE_FULL;
  }

  /// An ARP packet told us `heard` for `from`.
  ///
  /// @param solicited it answers us: the neighbour is reachable, not only known
  /// @param mayCreate it was meant for us (RFC 826: only then is a new entry made)
  public void learn(
      int onInterface,
      long fromHigh,
      long fromLow,
      long heard,
      boolean solicited,
      boolean mayCreate,
      long nowNs) {
    int entry = find(onInterface, fromHigh, fromLow);
    if (entry == NONE) {
      if (!mayCreate) {
        return;
      }
      entry = create(onInterface, fromHigh, fromLow, false);
      if (entry == NONE) {
        return;
      }
      mac[entry] = heard;
      enter(entry, NeighbourState.STALE, NEVER);
    }
    if (state[entry] == NeighbourState.STATIC) {
      return;
    }
    boolean changed = mac[entry] != heard;
    mac[entry] = heard;
    if (changed) {
      events.changed(onInterface, fromHigh, fromLow);
    }
    boolean wasAsked =
        switch (state[entry]) {
          case INCOMPLETE, DELAY, PROBE -> true;
          case REACHABLE, STALE, STATIC -> false; // who answers unasked says where it is, no more
        };
    if (solicited && wasAsked) {
      enter(entry, NeighbourState.REACHABLE, nowNs + REACHABLE_NS);
    } else if (changed || state[entry] == NeighbourState.INCOMPLETE) {
      enter(entry, NeighbourState.STALE, NEVER);
    }
    release(entry);
  }

  /// A neighbour advertisement told us of `from` (RFC 4861 §7.2.5); unlike ARP's it makes no entry.
  ///
  /// @param heard the link-layer address, or [#UNKNOWN_MAC] when the message has none
  /// @param solicited it answers us
  /// @param override it is to take the place of another address
  public void advertised(
      int onInterface,
      long fromHigh,
      long fromLow,
      long heard,
      boolean solicited,
      boolean override,
      boolean router,
      long nowNs) {
    int entry = find(onInterface, fromHigh, fromLow);
    if (entry == NONE || state[entry] == NeighbourState.STATIC) {
      return;
    }
    boolean unknown = state[entry] == NeighbourState.INCOMPLETE;
    if (unknown && heard == UNKNOWN_MAC) {
      return;
    }
    boolean differs = heard != UNKNOWN_MAC && heard != mac[entry];
    if (!unknown && differs && !override) {
      if (state[entry] == NeighbourState.REACHABLE) {
        enter(entry, NeighbourState.STALE, NEVER);
      }
      return;
    }
    isRouter[entry] = router;
    if (differs) {
      mac[entry] = heard;
      events.changed(onInterface, fromHigh, fromLow);
    }
    if (solicited) {
      enter(entry, NeighbourState.REACHABLE, nowNs + REACHABLE_NS);
    } else if (unknown || differs) {
      enter(entry, NeighbourState.STALE, NEVER);
    }
    release(entry);
  }

  /// A neighbour told us, by a message that only routers send, that it is one.
  public void setRouter(int onInterface, long fromHigh, long fromLow) {
    int entry = find(onInterface, fromHigh, fromLow);
    if (entry != NONE) {
      isRouter[entry] = true;
    }
  }

  /// A configured neighbour (RFC 8344 `neighbor`): it takes the place of any learnt one.
  public void installStatic(int onInterface, long wantedHigh, long wantedLow, long configured) {
    int entry = find(onInterface, wantedHigh, wantedLow);
    if (entry == NONE) {
      entry = create(onInterface, wantedHigh, wantedLow, true);
    }
    if (entry != NONE) {
      mac[entry] = configured;
      events.changed(onInterface, wantedHigh, wantedLow);
      enter(entry, NeighbourState.STATIC, NEVER);
      release(entry);
    }
  }

  /// Forgets one neighbour.
  public void remove(int onInterface, long wantedHigh, long wantedLow) {
    int entry = find(onInterface, wantedHigh, wantedLow);
    if (entry != NONE) {
      delete(entry);
    }
  }

  /// Forgets what was learnt on an interface that went down.
  public void flush(int onInterface) {
    for (int entry = 0; entry < CAPACITY; entry++) {
      if (inUse[entry]
          && interfaceIndex[entry] == onInterface
          && state[entry] != NeighbourState.STATIC) {
        delete(entry);
      }
    }
  }

  /// When [#onDeadline] wants to be called next.
  public long nextDeadlineNs() {
    return nextDeadlineNs;
  }

  /// Retransmits, ages and gives up.
  public void onDeadline(long nowNs) {
    if (nowNs < nextDeadlineNs) {
      return;
    }
    nextDeadlineNs = NEVER;
    for (int entry = 0; entry < CAPACITY; entry++) {
      if (inUse[entry] && deadlineNs[entry] <= nowNs) {
        expire(entry, nowNs);
      }
      if (inUse[entry]) {
        nextDeadlineNs = Math.min(nextDeadlineNs, deadlineNs[entry]);
      }
    }
    nextDeadlineNs = Math.max(nextDeadlineNs, nowNs + SCAN_NS);
  }

  private void expire(int entry, long nowNs) {
    switch (state[entry]) {
      case REACHABLE -> {
        // A next hop counts as used: were it asked for only when the next packet comes, packets
        // on other threads would overtake this one.
        if (isNextHop(entry)) {
          probe(entry, nowNs);
        } else {
          enter(entry, NeighbourState.STALE, NEVER);
        }
      }
      case DELAY -> probe(entry, nowNs);
      case INCOMPLETE, PROBE -> {
        if (probes[entry]++ == MAX_PROBES) {
          delete(entry);
        } else {
          enter(entry, state[entry], nowNs + RETRANSMIT_NS);
          events.solicit(interfaceIndex[entry], high[entry], low[entry], mac[entry]);
        }
      }
      case STALE, STATIC -> deadlineNs[entry] = NEVER;
    }
  }

  private void probe(int entry, long nowNs) {
    enter(entry, NeighbourState.PROBE, nowNs + RETRANSMIT_NS);
    probes[entry] = 1;
    events.solicit(interfaceIndex[entry], high[entry], low[entry], mac[entry]);
  }

  public List<Neighbour> snapshot() {
    List<Neighbour> all = new ArrayList<>(size);
    for (int entry = 0; entry < CAPACITY; entry++) {
      if (inUse[entry]) {
        all.add(
            new Neighbour(
                interfaceIndex[entry],
                new IpAddress(high[entry], low[entry]),
                mac[entry],
                state[entry],
                isRouter[entry]));
      }
    }
    return all;
  }

  public int size() {
    return size;
  }

  private void release(int entry) {
    int count = waiting.take(entry);
    for (int i = 0; i < count; i++) {
      events.release(
          interfaceIndex[entry], mac[entry], waiting.packet(entry, i), waiting.length(entry, i));
    }
  }

  private void enter(int entry, NeighbourState entered, long deadline) {
    state[entry] = entered;
    evictions.put(entry, worth(entered));
    deadlineNs[entry] = deadline;
    nextDeadlineNs = Math.min(nextDeadlineNs, deadline);
    if (entered == NeighbourState.STALE) {
      events.changed(interfaceIndex[entry], high[entry], low[entry]);
    }
  }

  private int find(int onInterface, long wantedHigh, long wantedLow) {
    int entry = buckets[bucket(onInterface, wantedHigh, wantedLow)];
    while (entry != NONE
        && (low[entry] != wantedLow
            || high[entry] != wantedHigh
            || interfaceIndex[entry] != onInterface)) {
      entry = next[entry];
    }
    return entry;
  }

  private int create(int onInterface, long wantedHigh, long wantedLow, boolean configured) {
    if (firstFree == NONE && !evict(configured)) {
      return NONE;
    }
    int entry = firstFree;
    firstFree = next[entry];
    int bucket = bucket(onInterface, wantedHigh, wantedLow);
    next[entry] = buckets[bucket];
    buckets[bucket] = entry;
    interfaceIndex[entry] = onInterface;
    high[entry] = wantedHigh;
    low[entry] = wantedLow;
    isRouter[entry] = false;
    deadlineNs[entry] = NEVER;
    inUse[entry] = true;
    size++;
    return entry;
  }

  /// Makes room by the entry of the least worth: stale, else unanswered, else the one confirmed
  /// longest ago, so that nobody owns the table; next hops go for a configured one alone.
  private boolean evict(boolean forConfigured) {
    int entry = stale();
    if (entry == NONE) {
      entry = firstButNextHops(EvictionOrder.INCOMPLETE);
    }
    if (entry == NONE) {
      entry = firstButNextHops(EvictionOrder.CONFIRMED);
    }
    if (entry == NONE && forConfigured) {
      entry = evictions.first(EvictionOrder.CONFIRMED);
    }
    if (entry == NONE) {
      return false;
    }
    giveUp(entry);
    return true;
  }

  // Packets to a next hop do not tell when it is used: it counts as confirmed while it is one.
  private int stale() {
    for (int tries = 0; tries < EVICTION_TRIES; tries++) {
      int entry = evictions.first(EvictionOrder.STALE);
      if (entry == NONE) {
        break;
      }
      if (!isNextHop(entry)) {
        return entry;
      }
      evictions.put(entry, EvictionOrder.CONFIRMED);
    }
    return NONE;
  }

  private int firstButNextHops(int worth) {
    for (int tries = 0; tries < EVICTION_TRIES; tries++) {
      int entry = evictions.first(worth);
      if (entry == NONE || !isNextHop(entry)) {
        return entry;
      }
      evictions.renew(entry);
    }
    return NONE;
  }

  private boolean isNextHop(int entry) {
    return events.isNextHop(interfaceIndex[entry], high[entry], low[entry]);
  }

  // Nothing is reported about its packets: this runs while packets are being rewritten, which have
  // the places for reports.
  private void giveUp(int entry) {
    int count = waiting.take(entry);
    for (int i = 0; i < count; i++) {
      events.discard(waiting.packet(entry, i));
    }
    delete(entry);
  }

  private static int worth(NeighbourState state) {
    return switch (state) {
      case STALE -> EvictionOrder.STALE;
      case INCOMPLETE -> EvictionOrder.INCOMPLETE;
      case REACHABLE, DELAY, PROBE -> EvictionOrder.CONFIRMED;
      case STATIC -> EvictionOrder.NONE;
    };
  }

  private void delete(int entry) {
    int bucket = bucket(interfaceIndex[entry], high[entry], low[entry]);
    if (buckets[bucket] == entry) {
      buckets[bucket] = next[entry];
    } else {
      int before = buckets[bucket];
      while (next[before] != entry) {
        before = next[before];
      }
      next[before] = next[entry];
    }
    next[entry] = firstFree;
    firstFree = entry;
    inUse[entry] = false;
    evictions.remove(entry);
    size--;
    events.changed(interfaceIndex[entry], high[entry], low[entry]);
    int count = waiting.take(entry);
    for (int i = 0; i < count; i++) {
      events.abandon(waiting.origin(entry, i), waiting.packet(entry, i), waiting.length(entry, i));
    }
  }

  private static int bucket(int onInterface, long wantedHigh, long wantedLow) {
    int hash = IpAddress.hash(onInterface, wantedHigh, wantedLow);
    return hash >>> Integer.SIZE - BUCKET_BITS;
  }
}
