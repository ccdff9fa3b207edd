package io.vireo.schema.cbor;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.schema.SchemaContexts;
import io.vireo.schema.node.SchemaNode;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.random.RandomTree;
import io.vireo.schema.random.SameData;
import io.vireo.schema.random.TestSchemas;
import io.vireo.wire.cbor.CborException;
import io.vireo.wire.cbor.CborReader;
import io.vireo.wire.cbor.CborWriter;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.opendaylight.yangtools.yang.common.Decimal64;
import org.opendaylight.yangtools.yang.common.Empty;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.Uint32;
import org.opendaylight.yangtools.yang.common.Uint64;
import org.opendaylight.yangtools.yang.common.Uint8;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

class TreeCborTest {
  private static final SchemaTree TYPES = TestSchemas.numbered("types");
  private static final SchemaTree ROUTER = TestSchemas.numbered(SchemaContexts.ROUTER);
  private static final SchemaTree DEVICE = TestSchemas.numbered(SchemaContexts.DEVICE);

  @TestFactory
  Stream<DynamicTest> randomTree_writtenAndRead_isTheSame() {
    return LongStream.range(0, 60)
        .boxed()
        .flatMap(seed ->
            Stream.of(TYPES, ROUTER, DEVICE)
                .map(tree ->
                    DynamicTest.dynamicTest(
                        tree.context().name() + " seed " + seed,
                        () -> checkRoundTrip(tree, seed))));
  }

  private static void checkRoundTrip(SchemaTree tree, long seed) throws Exception {
    ContainerNode data =
        seed % 4 == 0
            ? RandomTree.complete(tree.root(), seed)
            : RandomTree.sparse(tree.root(), seed);
    byte[] bytes = new TreeCborWriter(tree).treeBytes(data);

    ContainerNode read = new TreeCborReader(tree).readTree(bytes);

    SameData.check(data, read);
  }

  @Test
  void operationAndNotification_writtenAndRead_areTheSame() throws Exception {
    TreeCborWriter writer = new TreeCborWriter(TYPES);
    TreeCborReader reader = new TreeCborReader(TYPES);
    SchemaTree.Operation act = requireNonNull(TYPES.lookupOperation("urn:vireo:test-types", "act"));
    SchemaNode tell =
        requireNonNull(TYPES.lookupNotification(QName.create("urn:vireo:test-types", "tell")));
    ContainerNode input = RandomTree.complete(act.input(), 7);
    ContainerNode notification = RandomTree.complete(tell, 7);
    CborWriter out = new CborWriter();

    writer.writeInput(out, act, input);
    assertEquals(input, reader.readInput(new CborReader(out.toByteArray()), act));

    out.clear();
    writer.writeNotification(out, tell, notification);
    assertEquals(notification, reader.readNotification(new CborReader(out.toByteArray()), tell));
  }

  // The facts of RFC 9254 §6: the same values must give the same bytes.
  @Test
  void valuesOfRfc9254_written_giveItsBytes() {
    assertEquals("1a000f4240", hex("u32", Uint32.valueOf(1_000_000)));
    assertEquals("39012b", hex("i16", (short) -300));
    assertEquals("1bffffffffffffffff", hex("u64", Uint64.MAX_VALUE));
    assertEquals("c48221190101", hex("dec", Decimal64.valueOf("2.57")));
    assertEquals("6465746830", hex("text", "eth0"));
    assertEquals("f5", hex("flag", true));
    assertEquals("f6", hex("mark", Empty.value()));
    assertEquals("01", hex("status", "up"));
    assertEquals("23", hex("status", "unknown"));
    assertEquals("4103", hex("alarms", Set.of("warning", "minor")));
    // In unions: names under tags 44 and 43, SIDs under 45.
    assertEquals("05", hex("mix", Uint8.valueOf(5)));
    assertEquals("d82c67666f7265766572", hex("mix", "forever"));
    assertEquals("d82b636120" + "62", hex("mix", Set.of("a", "b")));
    assertTrue(hex("mix", QName.create("urn:vireo:test-types", "cat")).startsWith("d82d19"));
  }

  private static String hex(String leaf, Object value) {
    SchemaNode top = TYPES.root().children().getFirst();
    SchemaNode schema = requireNonNull(top.lookup("urn:vireo:test-types", leaf));
    CborWriter out = new CborWriter();
    new TreeCborWriter(TYPES)
        .writeValue(out, schema, ImmutableNodes.leafNode(schema.identifier(), value));
    return HexFormat.of().formatHex(out.toByteArray());
  }

  @Test
  void unknownSid_read_isSkippedAndCounted() throws Exception {
    SchemaNode top = TYPES.root().children().getFirst();
    CborWriter out = new CborWriter();
    out.startMap(2);
    out.writeLong(99_999);
    out.startArray(1);
    out.writeText("from a later version");
    out.writeLong(top.sid());
    out.startMap(0);
    TreeCborReader reader = new TreeCborReader(TYPES);

    ContainerNode data = reader.readTree(out.toByteArray());

    assertEquals(1, data.size());
    assertEquals(1, reader.unknownSids());
  }

  @Test
  void valueOutOfRange_read_namesLeafAndReason() {
    SchemaNode top = TYPES.root().children().getFirst();
    SchemaNode u8 = requireNonNull(top.lookup("urn:vireo:test-types", "u8"));
    CborWriter out = new CborWriter();
    out.startMap(1);
    out.writeLong(top.sid());
    out.startMap(1);
    out.writeLong(u8.sid() - top.sid());
    out.writeLong(50);

    TreeCborException failure =
        assertThrows(
            TreeCborException.class, () -> new TreeCborReader(TYPES).readTree(out.toByteArray()));

    assertEquals("/vireo-test-types:top/u8", failure.schemaPath());
    assertEquals(CborException.Reason.OUT_OF_RANGE, failure.reason());
  }

  @Test
  void entryWithoutKey_read_isMissing() {
    SchemaNode top = TYPES.root().children().getFirst();
    SchemaNode entry = requireNonNull(top.lookup("urn:vireo:test-types", "entry"));
    CborWriter out = new CborWriter();
    out.startMap(1);
    out.writeLong(top.sid());
    out.startMap(1);
    out.writeLong(entry.sid() - top.sid());
    out.startArray(1);
    out.startMap(0);

    TreeCborException failure =
        assertThrows(
            TreeCborException.class, () -> new TreeCborReader(TYPES).readTree(out.toByteArray()));

    assertEquals(CborException.Reason.MISSING, failure.reason());
  }

  @Test
  void everySeed_drawnTwice_isTheSameTree() {
    ContainerNode once = RandomTree.complete(TYPES.root(), 3);

    assertEquals(once, RandomTree.complete(TYPES.root(), 3));
    assertFalse(once.equals(RandomTree.complete(TYPES.root(), 4)));
    assertArrayEquals(
        new TreeCborWriter(TYPES).treeBytes(once),
        new TreeCborWriter(TYPES).treeBytes(RandomTree.complete(TYPES.root(), 3)));
  }
}
