package io.vireo.netconf.framing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class MessageBudgetTest {
  private final MessageBudget budget = new MessageBudget(100, 10);

  private InputStream message(int length) {
    return budget.count(new ByteArrayInputStream(new byte[length]));
  }

  @Test
  void messages_withinTheBudgetTogether_areRead() throws Exception {
    try (InputStream first = message(60);
        InputStream second = message(60)) {
      assertEquals(60, first.readAllBytes().length);
      assertEquals(60, second.readAllBytes().length);
    }
  }

  @Test
  void messages_beyondTheBudget_refusedUntilOthersAreDone() throws Exception {
    InputStream first = message(100);
    first.readAllBytes();
    try (InputStream second = message(30)) {
      assertThrows(FramingException.class, second::readAllBytes);
    }
    try (InputStream small = message(10)) {
      assertEquals(10, small.readAllBytes().length);
    }
    first.close();
    try (InputStream third = message(110)) {
      assertEquals(110, third.readAllBytes().length);
    }
  }
}
