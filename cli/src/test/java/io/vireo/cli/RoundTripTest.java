package io.vireo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.vireo.datastore.api.Trees;
import io.vireo.datastore.tree.TreeDifference;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What `show running-config` prints makes the same trees when it is given back line by line.
class RoundTripTest {
  private static final int SEEDS = 100;

  @TestFactory
  Stream<DynamicTest> randomConfig_printedAndGivenBack_isTheSame() {
    return LongStream.range(0, SEEDS).mapToObj(s -> dynamicTest("seed " + s, () -> roundTrip(s)));
  }

  private static void roundTrip(long seed) {
    Operator first = Operator.onEmpty();
    first.management.edit(new RandomConfig(seed, Contexts.SCHEMAS).edits());
    Trees wanted = first.management.candidateTrees();
    first.give("configure");
    first.give("commit");
    List<String> lines = first.give("do show running-config");

    Operator second = Operator.onEmpty();
    second.give("configure");
    for (String line : lines) {
      try {
        second.give(line);
      } catch (AssertionError e) {
        throw new AssertionError(
            "seed " + seed + ", prompt " + second.prompt() + "\n" + String.join("\n", lines), e);
      }
    }
    assertEquals(
        String.join("\n", lines),
        String.join("\n", second.give("do show candidate-config")),
        "seed " + seed);
    // Not by equals: YANG Tools takes choices with the same octets in a leaf for different ones.
    assertEquals(
        Map.of(),
        TreeDifference.between(wanted, second.management.candidateTrees()),
        "seed " + seed);
  }
}
