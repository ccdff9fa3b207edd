package io.vireo.datastore.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.datastore.TestTrees;
import io.vireo.datastore.tree.TreeDifference;
import io.vireo.schema.json.JsonTreeReader;
import io.vireo.schema.json.JsonTreeWriter;
import io.vireo.schema.node.SchemaTree;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// JSON (RFC 7951) as an independent implementation has it: `yanglint` turns our XML into its JSON,
/// which we read, and our JSON into its XML.
class JsonOracleTest {
  private static final int DOCUMENTS = 400;

  @TempDir Path top;

  @TestFactory
  Stream<DynamicTest> json_random_meansTheSameToYanglint() {
    Yanglint.assumeInstalled();
    return Stream.of(TestTrees.DEVICE_TREE, TestTrees.ROUTER_TREE)
        .map(schema ->
            DynamicTest.dynamicTest(
                schema.context().name(),
                () -> compare(schema, Long.getLong("vireo.seed", 20261127L))));
  }

  private void compare(SchemaTree schema, long seed) throws Exception {
    Path folder = Files.createDirectory(top.resolve(schema.context().name()));
    Yanglint lint = Yanglint.load(schema, folder);
    Map<Integer, ContainerNode> documents = RandomConfigs.valid(schema, seed, DOCUMENTS);
    for (var document : documents.entrySet()) {
      int i = document.getKey();
      String xml = RandomConfigs.bare(RandomConfigs.xml(schema, document.getValue()));
      Files.writeString(folder.resolve(i + ".in.xml"), xml);
      Files.writeString(folder.resolve(i + ".in.json"), json(schema, document.getValue()));
      lint.then(command(folder, i, "xml", "json")).then(command(folder, i, "json", "xml"));
    }

    var said = lint.run();

    assertTrue(documents.size() > DOCUMENTS / 4, documents.size() + " documents");
    for (var document : documents.entrySet()) {
      int i = document.getKey();
      Path json = folder.resolve(i + ".out.json");
      Path xml = folder.resolve(i + ".out.xml");
      String context = "-Dvireo.seed=" + (seed + i) + " " + said;
      assertTrue(Files.exists(json) && Files.exists(xml), context);
      assertSame(
          document.getValue(),
          JsonTreeReader.ofRouter("r", schema)
              .readDocument(new StringReader(Files.readString(json)), true)
              .device(),
          context);
      assertSame(
          document.getValue(),
          RandomConfigs.readXml(schema, "<config>" + Files.readString(xml) + "</config>"),
          context);
    }
  }

  // Not by equals: YANG Tools takes choices with the same octets in a leaf for different ones.
  private static void assertSame(ContainerNode wanted, ContainerNode read, String context) {
    Set<YangInstanceIdentifier> all = Set.of(YangInstanceIdentifier.of());
    assertEquals(List.of(), TreeDifference.between(wanted, read, all), context);
  }

  private static String command(Path folder, int i, String from, String to) {
    return "data -t config -f "
        + to
        + " -o "
        + folder.resolve(i + ".out." + to)
        + " "
        + folder.resolve(i + ".in." + from);
  }

  private static String json(SchemaTree schema, ContainerNode data) throws Exception {
    StringWriter out = new StringWriter();
    JsonTreeWriter.ofRouter(schema).write(out, data, "  ");
    return out.toString();
  }
}
