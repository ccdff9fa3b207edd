package io.vireo.vr.forward;

/// Lets `ratePerSecond` events through on average and `burst` at once. Owned by the worker.
public final class TokenBucket {
  private static final long SECOND_NS = 1_000_000_000L;

  private final long intervalNs;
  private final long burstNs;
  private long fullAtNs = Long.MIN_VALUE;

  public TokenBucket(int ratePerSecond, int burst) {
    if (ratePerSecond <= 0 || burst <= 0) {
      throw new IllegalArgumentException("rate " + ratePerSecond + "/s with burst " + burst);
    }
    this.intervalNs = SECOND_NS / ratePerSecond;
    this.burstNs = intervalNs * burst;
  }

  /// Takes a token if there is one. The bucket is kept as the time at which it will be full again.
  public boolean take(long nowNs) {
    long base = fullAtNs == Long.MIN_VALUE || fullAtNs - nowNs < 0 ? nowNs : fullAtNs;
    if (base + intervalNs - nowNs > burstNs) {
      return false;
    }
    fullAtNs = base + intervalNs;
    return true;
  }
}
