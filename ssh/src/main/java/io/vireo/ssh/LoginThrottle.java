package io.vireo.ssh;

import java.util.LinkedHashMap;
import java.util.Map;

/// Slows an address that guesses: each failed log-in takes a token of the address's bucket, which
/// fills again with time; while the bucket is empty, attempts are refused unseen and connections
/// are closed at once. A successful log-in gives the address its tokens back.
///
/// Thread-safe. Remembers a bounded number of addresses: the one that failed longest ago is
/// forgotten first.
public final class LoginThrottle {
  private static final int MAX_ADDRESSES = 65_536;

  private Limits limits;
  private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

  public LoginThrottle(Limits limits) {
    this.limits = limits;
  }

  /// From now on, for what was counted before too.
  public synchronized void limit(Limits newLimits) {
    limits = newLimits;
  }

  /// How much guessing is allowed.
  ///
  /// @param burst failures allowed at once
  /// @param refillNs time after which one more failure is allowed
  public record Limits(int burst, long refillNs) {
    /// Ten at once, then one each 6 s.
    public static final Limits DEFAULT = new Limits(10, 6_000_000_000L);

    public Limits {
      if (burst < 1 || refillNs < 1) {
        throw new IllegalArgumentException("log-in throttle of " + burst + " per " + refillNs);
      }
    }
  }

  /// Whether the address may try now.
  public synchronized boolean mayTry(String address, long nowNs) {
    Bucket bucket = buckets.get(address);
    return bucket == null || bucket.failures(nowNs, limits) < limits.burst();
  }

  /// Counts a failed attempt.
  public synchronized void onFailure(String address, long nowNs) {
    Bucket bucket = buckets.get(address);
    int failures = bucket == null ? 0 : bucket.failures(nowNs, limits);
    long sinceNs = bucket == null || failures == 0 ? nowNs : bucket.sinceNs(nowNs, limits);
    buckets.put(address, new Bucket(Math.min(failures + 1, limits.burst()), sinceNs));
    if (buckets.size() > MAX_ADDRESSES) {
      buckets.remove(buckets.keySet().iterator().next());
    }
  }

  /// Forgets the failures of an address whose user proved who they are.
  public synchronized void onSuccess(String address) {
    buckets.remove(address);
  }

  /// Failures that count, of which the first began to fade at `sinceNs`.
  private record Bucket(int count, long sinceNs) {
    int failures(long nowNs, Limits limits) {
      long faded = (nowNs - sinceNs) / limits.refillNs();
      return (int) Math.max(0, count - faded);
    }

    long sinceNs(long nowNs, Limits limits) {
      return nowNs - (nowNs - sinceNs) % limits.refillNs();
    }
  }
}
