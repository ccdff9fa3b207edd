package io.vireo.datastore.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vireo.datastore.TestTrees;
import io.vireo.schema.cbor.TreeCborReader;
import io.vireo.schema.cbor.TreeCborWriter;
import io.vireo.schema.cbor.TreePatchReader;
import io.vireo.schema.edit.EditOperation;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.random.RandomTree;
import io.vireo.schema.random.TestSchemas;
import io.vireo.wire.cbor.CborPatch;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// A patch leads from a tree to another and back: of the bytes, and as edits.
class TreePatchTest {
  private static final int RUNS = 60;
  private static final SchemaTree RULES = TestSchemas.numbered("rules");

  @TestFactory
  Stream<DynamicTest> patch_random_leadsThereAndBack() {
    long base = Long.getLong("vireo.seed", 20261126L);
    return IntStream.range(0, RUNS)
        .mapToObj(i ->
            DynamicTest.dynamicTest(
                "-Dvireo.seed=" + (base + i),
                () -> {
                  run(RULES, base + i);
                  run(TestTrees.ROUTER_TREE, base + i);
                }));
  }

  private static void run(SchemaTree schema, long seed) throws Exception {
    ContainerNode one = normal(schema, RandomTree.config(schema.root(), seed));
    ContainerNode other = normal(schema, RandomTree.config(schema.root(), seed + 1_000_000));
    // Something in common.
    TreeEditor editor = new TreeEditor(new TreeSchema(schema), TreeId.DEVICE, one);
    editor.apply(new EditOperation.Merge(YangInstanceIdentifier.of(), other));
    ContainerNode both = editor.finish().root();
    leads(schema, one, both);
    leads(schema, both, one);
    leads(schema, one, other);
    leads(schema, TreeSchema.EMPTY, both);
    leads(schema, both, TreeSchema.EMPTY);
  }

  // As edits leave trees: without empty containers.
  private static ContainerNode normal(SchemaTree schema, ContainerNode data) throws Exception {
    TreeEditor editor = new TreeEditor(new TreeSchema(schema), TreeId.DEVICE, TreeSchema.EMPTY);
    editor.apply(new EditOperation.Merge(YangInstanceIdentifier.of(), data));
    return editor.finish().root();
  }

  private static void leads(SchemaTree schema, ContainerNode from, ContainerNode to)
      throws Exception {
    List<Change> changes = TreeDifference.between(from, to, Set.of(YangInstanceIdentifier.of()));
    byte[] patch = TreePatch.of(schema, changes, to);
    byte[] patched = CborPatch.apply(new TreeCborWriter(schema).treeBytes(from), List.of(patch));
    assertEquals(to, new TreeCborReader(schema).readTree(Objects.requireNonNull(patched)));
    TreeEditor editor = new TreeEditor(new TreeSchema(schema), TreeId.DEVICE, from);
    for (EditOperation edit : new TreePatchReader(schema).read(patch)) {
      editor.apply(edit);
    }
    assertEquals(to, editor.finish().root());
  }
}
