package io.vireo.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostCommandTest {
  @Test
  void program_thatHangs_isGivenUp() {
    IOException late =
        assertThrows(IOException.class, () -> HostCommand.run(List.of("sleep", "600"), 50));
    assertEquals("sleep 600: no end after 50 ms", late.getMessage());
  }

  @Test
  void program_thatFails_saysWhy() {
    IOException failed = assertThrows(IOException.class, () -> HostCommand.run("cat", "/absent"));
    assertTrue(String.valueOf(failed.getMessage()).contains("exit code 1"), failed::toString);
  }
}
