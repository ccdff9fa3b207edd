package io.vireo.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionRegisterTest {
  private final SessionRegister register = new SessionRegister(new SessionLimits(6, 4, 2, 2, 10));

  @Test
  void pendingLogins_tooMany_oldestOfBusiestAddressLeaves() {
    assertNull(register.onOpened("a1", "192.0.2.1"));
    assertNull(register.onOpened("a2", "192.0.2.1"));

    assertEquals("a1", register.onOpened("b1", "192.0.2.2"));
    assertEquals("a2", register.onOpened("a3", "192.0.2.1"));

    assertFalse(register.onLogin("a1", "admin"), "it is on its way out");
    assertTrue(register.onLogin("b1", "admin"));
    assertEquals(2, register.openConnections());
  }

  @Test
  void loggedIn_neverLeave() {
    for (String session : new String[] {"a1", "a2"}) {
      register.onOpened(session, "192.0.2.1");
      assertTrue(register.onLogin(session, "user"));
    }
    register.onOpened("a3", "192.0.2.1");
    register.onOpened("a4", "192.0.2.1");

    assertEquals(Optional.of("limit of 4 connections per address"), register.refusal("192.0.2.1"));
    assertEquals("a3", register.onOpened("b1", "192.0.2.2"));
    assertTrue(register.refusal("192.0.2.1").isEmpty());
  }

  @Test
  void limits_lowered_holdForTheNextOnly() {
    register.onOpened("a1", "192.0.2.1");
    assertTrue(register.onLogin("a1", "admin"));
    register.limit(new SessionLimits(1, 1, 1, 1, 1));

    assertEquals(1, register.openConnections());
    assertEquals(Optional.of("limit of 1 connections"), register.refusal("192.0.2.9"));
    register.onClosed("a1");
    assertTrue(register.refusal("192.0.2.9").isEmpty());
  }
}
