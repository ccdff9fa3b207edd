package io.vireo.manager.life;

/// How long to wait before a process that died is started again.
///
/// The first death is answered at once; each further one doubles the pause, up to a bound. A
/// process that lived long enough has earned a fresh start. Not thread-safe.
public final class Backoff {
  private static final int SHIFT_MAX = 20;

  private final long firstPauseMs;
  private final long longestPauseMs;
  private final long healthyAfterMs;
  private int deaths;

  /// @param firstPauseMs pause after the second death in a row
  /// @param longestPauseMs pauses never get longer
  /// @param healthyAfterMs a life this long clears the record
  public Backoff(long firstPauseMs, long longestPauseMs, long healthyAfterMs) {
    if (firstPauseMs <= 0 || longestPauseMs < firstPauseMs || healthyAfterMs <= 0) {
      throw new IllegalArgumentException(
          "pauses " + firstPauseMs + ".." + longestPauseMs + " ms, healthy " + healthyAfterMs);
    }
    this.firstPauseMs = firstPauseMs;
    this.longestPauseMs = longestPauseMs;
    this.healthyAfterMs = healthyAfterMs;
  }

  /// As the guard and the manager restart processes.
  public static Backoff ofProcesses() {
    return new Backoff(500, 30_000, 30_000);
  }

  /// The process died after `livedMs`: how long to wait before it is started again.
  public long onDeath(long livedMs) {
    if (livedMs >= healthyAfterMs) {
      deaths = 0;
    }
    int earlier = deaths++;
    if (earlier == 0) {
      return 0;
    }
    return Math.min(longestPauseMs, firstPauseMs << Math.min(earlier - 1, SHIFT_MAX));
  }

  /// Somebody asked for a start: the record is cleared.
  public void reset() {
    deaths = 0;
  }
}
