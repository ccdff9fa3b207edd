package io.vireo.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LoginNameTest {
  @Test
  void name_isOfAUserAndAScope() {
    assertEquals(new LoginName("admin", null), LoginName.of("admin"));
    assertEquals(new LoginName("admin", "blue"), LoginName.of("admin%blue"));
    assertEquals(new LoginName("admin", ""), LoginName.of("admin%"));
    assertEquals(new LoginName("", "a%b"), LoginName.of("%a%b"));
  }
}
