package io.vireo.schema.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.schema.SchemaContexts;
import io.vireo.schema.SchemaDataException;
import io.vireo.schema.SchemaDataException.Tag;
import io.vireo.schema.document.DeviceAndRouters;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.random.RandomTree;
import io.vireo.schema.random.SameData;
import io.vireo.schema.random.TestSchemas;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

class JsonTreeTest {
  private static final SchemaContexts CONTEXTS = SchemaContexts.ofClassPath();
  private static final SchemaTree DEVICE = SchemaTree.of(CONTEXTS.load(SchemaContexts.DEVICE));
  private static final SchemaTree ROUTER = SchemaTree.of(CONTEXTS.load(SchemaContexts.ROUTER));
  private static final SchemaTree TYPES = TestSchemas.numbered("types");

  private static String write(DeviceAndRouters trees) throws Exception {
    StringWriter out = new StringWriter();
    JsonTreeWriter.ofDevice(DEVICE, ROUTER).write(out, trees, "");
    return out.toString();
  }

  private static DeviceAndRouters read(String json) throws Exception {
    return JsonTreeReader.ofDevice(DEVICE, ROUTER).readDocument(new StringReader(json), true);
  }

  private static SchemaDataException refused(String json) {
    return assertThrows(SchemaDataException.class, () -> read(json));
  }

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
    ContainerNode read = writeAndRead(tree, data);
    // In a union of strings JSON does not tell the member; what was read once stays as it is.
    ContainerNode settled = tree == TYPES ? writeAndRead(tree, read) : data;
    SameData.check(settled, tree == TYPES ? writeAndRead(tree, settled) : read);
  }

  private static ContainerNode writeAndRead(SchemaTree tree, ContainerNode data) throws Exception {
    StringWriter out = new StringWriter();
    JsonTreeWriter.ofRouter(tree).write(out, data, "");
    return JsonTreeReader.ofRouter("blue", tree)
        .readDocument(new StringReader(out.toString()), false)
        .device();
  }

  @Test
  void routers_writtenAndRead_areStitchedAndTakenApart() throws Exception {
    String json =
        """
        {"ietf-logical-network-element:logical-network-elements":{"logical-network-element":[\
        {"name":"blue","root":{"ietf-interfaces:interfaces":{"interface":[\
        {"name":"lo","type":"iana-if-type:softwareLoopback"}]}}},{"name":"green"}]}}\
        """;

    DeviceAndRouters trees = read(json);

    assertEquals(2, trees.routers().size());
    assertEquals(0, java.util.Objects.requireNonNull(trees.routers().get("green")).size());
    assertEquals(json, write(trees));
  }

  // RFC 7951 §6.1, §6.8, §6.11.
  @Test
  void types_asRfc7951WritesThem() throws Exception {
    String json =
        """
        {"vireo-system:system":{"hostname":"r1"},\
        "ietf-netconf-acm:nacm":{"enable-nacm":false,"rule-list":[{"name":"a","rule":[\
        {"name":"b","path":"/ietf-interfaces:interfaces","access-operations":"read update",\
        "action":"deny"}]}]}}\
        """;

    DeviceAndRouters trees = read(json);

    assertEquals(trees, read(write(trees)));
    assertTrue(write(trees).contains("\"enable-nacm\":false"), write(trees));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"system\":{}} | UNKNOWN_ELEMENT | needs its module's name: 'vireo-system:system'",
        "{\"vireo-system:sistem\":{}} | UNKNOWN_ELEMENT | there is no 'vireo-system:sistem' here",
        "{\"vireo-system:system\":[]} | BAD_ELEMENT | 'system' is an object in JSON, not an array",
        "{\"vireo-system:system\":{\"hostname\":5}} | INVALID_VALUE | in JSON it is a string",
        "{\"vireo-system:system\":{\"hostname\":{}}} | BAD_ELEMENT | it has one value, not an object",
        "{\"ietf-netconf-acm:nacm\":{\"enable-nacm\":\"true\"}} | INVALID_VALUE | without quotes",
        "{\"vireo-system:system\":{},\"vireo-system:system\":{}} | BAD_ELEMENT | stands twice",
        "{\"ietf-interfaces:interfaces\":{\"interface\":[{}]}} | MISSING_ELEMENT | needs its key 'name'",
        "{\"ietf-netconf-acm:nacm\":{\"denied-operations\":1}} | BAD_ELEMENT | is state",
        "{\"vireo-system:system\":{} | MALFORMED_MESSAGE | not well-formed",
        "{} {} | MALFORMED_MESSAGE | ",
        "[] | BAD_ELEMENT | is an object in JSON",
        "{'a':1} | MALFORMED_MESSAGE | ",
      })
  void wrong_saysWhatAndWhere(String json, Tag tag, String words) {
    SchemaDataException refusal = refused(json);

    assertEquals(tag, refusal.tag(), refusal.getMessage());
    assertTrue(
        words == null || String.valueOf(refusal.getMessage()).contains(words),
        refusal.getMessage());
  }

  @Test
  void metadata_passedOver() throws Exception {
    assertEquals(
        read("{\"vireo-system:system\":{\"hostname\":\"r\"}}"),
        read(
            "{\"vireo-system:system\":{\"@\":{\"x:y\":1},\"hostname\":\"r\","
                + "\"@hostname\":{\"x:y\":[{}]}}}"));
  }

  @Test
  void empty_isEmpty() throws Exception {
    assertEquals("{}", write(new DeviceAndRouters(read("{}").device(), new TreeMap<>())));
  }
}
