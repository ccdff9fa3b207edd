package io.vireo.datastore.engine;

import io.vireo.datastore.api.ManagementEvent;
import io.vireo.datastore.api.ManagementSession.Subscription;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Hands events on, in order, each receiver on a thread of its own: a slow one loses events, which
/// it is told, and holds up nobody.
public final class EventBus implements AutoCloseable {
  private static final int WAITING = 1_000;

  private final Clock clock;
  private final List<Receiver> receivers = new CopyOnWriteArrayList<>();

  public EventBus(Clock clock) {
    this.clock = clock;
  }

  /// Whether anybody listens.
  boolean isHeard() {
    return !receivers.isEmpty();
  }

  void publish(ManagementEvent event) {
    receivers.forEach(receiver -> receiver.put(event));
  }

  /// Registers a receiver until the subscription is closed.
  Subscription subscribe(Consumer<ManagementEvent> consumer) {
    Receiver receiver = new Receiver(consumer);
    receivers.add(receiver);
    Thread.ofVirtual().name("events").start(receiver::run);
    return () -> {
      receivers.remove(receiver);
      receiver.end();
    };
  }

  @Override
  public void close() {
    receivers.forEach(Receiver::end);
    receivers.clear();
  }

  private final class Receiver {
    private final Consumer<ManagementEvent> consumer;
    private final Queue<ManagementEvent> waiting = new ArrayDeque<>();
    private long missed;
    private boolean ended;

    Receiver(Consumer<ManagementEvent> consumer) {
      this.consumer = consumer;
    }

    synchronized void put(ManagementEvent event) {
      if (waiting.size() >= WAITING) {
        missed++;
      } else {
        waiting.add(event);
        notifyAll();
      }
    }

    synchronized void end() {
      ended = true;
      notifyAll();
    }

    private synchronized List<ManagementEvent> take() throws InterruptedException {
      while (waiting.isEmpty() && !ended) {
        wait();
      }
      List<ManagementEvent> taken = new java.util.ArrayList<>(waiting);
      waiting.clear();
      if (missed > 0) {
        taken.add(new ManagementEvent.Missed(clock.instant(), missed));
        missed = 0;
      }
      return taken;
    }

    // A receiver that fails over one event has missed it, and goes on with the next.
    private void hand(ManagementEvent event) {
      try {
        consumer.accept(event);
      } catch (RuntimeException e) {
        synchronized (this) {
          missed++;
        }
      }
    }

    void run() {
      try {
        for (var taken = take(); !taken.isEmpty(); taken = take()) {
          taken.forEach(this::hand);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
