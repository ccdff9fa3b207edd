package io.vireo.manager.life;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The one thread that owns all state of its process; others post to it.
///
/// A task that throws is our own mistake: `fatal` hears of it and ends the process.
public final class Loop implements Executor {
  private final ScheduledExecutorService executor;
  private final Consumer<Throwable> fatal;

  public Loop(String name, Consumer<Throwable> fatal) {
    this.fatal = fatal;
    executor =
        Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name(name).unstarted(task));
  }

  /// Runs a task soon; after [#close] it is dropped.
  public void post(Runnable task) {
    postAfter(0, task);
  }

  @Override
  public void execute(Runnable task) {
    post(task);
  }

  /// Runs a task after a pause.
  public void postAfter(long delayMs, Runnable task) {
    try {
      executor.schedule(() -> guarded(task), delayMs, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      return; // the process is ending: nobody is left to care
    }
  }

  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error mistake) {
      fatal.accept(mistake);
    }
  }

  /// Ends the thread; tasks that have not begun are dropped.
  public void close() {
    executor.shutdownNow();
  }
}
