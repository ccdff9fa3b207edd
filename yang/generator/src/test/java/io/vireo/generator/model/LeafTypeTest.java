package io.vireo.generator.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LeafTypeTest {
  @Test
  void fill_valueStandsForTheMark_outsideOfLiteralsOnly() {
    assertEquals(
        "matches(raw, \"^(?:.*\\\"$x)$\") && raw.size() > 0",
        LeafType.fill("matches($, \"^(?:.*\\\"$x)$\") && $.size() > 0", "raw"));
  }
}
