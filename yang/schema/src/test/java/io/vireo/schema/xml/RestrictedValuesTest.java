package io.vireo.schema.xml;

import static io.vireo.schema.xml.XmlCases.config;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.schema.SchemaContexts;
import io.vireo.schema.SchemaDataException;
import io.vireo.schema.SchemaDataException.Tag;
import io.vireo.schema.document.DocumentOperation;
import io.vireo.schema.edit.EditOperation;
import io.vireo.schema.node.SchemaNode;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.random.TestSchemas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafNode;

/// Values against the restrictions of whole typedef chains: RFC 7950 §7.3.
class RestrictedValuesTest {
  private static final String NS = "urn:vireo:test-restrictions";
  private static final SchemaTree TREE = TestSchemas.numbered("restrictions");
  private static final XmlTreeReader READER = XmlTreeReader.ofRouter("blue", TREE);

  @ParameterizedTest
  @CsvSource({
    "address, 10.0.0.9",
    "address, 255.255.255.255",
    "address6, 2001:db8::1",
    "zoned, 10.0.0.9",
    "zoned, 10.0.0.9%eth0",
    "prefix, 10.0.0.0/8",
    "prefix, 0.0.0.0/0",
    "name, r1.example.net",
    "host, 10.0.0.9",
    "host, 2001:db8::1",
    "host, r1.example.net",
    "hop, 10.0.0.9",
    "hop, 15",
    "hop, 30",
    "hop, none",
    "tint, 7",
    "tint, red",
    "tint, t:orange",
    "tint, words",
    "plain, a",
    "long, abcd",
    "ten, 20",
    "pair, AAA=",
    "half, 0.5",
    "mixed, t:orange",
    "ref, 10.0.0.9",
    "many, 10.0.0.9",
  })
  void goodValue_inAnEdit_isTaken(String leaf, String value) {
    assertDoesNotThrow(() -> READER.readEdits(config(top(leaf, value)), DocumentOperation.MERGE));
    assertDoesNotThrow(() -> READER.readDocument(config(top(leaf, value)), true));
  }

  @ParameterizedTest
  @CsvSource({
    "address, 10.0.0",
    "address, 10.0.9.300",
    "address, 7",
    "address, 10.0.0.9%eth0",
    "address, '10.0.0.9 '",
    "address, ''",
    "address, ...",
    "address6, 2001:db8",
    "address6, 2001:db8::1%eth0",
    "address6, ::1::2",
    "zoned, 10.0.0",
    "zoned, 10.0.0.256",
    "prefix, 10.0.0.0",
    "prefix, 10.0.0.0/33",
    "prefix, 10.0.0/8",
    "name, -r1.example.net",
    "name, r1..net",
    "host, a b",
    "host, r1_.example.net",
    "host, 2001:db8:::1",
    "hop, 10.0.0",
    "hop, 7",
    "hop, 25",
    "hop, some",
    "tint, COLOUR",
    "tint, abc",
    "tint, xword",
    "tint, 256",
    "plain, ABC",
    "plain, abcdefghi",
    "long, abc",
    "long, ABCD",
    "long, xabc",
    "ten, 25",
    "ten, 101",
    "pair, AAAA",
    "pair, A*A=",
    "half, 0.6",
    "half, 0.55",
    "mixed, t:red",
    "mixed, nothing",
    "ref, 10.0.0",
    "many, 10.0.0",
  })
  void badValue_inAnEditOrDocument_isInvalid(String leaf, String value) {
    SchemaDataException edit = fails(top(leaf, value));
    assertEquals(Tag.INVALID_VALUE, edit.tag());
    assertEquals(leaf, edit.badElement());
    assertThrows(
        SchemaDataException.class, () -> READER.readDocument(config(top(leaf, value)), true));
  }

  @Test
  void badKeyOrInput_read_isInvalid() {
    assertEquals(
        Tag.INVALID_VALUE,
        fails("<top xmlns='%s'><entry><at>10.0.0</at></entry></top>".formatted(NS)).tag());
    SchemaTree.Operation ask = requireNonNull(TREE.lookupOperation(NS, "ask"));
    SchemaDataException input =
        assertThrows(
            SchemaDataException.class,
            () -> READER.readInput(config("<whom xmlns='%s'>7</whom>".formatted(NS)), ask));
    assertEquals(Tag.INVALID_VALUE, input.tag());
  }

  @Test
  void brokenRestriction_withWordsInTheModel_saysThem() {
    SchemaDataException word = fails(top("long", "ABCD"));
    assertEquals("a word has small letters only", word.getMessage());
    assertEquals("not-a-word", word.appTag());

    SchemaDataException percent = fails(top("ten", "101"));
    assertEquals("at most 100 percent", percent.getMessage());
    assertNull(percent.appTag());
  }

  @Test
  void brokenRestriction_withoutWordsInTheModel_namesLeafValueAndForm() {
    assertEquals(
        "/top/address: '10.0.0' is not a value of 'address': give an IPv4 address such as"
            + " 192.0.2.1",
        fails(top("address", "10.0.0")).getMessage());
    assertEquals(
        "/top/ten: '25' is not a value of 'ten': give 10..20 or 30",
        fails(top("ten", "25")).getMessage());
    assertEquals(
        "/top/long: 'xabc' is not a value of 'long': give long-word, text of 4..8 characters like"
            + " [a-z]+ and not like x.*",
        fails(top("long", "xabc")).getMessage());
    assertEquals(
        "/top/hop: 'some' is not a value of 'hop': give an IPv4 address such as 192.0.2.1 or"
            + " 10..20 or 30 or none",
        fails(top("hop", "some")).getMessage());
  }

  @Test
  void unionsText_takenByTwoMembers_isOfTheFirst() throws Exception {
    assertEquals("Uint8", valueOf("tint", "7").getClass().getSimpleName());
    assertEquals("QName", valueOf("tint", "red").getClass().getSimpleName());
    assertEquals("String", valueOf("tint", "reddish").getClass().getSimpleName());
  }

  @Test
  void nodesOfModulesThatAreOnlyImported_edited_areUnknown() {
    SchemaDataException ghost =
        fails("<ghost xmlns='urn:vireo:test-imported'><size>1</size></ghost>");
    assertEquals(Tag.UNKNOWN_ELEMENT, ghost.tag());
    assertEquals("ghost", ghost.badElement());
    assertNull(TREE.lookupOperation("urn:vireo:test-imported", "vanish"));
  }

  @Test
  void everyServedLeaf_hasItsTextAndWords() {
    for (SchemaTree tree :
        new SchemaTree[] {
          XmlCases.DEVICE, XmlCases.ROUTER, TestSchemas.numbered(SchemaContexts.CONTROL)
        }) {
      checkBelow(tree.root());
      for (SchemaTree.Operation operation : tree.operations()) {
        checkBelow(operation.input());
        checkBelow(operation.output());
      }
    }
  }

  private static void checkBelow(SchemaNode node) {
    for (SchemaNode child : node.children()) {
      switch (child.kind()) {
        case LEAF, LEAF_LIST -> {
          requireNonNull(child.typedText());
          assertTrue(!child.typeWords().isEmpty(), child.schemaPath());
        }
        case ROOT, CONTAINER, LIST -> checkBelow(child);
        case ANYDATA -> {}
      }
    }
  }

  private static Object valueOf(String leaf, String value) throws Exception {
    EditOperation.Merge merge =
        (EditOperation.Merge)
            READER
                .readEdits(config(top(leaf, value)), DocumentOperation.MERGE)
                .getFirst()
                .operation();
    ContainerNode top = (ContainerNode) merge.data();
    return ((LeafNode<?>) top.body().iterator().next()).body();
  }

  private static SchemaDataException fails(String content) {
    return assertThrows(
        SchemaDataException.class,
        () -> READER.readEdits(config(content), DocumentOperation.MERGE));
  }

  private static String top(String leaf, String value) {
    return "<top xmlns='%s' xmlns:t='%s'><%s>%s</%s></top>".formatted(NS, NS, leaf, value, leaf);
  }
}
