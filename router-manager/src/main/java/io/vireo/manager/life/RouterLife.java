package io.vireo.manager.life;

import org.jspecify.annotations.Nullable;

/// The life of one virtual router's process, as the manager sees it: what happened goes in, what to
/// do comes out. No clock, no process, no thread.
///
/// ```text
///   DISABLED --wanted--> STARTING --configured--> RUNNING
///      ^                  |  ^  ^                   | |
///      |                died |  '---wanted again-.  | died
///      |                  v  | pause over        |  v
///      '---ended--- STOPPING | <----unwanted--- BACKING_OFF
/// ```
public final class RouterLife {
  /// The values of `process-status` in vireo-virtual-router.
  public enum Status {
    DISABLED,
    STARTING,
    RUNNING,
    BACKING_OFF,
    STOPPING
  }

  /// What to do next.
  public sealed interface Action {
    /// Nothing.
    record None() implements Action {}

    /// Start the process.
    record Start() implements Action {}

    /// Ask the process to end.
    record Stop() implements Action {}

    /// Call [#onPauseOver] after the pause.
    record Pause(long pauseMs) implements Action {}
  }

  private static final Action NONE = new Action.None();

  private final Backoff backoff;
  private Status status = Status.DISABLED;
  private boolean wanted;
  private long startedMs;
  private long restarts;
  private @Nullable String lastExit;
  private @Nullable String startFailure;

  public RouterLife(Backoff backoff) {
    this.backoff = backoff;
  }

  public Status status() {
    return status;
  }

  /// How often it was started again after it had died.
  public long restarts() {
    return restarts;
  }

  /// How it ended last, in words.
  public @Nullable String lastExit() {
    return lastExit;
  }

  /// Why it could not be started, in words.
  public @Nullable String startFailure() {
    return startFailure;
  }

  /// Whether a process stands behind it.
  public boolean alive() {
    return status == Status.STARTING || status == Status.RUNNING;
  }

  /// The configuration wants it to run, or not.
  public Action onWanted(boolean nowWanted, long nowMs) {
    wanted = nowWanted;
    return switch (status) {
      case DISABLED -> wanted ? start(nowMs) : NONE;
      case STARTING, RUNNING -> wanted ? NONE : stop();
      case BACKING_OFF -> {
        if (wanted) {
          yield NONE;
        }
        status = Status.DISABLED;
        yield NONE;
      }
      case STOPPING -> NONE; // onExit looks again
    };
  }

  /// A process was found running when the manager came.
  public void onFound(long nowMs) {
    wanted = true;
    status = Status.STARTING;
    startedMs = nowMs;
  }

  /// The process has taken its configuration.
  public void onConfigured() {
    if (status == Status.STARTING) {
      status = Status.RUNNING;
      startFailure = null;
    }
  }

  /// The process is there and does not serve (yet, or any more).
  public void onLinkLost() {
    if (status == Status.RUNNING) {
      status = Status.STARTING;
    }
  }

  /// The process ended.
  ///
  /// @param how in words
  public Action onExit(String how, long nowMs) {
    lastExit = how;
    if (status == Status.STOPPING) {
      status = Status.DISABLED;
      return wanted ? start(nowMs) : NONE;
    }
    if (!wanted) {
      status = Status.DISABLED;
      return NONE;
    }
    if (status != Status.STARTING && status != Status.RUNNING) {
      return NONE; // news of a process that was given up already
    }
    return pause(backoff.onDeath(nowMs - startedMs));
  }

  /// The process could not be started.
  public Action onStartFailed(String why) {
    startFailure = why;
    if (!wanted) {
      status = Status.DISABLED;
      return NONE;
    }
    return pause(Math.max(1_000, backoff.onDeath(0)));
  }

  /// A pause that was asked for is over.
  public Action onPauseOver(long nowMs) {
    if (status != Status.BACKING_OFF) {
      return NONE;
    }
    restarts++;
    return start(nowMs);
  }

  /// Somebody asked for a new process.
  public Action onRestart(long nowMs) {
    backoff.reset();
    return switch (status) {
      case STARTING, RUNNING -> stop();
      case BACKING_OFF -> start(nowMs);
      case DISABLED, STOPPING -> NONE;
    };
  }

  private Action start(long nowMs) {
    status = Status.STARTING;
    startedMs = nowMs;
    return new Action.Start();
  }

  private Action stop() {
    status = Status.STOPPING;
    return new Action.Stop();
  }

  private Action pause(long pauseMs) {
    status = Status.BACKING_OFF;
    return new Action.Pause(pauseMs);
  }
}
