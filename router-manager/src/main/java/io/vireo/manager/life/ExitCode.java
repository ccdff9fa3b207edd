package io.vireo.manager.life;

/// What a process's exit code says.
public final class ExitCode {
  /// The Java library reports a death by signal as this plus the signal's number.
  private static final int SIGNAL_BASE = 128;

  private static final int SIGNAL_MAX = 64;

  private ExitCode() {}

  /// In words: `exit code 1`, `signal 9`.
  public static String describe(int code) {
    return code > SIGNAL_BASE && code <= SIGNAL_BASE + SIGNAL_MAX
        ? "signal " + (code - SIGNAL_BASE)
        : "exit code " + code;
  }
}
