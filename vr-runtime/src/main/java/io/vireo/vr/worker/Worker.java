package io.vireo.vr.worker;

import io.vireo.drivers.Port;
import io.vireo.drivers.linux.CpuAffinity;
import io.vireo.drivers.linux.EventDescriptor;
import io.vireo.drivers.linux.LinuxException;
import io.vireo.drivers.linux.PollSet;
import io.vireo.vr.forward.DataPlane;
import io.vireo.vr.forward.RouterInterface;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// The thread that owns a data plane.
///
/// A turn: commands (at most 64), one vector from every port, deadlines. After [#IDLE_TURNS] turns
/// without work it sleeps in `poll` until a port or a command needs it or a deadline comes. Woken
/// by a port it looks for more before it sleeps again; woken by the clock it does what is due, so
/// that a router with nothing to do costs next to nothing.
///
/// A command that throws hands the exception to its caller. Anything else thrown on this thread is
/// our own mistake: the worker stops and `onFailure` is told.
public final class Worker implements AutoCloseable {
  private static final int COMMANDS_PER_TURN = 64;
  private static final int IDLE_TURNS = 64;
  private static final int MAX_SLEEP_MS = 10_000;

  private static final long LINK_CHECK_NS = 200_000_000L;

  /// The same while all links are up and of devices that the manager hears of from the kernel: it
  /// tells at once ([io.vireo.vr.VirtualRouter#portLink]).
  private static final long ANNOUNCED_LINK_CHECK_NS = 5_000_000_000L;

  private static final long CALL_SECONDS = 5;
  private static final long JOIN_MS = 5_000;

  /// Work the worker does every turn besides forwarding: what sockets want sent.
  public interface Source {
    /// @return whether there was anything
    boolean poll(long nowNs);

    /// Whether [#poll] would find something: asked before the worker sleeps.
    boolean hasPending();
  }

  private final DataPlane dataPlane;
  private final Source source;
  private final LongConsumer links;
  private final Consumer<Throwable> onFailure;
  private final CommandRing commands = new CommandRing();
  private final EventDescriptor wakeUp;
  private final PollSet sleepers = new PollSet();
  private final AtomicBoolean sleeping = new AtomicBoolean();
  private final Thread thread;
  private volatile boolean running = true;
  private volatile boolean linksWanted;
  private long nextLinkCheckNs;
  private boolean hasBlindPort;

  /// @param links compares the links' states with those before and does what follows
  public Worker(
      String name,
      DataPlane dataPlane,
      Source source,
      LongConsumer links,
      Consumer<Throwable> onFailure)
      throws LinuxException {
    this.dataPlane = dataPlane;
    this.source = source;
    this.links = links;
    this.onFailure = onFailure;
    this.wakeUp = EventDescriptor.open();
    this.thread = new Thread(this::loop, name);
  }

  public void start() {
    thread.start();
  }

  /// Whether the caller is the worker.
  public boolean isCurrentThread() {
    return Thread.currentThread() == thread;
  }

  /// Runs `command` on the worker, soon.
  ///
  /// @return false when the ring is full or the worker has stopped
  public boolean execute(Runnable command) {
    if (!running || !commands.offer(command)) {
      return false;
    }
    wake();
    return true;
  }

  /// Runs `task` on the worker and waits for its result.
  public <T extends @Nullable Object> T call(Callable<T> task) {
    return call(task, CALL_SECONDS);
  }

  /// The same, for what takes its time.
  ///
  /// @param seconds after which the worker is taken for stuck
  public <T extends @Nullable Object> T call(Callable<T> task, long seconds) {
    if (isCurrentThread()) {
      return uncheck(task);
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    boolean accepted =
        execute(() -> {
          try {
            result.complete(task.call());
          } catch (Exception thrown) {
            result.completeExceptionally(thrown);
          }
        });
    if (!accepted) {
      throw new IllegalStateException("the worker " + thread.getName() + " takes no commands");
    }
    try {
      return result.get(seconds, TimeUnit.SECONDS);
    } catch (ExecutionException thrown) {
      throw rethrow(thrown.getCause() == null ? thrown : thrown.getCause());
    } catch (TimeoutException late) {
      throw new IllegalStateException("the worker did not answer in " + seconds + " s", late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the worker was at it", interrupted);
    }
  }

  /// Ends a sleep; cheap when there is none.
  public void wake() {
    if (sleeping.get() && sleeping.compareAndSet(true, false)) {
      wakeUp.signal();
    }
  }

  /// Some thread saw that a link went or came: links are looked at now.
  void lookAtLinks() {
    linksWanted = true;
    wake();
  }

  /// Where the worker, which is the caller, runs from now on; below 0: anywhere.
  void pin(int cpu) throws LinuxException {
    CpuAffinity.pinOrNot(cpu);
  }

  /// The worker's clock.
  public static long nowNs() {
    return System.nanoTime();
  }

  private void loop() {
    try {
      int idle = 0;
      while (running) {
        idle = turn(nowNs()) ? 0 : idle + 1;
        if (idle > IDLE_TURNS) {
          idle = sleep() ? IDLE_TURNS / 2 : IDLE_TURNS;
        }
      }
    } catch (Throwable ours) {
      running = false;
      onFailure.accept(ours);
    }
  }

  private boolean turn(long nowNs) {
    boolean worked = runCommands();
    worked |= source.poll(nowNs);
    worked |= dataPlane.run(nowNs) > 0;
    if (nowNs >= dataPlane.nextDeadlineNs()) {
      dataPlane.onDeadline(nowNs);
    }
    if (linksWanted || nowNs >= nextLinkCheckNs) {
      linksWanted = false;
      checkLinks(nowNs);
    }
    return worked;
  }

  private boolean runCommands() {
    int done = 0;
    while (done < COMMANDS_PER_TURN) {
      Runnable command = commands.poll();
      if (command == null) {
        break;
      }
      command.run();
      done++;
    }
    return done > 0;
  }

  private void checkLinks(long nowNs) {
    boolean announced = true;
    for (RouterInterface candidate : dataPlane.interfaces().all()) {
      candidate.refreshLink();
      Port port = candidate.port();
      announced &= port == null || (port.linkUp() && port.isLinkAnnounced());
    }
    nextLinkCheckNs = nowNs + (announced ? ANNOUNCED_LINK_CHECK_NS : LINK_CHECK_NS);
    links.accept(nowNs);
  }

  /// @return whether something other than the clock ended it
  private boolean sleep() {
    sleepers.clear();
    sleepers.add(wakeUp.fd());
    hasBlindPort = false;
    int descriptors = 0; // besides that of wake-ups
    for (RouterInterface candidate : dataPlane.interfaces().all()) {
      Port port = candidate.port();
      if (port == null) {
        continue;
      }
      for (int i = 0; i < port.queueCount(); i++) {
        int descriptor = port.queue(i).pollDescriptor();
        if (descriptor < 0) {
          hasBlindPort = true;
        } else if (port.linkUp()) { // a device that is down has nothing for us but errors
          sleepers.add(descriptor);
          descriptors++;
        }
      }
    }
    long untilNs = Math.min(dataPlane.nextDeadlineNs(), nextLinkCheckNs) - nowNs();
    int timeoutMs = hasBlindPort ? 1 : Math.clamp(untilNs / 1_000_000 + 1, 0, MAX_SLEEP_MS);
    boolean woken = true;
    sleeping.set(true); // who brings something from now on signals
    if (!arePortsPending()
        && !linksWanted
        && commands.isEmpty()
        && !source.hasPending()
        && running) {
      woken = sleepers.await(timeoutMs) > 0;
      wakeUp.drain();
      for (int i = 0; i <= descriptors; i++) {
        if ((sleepers.events(i) & PollSet.POLLERR) != 0) {
          nextLinkCheckNs = nowNs(); // a link went down: look now, which clears the error too
        }
      }
    }
    sleeping.set(false);
    return woken;
  }

  private boolean arePortsPending() {
    for (RouterInterface candidate : dataPlane.interfaces().all()) {
      Port port = candidate.port();
      if (port != null && port.hasPending()) {
        return true;
      }
    }
    return false;
  }

  /// Stops the thread and waits for it. Ports and pool are the assembler's to close.
  @Override
  public void close() {
    running = false;
    sleeping.set(false);
    wakeUp.signal();
    if (!isCurrentThread() && thread.getState() != Thread.State.NEW) {
      try {
        thread.join(JOIN_MS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    wakeUp.close();
  }

  private static <T extends @Nullable Object> T uncheck(Callable<T> task) {
    try {
      return task.call();
    } catch (Exception thrown) {
      throw rethrow(thrown);
    }
  }

  private static RuntimeException rethrow(Throwable thrown) {
    if (thrown instanceof RuntimeException unchecked) {
      return unchecked;
    }
    if (thrown instanceof Error error) {
      throw error;
    }
    return new CompletionException(thrown);
  }
}
