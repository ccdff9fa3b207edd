package io.vireo.datastore.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.datastore.TestTrees;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.Trees;
import io.vireo.datastore.tree.Candidate;
import io.vireo.datastore.tree.CandidateEditor;
import io.vireo.datastore.tree.TreeDifference;
import io.vireo.datastore.tree.TreeSchemas;
import io.vireo.schema.edit.EditOperation;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.random.RandomTree;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// A look at what a change may have broken finds what a look at everything finds: random edits of
/// valid configurations, judged both ways. The oracle's test says that the second one is right.
class IncrementalTest {
  private static final int RUNS = 40;
  private static final int EDITS = 60;
  private static final SchemaTree SCHEMA = SchemaTree.of(TestTrees.CONTEXTS.load("rules"));
  private static final TreeSchemas SCHEMAS = TreeSchemas.of(SCHEMA, SCHEMA);
  private static final Validation VALIDATION = new Validation(SCHEMAS);

  private int accepted;
  private int refused;

  @TestFactory
  Stream<DynamicTest> check_ofChange_equalsCheckOfAll() {
    long base = Long.getLong("vireo.seed", 20261126L);
    return IntStream.range(0, RUNS)
        .mapToObj(i ->
            DynamicTest.dynamicTest(
                "-Dvireo.seed=" + (base + i), () -> new IncrementalTest().run(base + i)));
  }

  private void run(long seed) throws ManagementException {
    Random random = new Random(seed);
    Trees running = valid(seed, random);
    for (int i = 0; i < EDITS; i++) {
      Candidate candidate = Candidate.of(running);
      for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
        candidate = edited(candidate, random);
      }
      Validation.Result result = VALIDATION.check(running, candidate);
      List<ManagementError> all = VALIDATION.check(result.candidate().trees());
      String words =
          "edit "
              + i
              + ": "
              + TreeDifference.between(running, candidate)
              + "\non "
              + running.device();
      if (result.errors().isEmpty()) {
        accepted++;
        assertEquals(List.of(), all, words);
        running = result.candidate().trees();
      } else {
        refused++;
        assertFalse(all.isEmpty(), result.errors() + words);
      }
    }
    assertTrue(accepted > 0 && refused > 0, accepted + " accepted, " + refused + " refused");
  }

  private static Trees valid(long seed, Random random) throws ManagementException {
    for (long next = seed; ; next += RUNS) {
      ContainerNode drawn = RandomTree.config(SCHEMA.root(), next);
      Trees trees =
          new Trees(RandomConfigs.repaired(VALIDATION, SCHEMA, drawn, 200, random), Map.of());
      if (VALIDATION.check(trees).isEmpty()) {
        return trees;
      }
    }
  }

  private static Candidate edited(Candidate candidate, Random random) {
    ContainerNode donor = RandomTree.config(SCHEMA.root(), random.nextLong());
    boolean removes = random.nextInt(3) == 0;
    ContainerNode from = removes ? candidate.trees().device() : donor;
    YangInstanceIdentifier path = RandomConfigs.pathIn(from, random);
    if (path.isEmpty()) {
      return candidate;
    }
    EditOperation operation =
        removes
            ? new EditOperation.Remove(path)
            : random.nextBoolean()
                ? new EditOperation.Merge(path, TestTrees.at(donor, path))
                : new EditOperation.Replace(path, TestTrees.at(donor, path));
    try {
      return CandidateEditor.edit(
          SCHEMAS, candidate, List.of(new TreeEdit(TreeId.DEVICE, operation)));
    } catch (ManagementException e) {
      // The entry around it is not there, or it is a key.
      return candidate;
    }
  }
}
