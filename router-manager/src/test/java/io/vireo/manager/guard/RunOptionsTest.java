package io.vireo.manager.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunOptionsTest {
  @Test
  void noOptions_listenOnLoopbackOnly() throws UsageException {
    RunOptions options = RunOptions.parse(List.of(), "ada");
    assertEquals("127.0.0.1:830", options.netconf().toString());
    assertEquals("127.0.0.1:2222", options.cli().toString());
    assertEquals(Path.of("/var/lib/vireo"), options.state());
    assertEquals("ada", options.firstUser());
    assertNull(options.config());
    assertTrue(options.netconf().privileged());
    assertFalse(options.cli().privileged());
  }

  @Test
  void allOptions_areTaken() throws UsageException {
    RunOptions options =
        RunOptions.parse(
            List.of(
                "--state",
                "/tmp/s",
                "--netconf",
                "[::1]:1830",
                "--cli",
                "0.0.0.0:22",
                "--config",
                "/c.xml",
                "--models",
                "/m",
                "--first-user",
                "bob",
                "--password-file",
                "/p"),
            "ada");
    assertEquals("[0:0:0:0:0:0:0:1]:1830", options.netconf().toString());
    assertEquals("bob", options.firstUser());
    assertEquals(Path.of("/p"), options.passwordFile());
    assertEquals(Path.of("/m"), options.models());
  }

  @Test
  void wrongWords_areNamed() {
    assertNames("--colour", "--colour", "red");
    assertNames("--state needs a value", "--state");
    assertNames("twice", "--cli", "127.0.0.1:1", "--cli", "127.0.0.1:2");
    assertNames("localhost:830", "--netconf", "localhost:830");
    assertNames("127.0.0.1", "--netconf", "127.0.0.1");
    assertNames("99999", "--netconf", "127.0.0.1:99999");
    assertNames("brackets", "--netconf", "::1:830");
    assertNames("both 127.0.0.1:830", "--cli", "127.0.0.1:830");
    assertNames("Bob", "--first-user", "Bob");
    assertNames("not both", "--authorized-keys", "/k", "--password-file", "/p");
  }

  private static void assertNames(String expected, String... words) {
    UsageException wrong =
        assertThrows(UsageException.class, () -> RunOptions.parse(List.of(words), "ada"));
    assertTrue(String.valueOf(wrong.getMessage()).contains(expected), wrong.getMessage());
  }
}
