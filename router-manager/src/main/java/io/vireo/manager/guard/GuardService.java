package io.vireo.manager.guard;

import io.vireo.manager.life.Loop;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The guard from start to stop: its loop, its socket, its word to the person who started it.
final class GuardService {
  /// The grace of the manager and of the routers, and a little for the devices.
  private static final long STOP_DEADLINE_S = 15;

  private static final long LOG_LOOK_MS = 1_000;

  private final Loop loop;
  private final Guard guard;
  private final StateFolders folders;
  private final Handover handover;
  private final GuardSocket socket;
  private final ServiceNotifier notifier;
  private final Consumer<String> say;
  private @Nullable FirstCredentials credentials;
  private final CountDownLatch stopWanted = new CountDownLatch(1);
  private final AtomicBoolean served = new AtomicBoolean();
  private final AtomicInteger exitCode = new AtomicInteger(GuardMain.OK);

  /// @param credentials of the first user, where this is a first start
  GuardService(
      Loop loop,
      Guard guard,
      StateFolders folders,
      Handover handover,
      GuardSocket socket,
      @Nullable FirstCredentials credentials,
      Consumer<String> say) {
    this.loop = loop;
    this.guard = guard;
    this.folders = folders;
    this.handover = handover;
    this.socket = socket;
    this.credentials = credentials;
    this.say = say;
    this.notifier = ServiceNotifier.fromEnvironment(say);
  }

  void start() throws IOException {
    socket.serve(new GuardRequests(guard, this::onServing, this::onCannotServe), loop, guard);
    CompletableFuture<Void> started = new CompletableFuture<>();
    loop.post(() -> {
      try {
        guard.start();
        started.complete(null);
      } catch (IOException failed) {
        started.completeExceptionally(failed);
      }
    });
    loop.post(this::watchLogs);
    try {
      started.get();
    } catch (InterruptedException | java.util.concurrent.ExecutionException failed) {
      throw new IOException(failed.getCause() == null ? failed : failed.getCause());
    }
  }

  private void watchLogs() {
    try {
      folders.rotateLogs();
    } catch (IOException | DirectoryIteratorException failed) {
      say.accept("logs: " + failed.getMessage());
    }
    loop.postAfter(LOG_LOOK_MS, this::watchLogs);
  }

  /// Waits for the wish to stop, then ends everything.
  void awaitStop() throws IOException {
    try {
      stopWanted.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    notifier.stopping();
    CountDownLatch stopped = new CountDownLatch(1);
    loop.post(() -> {
      try {
        guard.stop();
      } finally {
        stopped.countDown();
      }
    });
    try {
      if (!stopped.await(STOP_DEADLINE_S, TimeUnit.SECONDS)) {
        // Whatever holds the loop: what it started dies with this process.
        say.accept("did not end in order within " + STOP_DEADLINE_S + " s: killed what is left");
        exitCode.set(GuardMain.FAILURE);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    socket.close();
    folders.removeLeftovers();
    if (folders.firstStart()) {
      handover.clearConfig(); // untold credentials wait for the next start
    } else {
      handover.clear();
    }
    loop.close();
    say.accept("stopped");
  }

  void requestStop() {
    stopWanted.countDown();
  }

  int exitCode() {
    return exitCode.get();
  }

  private void onServing(
      String netconf, String cli, @Nullable String firstUser, List<String> warnings) {
    warnings.forEach(say);
    FirstCredentials made = credentials;
    credentials = null;
    if (made != null && firstUser != null) {
      tellFirstUser(made);
    }
    rememberServed();
    if (served.getAndSet(true)) {
      say.accept("the manager serves again");
    } else {
      String line = "NETCONF listens on " + netconf + ", CLI on " + cli;
      say.accept(line);
      notifier.ready(line);
    }
  }

  private void rememberServed() {
    try {
      folders.markServed();
      handover.clear();
    } catch (IOException failed) {
      say.accept("the next start will be taken for the first: " + failed.getMessage());
    }
  }

  private void tellFirstUser(FirstCredentials made) {
    String password = made.user().password();
    if (made.generated() && password != null) {
      say.accept("made user " + made.user().name() + " with password " + password);
      say.accept("(it is shown this once and stored only as a hash)");
    } else {
      say.accept("user " + made.user().name() + " logs in with " + made.source());
    }
  }

  private void onCannotServe(String reason) {
    String line = "the manager can't serve: " + reason;
    if (served.get()) {
      say.accept(line); // the routers go on; the manager is tried again
    } else {
      fail(line);
    }
  }

  /// Ends the program with exit code 1.
  void fail(String why) {
    say.accept(why);
    exitCode.set(GuardMain.FAILURE);
    requestStop();
  }
}
