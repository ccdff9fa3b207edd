package io.vireo.records.proof;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vireo.generator.model.JavaNames;
import io.vireo.schema.SchemaContexts;
import io.vireo.schema.cbor.TreeCborReader;
import io.vireo.schema.cbor.TreeCborWriter;
import io.vireo.schema.node.NodeKind;
import io.vireo.schema.node.SchemaNode;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.random.RandomTree;
import io.vireo.schema.random.SameData;
import io.vireo.wire.cbor.CborReader;
import io.vireo.wire.cbor.CborWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.model.api.Module;

/// Random data of every context: written by the generic codec, read and written by records, read by
/// the generic codec, and the same.
class RecordsRoundTripTest {
  private static final SchemaContexts CONTEXTS = SchemaContexts.ofClassPath();
  private static final List<SchemaTree> TREES =
      Stream.of(SchemaContexts.CONTROL, SchemaContexts.DEVICE, SchemaContexts.ROUTER)
          .map(name -> SchemaTree.of(CONTEXTS.load(name)))
          .toList();
  private static final int SEEDS = 40;

  @TestFactory
  Stream<DynamicTest> tree_throughRecords_isTheSame() {
    return perTreeAndSeed((tree, seed) -> {
      ContainerNode data = tree(tree, seed);
      byte[] bytes = new TreeCborWriter(tree).treeBytes(data);
      RecordType type = rootType(tree);

      byte[] again = type.write(type.read(bytes));

      SameData.check(data, new TreeCborReader(tree).readTree(again));
    });
  }

  @TestFactory
  Stream<DynamicTest> unknownSids_strewnIntoEveryMap_areSkipped() {
    return perTreeAndSeed((tree, seed) -> {
      byte[] bytes = new TreeCborWriter(tree).treeBytes(tree(tree, seed));
      CborWriter strewn = new CborWriter();
      SidMaps.strewUnknown(new CborReader(bytes), strewn, new Random(seed));
      RecordType type = rootType(tree);

      assertEquals(type.read(bytes), type.read(strewn.toByteArray()));
    });
  }

  @TestFactory
  Stream<DynamicTest> randomBytes_read_failOnlyAsTyped() {
    return perTreeAndSeed((tree, seed) -> {
      Random random = new Random(seed);
      RecordType type = rootType(tree);
      byte[] bytes = new TreeCborWriter(tree).treeBytes(RandomTree.sparse(tree.root(), seed));
      for (int i = 0; i < 50; i++) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        try {
          type.read(bytes);
        } catch (IOException e) {
          assertEquals("CborException", e.getClass().getSimpleName());
        }
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> operations_throughRecords_areTheSame() {
    List<DynamicTest> tests = new ArrayList<>();
    for (SchemaTree tree : TREES) {
      for (SchemaTree.Operation operation : tree.operations()) {
        String name = className(tree, operation.name());
        tests.add(DynamicTest.dynamicTest(name, () -> checkOperation(tree, operation, name)));
      }
    }
    return tests.stream();
  }

  private static void checkOperation(SchemaTree tree, SchemaTree.Operation operation, String name)
      throws IOException {
    TreeCborWriter writer = new TreeCborWriter(tree);
    TreeCborReader reader = new TreeCborReader(tree);
    RecordType inputType = RecordType.ofMessage(name + "$Input");
    RecordType outputType = RecordType.ofMessage(name + "$Output");
    for (long seed = 0; seed < SEEDS; seed++) {
      CborWriter out = new CborWriter();
      ContainerNode input = RandomTree.complete(operation.input(), seed);
      writer.writeInput(out, operation, input);
      byte[] again = inputType.write(inputType.read(out.toByteArray()));
      assertEquals(input, reader.readInput(new CborReader(again), operation));

      out.clear();
      ContainerNode output = RandomTree.complete(operation.output(), seed);
      writer.writeOutput(out, operation, output);
      again = outputType.write(outputType.read(out.toByteArray()));
      assertEquals(output, reader.readOutput(new CborReader(again), operation));
    }
  }

  @TestFactory
  Stream<DynamicTest> notifications_throughRecords_areTheSame() {
    List<DynamicTest> tests = new ArrayList<>();
    for (SchemaTree tree : TREES) {
      for (Module module : tree.context().model().getModules()) {
        if (!tree.context().isImplemented(module.getQNameModule())) {
          continue;
        }
        for (var notification : module.getNotifications()) {
          SchemaNode schema = requireNonNull(tree.lookupNotification(notification.getQName()));
          String name = className(tree, notification.getQName());
          tests.add(DynamicTest.dynamicTest(name, () -> checkNotification(tree, schema, name)));
        }
      }
    }
    return tests.stream();
  }

  private static void checkNotification(SchemaTree tree, SchemaNode schema, String name)
      throws IOException {
    RecordType type = RecordType.ofMessage(name);
    for (long seed = 0; seed < SEEDS; seed++) {
      CborWriter out = new CborWriter();
      ContainerNode data = RandomTree.complete(schema, seed);
      new TreeCborWriter(tree).writeNotification(out, schema, data);
      byte[] again = type.write(type.read(out.toByteArray()));
      assertEquals(data, new TreeCborReader(tree).readNotification(new CborReader(again), schema));
    }
  }

  /// The random trees leave out nothing that a record could get wrong.
  @Test
  void everyNode_overAllSeeds_isCovered() throws IOException {
    Set<String> missed = new TreeSet<>();
    for (SchemaTree tree : TREES) {
      Set<Long> seen = new TreeSet<>();
      for (long seed = 0; seed < 3 * SEEDS; seed++) {
        byte[] bytes = new TreeCborWriter(tree).treeBytes(tree(tree, seed));
        SidMaps.collect(new CborReader(bytes), 0, seen);
      }
      addMissed(tree.root(), seen, missed);
    }
    assertEquals(Set.of(), missed);
  }

  private static void addMissed(SchemaNode node, Set<Long> seen, Set<String> missed) {
    for (SchemaNode child : node.children()) {
      boolean empty = child.kind() == NodeKind.CONTAINER && child.children().isEmpty();
      if (child.kind() != NodeKind.ANYDATA && !empty && !seen.contains(child.sid())) {
        missed.add(child.schemaPath());
      }
      addMissed(child, seen, missed);
    }
  }

  private interface TreeCheck {
    void run(SchemaTree tree, long seed) throws IOException;
  }

  private static Stream<DynamicTest> perTreeAndSeed(TreeCheck check) {
    return TREES.stream()
        .flatMap(tree ->
            LongStream.range(0, SEEDS)
                .mapToObj(seed ->
                    DynamicTest.dynamicTest(
                        tree.context().name() + " seed " + seed, () -> check.run(tree, seed))));
  }

  private static ContainerNode tree(SchemaTree tree, long seed) {
    return seed % 2 == 0
        ? RandomTree.complete(tree.root(), seed)
        : RandomTree.sparse(tree.root(), seed);
  }

  private static RecordType rootType(SchemaTree tree) {
    String context = tree.context().name();
    return RecordType.of("io.vireo.records." + context + "." + JavaNames.type(context) + "Root");
  }

  private static String className(SchemaTree tree, QName name) {
    return "io.vireo.records."
        + tree.context().name()
        + "."
        + JavaNames.packageSegment(tree.moduleName(name.getModule()))
        + "."
        + JavaNames.type(name.getLocalName());
  }
}
