package io.vireo.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LineLimitTest {
  @Test
  void lines_withinTheInterval_areCounted() {
    LineLimit limit = new LineLimit(100);
    assertEquals(0, limit.admit(-5));
    assertEquals(-1, limit.admit(0));
    assertEquals(-1, limit.admit(94));
    assertEquals(2, limit.admit(95));
    assertEquals(0, limit.admit(200));
  }
}
