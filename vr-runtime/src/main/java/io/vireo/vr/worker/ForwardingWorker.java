package io.vireo.vr.worker;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.drivers.Port;
import io.vireo.drivers.linux.CpuAffinity;
import io.vireo.drivers.linux.EventDescriptor;
import io.vireo.drivers.linux.LinuxException;
import io.vireo.drivers.linux.PollSet;
import io.vireo.vr.forward.DataPlane;
import io.vireo.vr.forward.FastGraph;
import io.vireo.vr.forward.FastTarget;
import io.vireo.vr.forward.InterfaceCounters;
import io.vireo.vr.forward.NodeStatistics;
import io.vireo.vr.forward.VlanTags;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A thread that drives some of the ports' queues and forwards what needs no thought; the rest is
/// the data plane's worker's. It polls while there are packets and sleeps when there are none.
final class ForwardingWorker implements FastTarget, AutoCloseable {
  private static final int IDLE_TURNS = 64;
  private static final int MAX_SLEEP_MS = 10_000;
  private static final int BUFFERS = 2_048;
  private static final long JOIN_MS = 5_000;

  private final int number;
  private final Worker dataPlane;
  private final Forwarders forwarders;
  private final Consumer<Throwable> onFailure;
  private final PacketPool pool;
  private final FastGraph graph;
  private final CommandRing commands = new CommandRing();
  private final EventDescriptor wakeUp;
  private final PollSet sleepers = new PollSet();
  private final AtomicBoolean sleeping = new AtomicBoolean();
  private final PacketVector received = new PacketVector();
  private final PacketVector left = new PacketVector();
  private final Thread thread;
  private volatile boolean running = true;
  // Of the thread.
  private final List<SharedQueue> queues = new ArrayList<>();
  private final List<SharedQueue> asleep = new ArrayList<>();
  private @Nullable Outlet[] outlets = new Outlet[8];

  /// The way out by one interface.
  private static final class Outlet {
    final SharedPort port;
    final @Nullable Port own; // null: the port's queues are others'
    final @Nullable VlanTags tags; // null: it is the port's
    final PacketVector frames = new PacketVector();
    final InterfaceCounters counters;

    Outlet(
        SharedPort port, @Nullable Port own, @Nullable VlanTags tags, InterfaceCounters counters) {
      this.port = port;
      this.own = own;
      this.tags = tags;
      this.counters = counters;
    }
  }

  /// @param number from 1 on
  /// @param cpu to run on; below 0: any
  ForwardingWorker(
      String name,
      int number,
      int cpu,
      DataPlane plane,
      Worker dataPlane,
      Forwarders forwarders,
      Consumer<Throwable> onFailure)
      throws LinuxException {
    this.number = number;
    this.dataPlane = dataPlane;
    this.forwarders = forwarders;
    this.onFailure = onFailure;
    this.wakeUp = EventDescriptor.open();
    try {
      this.pool = PacketPool.create(BUFFERS);
    } catch (LinuxException refused) {
      wakeUp.close();
      throw refused;
    }
    this.graph = new FastGraph(plane, pool, this);
    this.thread = new Thread(() -> loop(cpu), name + "-" + number);
    thread.start();
  }

  NodeStatistics statistics() {
    return graph.statistics();
  }

  /// Runs `command` on the thread and waits for its end.
  void call(Runnable command) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Runnable guarded =
        () -> {
          command.run();
          done.complete(null);
        };
    while (running && !commands.offer(guarded)) {
      Thread.onSpinWait();
    }
    wake();
    while (running && !done.isDone()) {
      Thread.onSpinWait();
    }
  }

  /// Ends a sleep; cheap when there is none.
  void wake() {
    if (sleeping.get() && sleeping.compareAndSet(true, false)) {
      wakeUp.signal();
    }
  }

  /// From now on frames go out by a port, and come in by those of its queues that are this
  /// worker's.
  ///
  /// @param counters of this worker for the port's interface
  void add(SharedPort port, InterfaceCounters counters) {
    call(() -> {
      List<SharedQueue> owned = port.ownedBy(this);
      Port own = owned.isEmpty() ? null : owned.getFirst().real();
      put(port.interfaceIndex(), new Outlet(port, own, null, counters));
      queues.addAll(owned);
    });
  }

  /// From now on a port's frames with these tags are those of another interface.
  ///
  /// @param counters of this worker for that interface
  void add(SharedPort port, int interfaceIndex, VlanTags tags, InterfaceCounters counters) {
    call(() -> put(interfaceIndex, new Outlet(port, null, tags, counters)));
  }

  private void put(int interfaceIndex, Outlet outlet) {
    if (interfaceIndex >= outlets.length) {
      outlets = Arrays.copyOf(outlets, interfaceIndex * 2);
    }
    outlets[interfaceIndex] = outlet;
  }

  /// The port is not used any more when this returns; its sub-interfaces are gone already.
  void remove(SharedPort port) {
    call(() -> {
      take(port.interfaceIndex());
      queues.removeAll(port.ownedBy(this));
    });
  }

  /// A sub-interface's frames are not this worker's any more when this returns.
  void remove(int interfaceIndex) {
    call(() -> take(interfaceIndex));
  }

  private void take(int interfaceIndex) {
    Outlet outlet = outlets[interfaceIndex];
    if (outlet != null) {
      pool.freeAll(outlet.frames);
      outlets[interfaceIndex] = null;
    }
  }

  private void loop(int cpu) {
    try {
      CpuAffinity.pinOrNot(cpu); // it begins where its maker runs
      int idle = 0;
      while (running) {
        graph.turn();
        idle = turn() ? 0 : idle + 1;
        if (idle > IDLE_TURNS) {
          graph.rest();
          sleep();
          idle = IDLE_TURNS / 2;
        }
      }
    } catch (Throwable ours) {
      end();
      onFailure.accept(ours);
    }
    end();
  }

  // Nobody waits for this thread any more.
  private void end() {
    running = false;
    graph.close();
  }

  private boolean turn() {
    boolean worked = false;
    Runnable command = commands.poll();
    if (command != null) {
      command.run();
      worked = true;
    }
    for (int i = 0; i < queues.size(); i++) {
      if (pool.available() < PacketVector.CAPACITY) {
        flushAll(); // lest the last queues get no buffers
      }
      worked |= turn(queues.get(i));
    }
    flushAll();
    return worked;
  }

  private void flushAll() {
    for (Outlet outlet : outlets) {
      if (outlet != null && !outlet.frames.isEmpty()) {
        flush(outlet);
      }
    }
  }

  private boolean turn(SharedQueue queue) {
    if (queue.refreshReal()) {
      dataPlane.execute(() -> forwarders.onLinkLookedAt(queue.port()));
    }
    boolean sent = queue.sendForOthers(received, pool);
    int interfaceIndex = queue.port().interfaceIndex();
    if (queue.real().receive(received, pool, interfaceIndex) == 0) {
      return sent;
    }
    graph.run(received, interfaceIndex, left);
    if (!left.isEmpty()) {
      queue.leave(left, pool);
      dataPlane.wake();
    }
    return true;
  }

  private @Nullable Outlet outlet(int interfaceIndex) {
    return interfaceIndex < outlets.length ? outlets[interfaceIndex] : null;
  }

  @Override
  public boolean reaches(int interfaceIndex) {
    return outlet(interfaceIndex) != null;
  }

  @Override
  public @Nullable InterfaceCounters counters(int interfaceIndex) {
    Outlet outlet = outlet(interfaceIndex);
    return outlet == null ? null : outlet.counters;
  }

  @Override
  public void send(int interfaceIndex, PacketVector frames) {
    Outlet outlet = outlet(interfaceIndex);
    if (outlet == null) {
      pool.freeAll(frames);
    } else if (outlet.tags != null) {
      for (int i = 0; i < frames.size(); i++) {
        sendTagged(outlet, outlet.tags, frames.offset(i), frames.length(i));
      }
      frames.clear();
    } else {
      if (outlet.frames.remaining() < frames.size()) {
        flush(outlet);
      }
      outlet.frames.pushAll(frames);
      frames.clear();
    }
  }

  @Override
  public void send(int interfaceIndex, long frame, int length) {
    Outlet outlet = outlet(interfaceIndex);
    if (outlet == null) {
      pool.free(frame);
    } else if (outlet.tags != null) {
      sendTagged(outlet, outlet.tags, frame, length);
    } else {
      if (outlet.frames.remaining() == 0) {
        flush(outlet);
      }
      outlet.frames.push(frame, length);
    }
  }

  private void sendTagged(Outlet outlet, VlanTags tags, long frame, int length) {
    outlet.counters.outUnicastPkts++;
    outlet.counters.outOctets += length;
    long start = tags.insert(pool.memory(), frame);
    send(outlet.port.interfaceIndex(), start, length + tags.bytes());
  }

  private void flush(Outlet outlet) {
    PacketVector frames = outlet.frames;
    int count = frames.size();
    long octets = 0;
    for (int i = 0; i < count; i++) {
      octets += frames.length(i);
    }
    outlet.counters.outUnicastPkts += count;
    outlet.counters.outOctets += octets;
    if (outlet.own != null) {
      outlet.own.transmit(frames, pool);
    } else {
      outlet.counters.outDiscards += outlet.port.send(frames, pool, number);
    }
  }

  private void sleep() {
    sleepers.clear();
    sleepers.add(wakeUp.fd());
    asleep.clear();
    int timeoutMs = MAX_SLEEP_MS;
    for (SharedQueue each : queues) {
      Port real = each.real();
      if (real.pollDescriptor() < 0) {
        timeoutMs = 1;
      } else if (real.linkUp()) { // a device that is down has nothing for us but errors
        sleepers.add(real.pollDescriptor());
        asleep.add(each);
      }
    }
    sleeping.set(true);
    if (!hasPending() && running) {
      sleepers.await(timeoutMs);
      wakeUp.drain();
      for (int i = 0; i < asleep.size(); i++) {
        if ((sleepers.events(i + 1) & PollSet.POLLERR) != 0) {
          asleep.get(i).wantRefresh(); // a link went down; a look at it clears the error too
        }
      }
    }
    sleeping.set(false);
  }

  private boolean hasPending() {
    boolean pending = !commands.isEmpty();
    for (SharedQueue each : queues) {
      pending |= each.real().hasPending() || each.hasWork();
    }
    return pending;
  }

  /// Ends the thread; its ports are free then.
  @Override
  public void close() {
    running = false;
    sleeping.set(false);
    wakeUp.signal();
    try {
      thread.join(JOIN_MS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    if (!thread.isAlive()) { // else its memory is better lost than taken from under it
      wakeUp.close();
      pool.close();
    }
  }
}
