package io.vireo.vr.forward;

import io.vireo.vr.neighbour.NeighbourTable;
import java.util.random.RandomGenerator;

/// When an interface advertises the router (RFC 4861 §6.2.4 to §6.2.6). Owned by the worker.
final class RouterAdvertiser {
  private static final long SECOND_NS = 1_000_000_000L;

  /// MAX_INITIAL_RTR_ADVERT_INTERVAL and MAX_INITIAL_RTR_ADVERTISEMENTS.
  private static final long INITIAL_NS = 16 * SECOND_NS;

  private static final int INITIAL = 3;

  /// MIN_DELAY_BETWEEN_RAS.
  private static final long MIN_BETWEEN_NS = 3 * SECOND_NS;

  /// MAX_RA_DELAY_TIME.
  private static final long MAX_DELAY_NS = SECOND_NS / 2;

  private RouterAdvertisements settings = RouterAdvertisements.NONE;
  private int initialLeft;
  private long nextNs = NeighbourTable.NEVER;
  private long lastNs = Long.MIN_VALUE;

  /// Starts anew: with other settings, or because the link came up.
  ///
  /// @param active whether the interface can send
  /// @return whether hosts are to hear that the router is none any more (§6.2.5)
  boolean start(RouterAdvertisements wanted, boolean active, long nowNs) {
    boolean ceases = active && settings.send() && !wanted.send() && lastNs != Long.MIN_VALUE;
    settings = wanted;
    initialLeft = INITIAL;
    nextNs = wanted.send() && active ? nowNs : NeighbourTable.NEVER;
    if (!wanted.send()) {
      lastNs = Long.MIN_VALUE;
    }
    return ceases;
  }

  /// A host asks (§6.2.6): the answer goes to all, soon, but not too often.
  void solicited(RandomGenerator random, long nowNs) {
    if (nextNs != NeighbourTable.NEVER) {
      long delayed = nowNs + random.nextLong(MAX_DELAY_NS);
      long earliest = lastNs == Long.MIN_VALUE ? delayed : lastNs + MIN_BETWEEN_NS;
      nextNs = Math.min(nextNs, Math.max(delayed, earliest));
    }
  }

  long nextDeadlineNs() {
    return nextNs;
  }

  /// Sends what is due.
  void run(RouterInterface on, NdOutput output, RandomGenerator random, long nowNs) {
    if (nextNs > nowNs) {
      return;
    }
    int source = on.ipv6().linkLocal();
    if (source == Ipv6Interface.NONE) {
      nextNs = nowNs + SECOND_NS; // being tested
      return;
    }
    output.advertiseRouter(on, source, settings, settings.lifetimeSeconds());
    lastNs = nowNs;
    long least = settings.minIntervalSeconds() * SECOND_NS;
    long interval = least + random.nextLong(settings.maxIntervalSeconds() * SECOND_NS - least + 1);
    if (initialLeft > 0) {
      initialLeft--;
      interval = Math.min(interval, INITIAL_NS);
    }
    nextNs = nowNs + interval;
  }

  /// Says that the router is no default router any more.
  void cease(RouterInterface on, NdOutput output) {
    int source = on.ipv6().linkLocal();
    if (source != Ipv6Interface.NONE) {
      output.advertiseRouter(on, source, settings, 0);
    }
  }
}
