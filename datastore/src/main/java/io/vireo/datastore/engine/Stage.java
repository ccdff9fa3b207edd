package io.vireo.datastore.engine;

import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.tree.Candidate;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The state that stands. Readers take it without waiting; writers hold the lock.
public final class Stage {
  private final ReentrantLock writer = new ReentrantLock(true);
  private volatile State now;

  public Stage(State initial) {
    this.now = initial;
  }

  public State now() {
    return now;
  }

  /// A change, or a look at what must not change meanwhile.
  interface Step<T> {
    @Nullable T run() throws ManagementException;
  }

  /// Carries out a step while no other writer does.
  <T> @Nullable T write(Step<T> step) throws ManagementException {
    writer.lock();
    try {
      return step.run();
    } finally {
      writer.unlock();
    }
  }

  /// Puts the next state in place; within [#write] only.
  void publish(State next) {
    if (!writer.isHeldByCurrentThread()) {
      throw new IllegalStateException("a state is published without the writer lock");
    }
    now = next;
  }

  /// Makes the candidate equal to running; within [#write] only.
  void discard() {
    publish(now.withCandidate(Candidate.of(now.running())));
  }
}
