package io.vireo.generator.sid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.generator.sid.SchemaItems.Item;
import io.vireo.generator.sid.SchemaItems.ModuleItems;
import io.vireo.generator.sid.SidAllocation.ModuleSids;
import io.vireo.schema.sid.SidNamespace;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SidAllocationTest {

  /// The committed files are complete, canonical, and agree with the ledger.
  @Test
  void committedFiles_checked_areUpToDate() throws Exception {
    SidTool tool =
        new SidTool(Path.of("../models/src/main/sid"), Path.of("src/main/sid/ledger.txt"));
    assertEquals(
        List.of(),
        tool.check(),
        "run: mvn -q -B -o -pl yang/generator -am -Psid-update process-classes");
  }

  @TestFactory
  Stream<DynamicTest> models_thatGrowAndShrink_neverChangeANumber() {
    return IntStream.range(0, 50)
        .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> growAndShrink(seed)));
  }

  private static void growAndShrink(int seed) {
    Random random = new Random(seed);
    SortedMap<String, ModuleSids> held = new TreeMap<>();
    for (int step = 0; step < 20; step++) {
      SortedMap<String, ModuleItems> schema = schema(random);
      SortedMap<String, ModuleSids> next = SidAllocation.extend(held, schema);
      Set<Long> seen = new HashSet<>();
      next.values()
          .forEach(sids -> sids.items().keySet().forEach(sid -> assertTrue(seen.add(sid))));
      held.forEach((module, before) ->
          assertTrue(
              Objects.requireNonNull(next.get(module))
                  .items()
                  .entrySet()
                  .containsAll(before.items().entrySet())));
      schema.forEach((module, items) ->
          assertTrue(
              Objects.requireNonNull(next.get(module))
                  .items()
                  .values()
                  .containsAll(items.items())));
      assertEquals(next, SidAllocation.extend(next, schema));
      held = next;
    }
  }

  private static SortedMap<String, ModuleItems> schema(Random random) {
    SortedMap<String, ModuleItems> schema = new TreeMap<>();
    for (int m = 0; m < 5; m++) {
      if (random.nextInt(4) > 0) {
        Set<Item> items = new LinkedHashSet<>();
        items.add(new Item(SidNamespace.MODULE, "m" + m));
        for (int i = random.nextInt(120); i > 0; i--) {
          items.add(new Item(SidNamespace.DATA, "/m" + m + ":n" + random.nextInt(200)));
        }
        schema.put("m" + m, new ModuleItems("", items));
      }
    }
    return schema;
  }

  @Test
  void ledger_contradicted_namesTheNumber() {
    SidLedger ledger = SidLedger.parse(List.of("# c", "60000 m MODULE m", "60001 m DATA /m:a"));
    ModuleSids renumbered =
        new ModuleSids(
            "m",
            "",
            List.of(),
            new TreeMap<>(
                Map.of(
                    60000L,
                    new Item(SidNamespace.MODULE, "m"),
                    60002L,
                    new Item(SidNamespace.DATA, "/m:a"))),
            Set.of());
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> ledger.requireKept(List.of(renumbered)));
    assertTrue(String.valueOf(e.getMessage()).contains("SID 60001"));
  }
}
