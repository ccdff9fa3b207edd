package io.vireo.manager.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff = new Backoff(100, 1_000, 10_000);

  @Test
  void fresh_firstDeath_isAnsweredAtOnce() {
    assertEquals(0, backoff.onDeath(5));
  }

  @Test
  void looping_deaths_doubleThePauseUpToTheBound() {
    long[] pauses = new long[7];
    for (int i = 0; i < pauses.length; i++) {
      pauses[i] = backoff.onDeath(5);
    }
    org.junit.jupiter.api.Assertions.assertArrayEquals(
        new long[] {0, 100, 200, 400, 800, 1_000, 1_000}, pauses);
  }

  @Test
  void looping_manyDeaths_staysAtTheBound() {
    for (int i = 0; i < 100; i++) {
      backoff.onDeath(0);
    }
    assertEquals(1_000, backoff.onDeath(0));
  }

  @Test
  void looping_longLife_clearsTheRecord() {
    backoff.onDeath(5);
    backoff.onDeath(5);
    assertEquals(0, backoff.onDeath(10_000));
    assertEquals(100, backoff.onDeath(9_999));
  }

  @Test
  void looping_reset_clearsTheRecord() {
    backoff.onDeath(5);
    backoff.reset();
    assertEquals(0, backoff.onDeath(5));
  }

  @Test
  void nonsense_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Backoff(0, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Backoff(10, 1, 1));
  }
}
