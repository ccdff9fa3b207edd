package io.vireo.ssh;

/// Lets one line through per interval and counts those left out, so that hostile connections don't
/// fill a log. Thread-safe.
final class LineLimit {
  private final long intervalNs;
  private boolean begun;
  private long lastNs;
  private long leftOut;

  LineLimit(long intervalNs) {
    this.intervalNs = intervalNs;
  }

  /// Whether a line may be written now.
  ///
  /// @return how many lines before it were left out; -1: this one is
  synchronized long admit(long nowNs) {
    if (begun && nowNs - lastNs < intervalNs) {
      leftOut++;
      return -1;
    }
    begun = true;
    lastNs = nowNs;
    long before = leftOut;
    leftOut = 0;
    return before;
  }
}
