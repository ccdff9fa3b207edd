package io.vireo.manager.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vireo.manager.life.RouterLife.Action;
import io.vireo.manager.life.RouterLife.Status;
import org.junit.jupiter.api.Test;

class RouterLifeTest {
  private static final Action NONE = new Action.None();
  private static final Action START = new Action.Start();
  private static final Action STOP = new Action.Stop();

  private final RouterLife life = new RouterLife(new Backoff(100, 1_000, 10_000));

  private void run(long nowMs) {
    assertEquals(START, life.onWanted(true, nowMs));
    life.onConfigured();
    assertEquals(Status.RUNNING, life.status());
  }

  @Test
  void running_dies_isStartedAtOnceThenAfterPauses() {
    run(0);
    assertEquals(new Action.Pause(0), life.onExit("signal 9", 1));
    assertEquals(Status.BACKING_OFF, life.status());
    assertEquals(START, life.onPauseOver(1));
    assertEquals(1, life.restarts());
    assertEquals("signal 9", life.lastExit());
    assertEquals(new Action.Pause(100), life.onExit("exit code 1", 2));
    assertEquals(START, life.onPauseOver(102));
    assertEquals(2, life.restarts());
  }

  @Test
  void running_unwanted_isStoppedAndStaysSo() {
    run(0);
    assertEquals(STOP, life.onWanted(false, 5));
    assertEquals(Status.STOPPING, life.status());
    assertEquals(NONE, life.onExit("exit code 0", 6));
    assertEquals(Status.DISABLED, life.status());
    assertEquals(0, life.restarts());
  }

  @Test
  void stopping_wantedAgain_startsWhenTheOldOneEnded() {
    run(0);
    life.onWanted(false, 5);
    assertEquals(NONE, life.onWanted(true, 6));
    assertEquals(START, life.onExit("exit code 0", 7));
    assertEquals(Status.STARTING, life.status());
  }

  @Test
  void backingOff_unwanted_isDisabledAndThePauseMeansNothing() {
    run(0);
    life.onExit("signal 11", 1);
    assertEquals(NONE, life.onWanted(false, 2));
    assertEquals(Status.DISABLED, life.status());
    assertEquals(NONE, life.onPauseOver(3));
  }

  @Test
  void running_restartAsked_isStoppedAndStartedWithoutCount() {
    run(0);
    assertEquals(STOP, life.onRestart(5));
    assertEquals(START, life.onExit("exit code 143", 6));
    assertEquals(0, life.restarts());
  }

  @Test
  void starting_failsToStart_isTriedAgainLater() {
    life.onWanted(true, 0);
    assertEquals(new Action.Pause(1_000), life.onStartFailed("no java"));
    assertEquals("no java", life.startFailure());
    assertEquals(START, life.onPauseOver(1_000));
    life.onConfigured();
    assertNull(life.startFailure());
  }

  @Test
  void found_running_needsNoStart() {
    life.onFound(0);
    assertEquals(NONE, life.onWanted(true, 0));
    life.onConfigured();
    assertEquals(Status.RUNNING, life.status());
    life.onLinkLost();
    assertEquals(Status.STARTING, life.status());
  }
}
