package io.vireo.rsock.client.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.rsock.client.Router;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolOptionsTest {

  @Test
  void serveBothWithRulesPort_isThreeSockets() {
    ToolOptions options =
        ToolOptions.parse("serve", "--both", "blue", "--port", "7001", "--rules-port", "7002");

    assertEquals(List.of(Router.named("blue"), Router.KERNEL), options.routers());
    assertEquals(7001, options.endpoint().getPort());
    assertEquals(7002, options.rulesPort());
  }

  @Test
  void serveOnlyByRules_listensNowhereElse() {
    ToolOptions options = ToolOptions.parse("serve", "--rules-port", "7002");

    assertEquals(0, options.endpoint().getPort());
  }

  @Test
  void ask_hasDefaults() {
    ToolOptions options = ToolOptions.parse("ask", "10.0.2.2", "7");

    assertEquals(5, options.count());
    assertTrue(options.routers().isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fly | 'fly'",
        "serve --port x | 'x'",
        "serve --port | --port",
        "serve --speed 9 | --speed",
        "serve here | [here]",
        "ask 10.0.2.2 | [10.0.2.2]",
        "ask host 7 | host",
        "serve --vr a/b | 'a/b'",
      })
  void badArgument_isNamed(String line, String named) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> ToolOptions.parse(line.split(" ")));

    assertTrue(String.valueOf(refused.getMessage()).contains(named), refused.getMessage());
  }
}
