package io.vireo.ssh;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LoginThrottleTest {
  private static final long SECOND = 1_000_000_000L;
  private final LoginThrottle throttle = new LoginThrottle(new LoginThrottle.Limits(3, 6 * SECOND));

  private void fail(int times, long nowNs) {
    for (int i = 0; i < times; i++) {
      throttle.onFailure("192.0.2.1", nowNs);
    }
  }

  @Test
  void burst_failed_addressIsHeldAndOthersAreNot() {
    fail(2, 0);
    assertTrue(throttle.mayTry("192.0.2.1", 0));
    fail(1, 0);
    assertFalse(throttle.mayTry("192.0.2.1", 5 * SECOND));
    assertTrue(throttle.mayTry("192.0.2.2", 0));
  }

  @Test
  void held_timePasses_oneMoreTryPerInterval() {
    fail(3, 0);
    assertTrue(throttle.mayTry("192.0.2.1", 6 * SECOND));
    fail(1, 6 * SECOND);
    assertFalse(throttle.mayTry("192.0.2.1", 11 * SECOND));
    assertTrue(throttle.mayTry("192.0.2.1", 12 * SECOND));
  }

  @Test
  void held_hammered_waitsNoLonger() {
    fail(50, 0);
    assertTrue(throttle.mayTry("192.0.2.1", 6 * SECOND));
  }

  @Test
  void failed_loggedIn_forgotten() {
    fail(3, 0);
    throttle.onSuccess("192.0.2.1");
    assertTrue(throttle.mayTry("192.0.2.1", 0));
  }
}
