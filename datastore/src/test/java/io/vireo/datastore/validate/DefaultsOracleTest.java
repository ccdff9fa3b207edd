package io.vireo.datastore.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.datastore.TestTrees;
import io.vireo.datastore.api.Trees;
import io.vireo.datastore.tree.TreeSchemas;
import io.vireo.schema.SchemaContexts;
import io.vireo.schema.node.SchemaTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// Defaults put in and taken out (RFC 6243 §3.1, §3.2) as an independent implementation does it:
/// `yanglint`'s modes `all` and `trim`.
class DefaultsOracleTest {
  private static final int DOCUMENTS = 300;

  @TempDir Path top;

  @TestFactory
  Stream<DynamicTest> defaults_random_areYanglints() {
    Yanglint.assumeInstalled();
    return Stream.of("rules", SchemaContexts.ROUTER, SchemaContexts.DEVICE)
        .map(context ->
            DynamicTest.dynamicTest(
                context, () -> compare(context, Long.getLong("vireo.seed", 20261127L))));
  }

  private void compare(String contextName, long seed) throws Exception {
    SchemaTree schema = RandomConfigs.schema(contextName);
    Path folder = Files.createDirectory(top.resolve(contextName));
    Validation validation = new Validation(TreeSchemas.of(schema, schema));
    Yanglint lint = Yanglint.load(schema, folder);
    Map<Integer, ContainerNode> documents = RandomConfigs.valid(schema, seed, DOCUMENTS);
    for (var document : documents.entrySet()) {
      int i = document.getKey();
      String xml = RandomConfigs.bare(RandomConfigs.xml(schema, document.getValue()));
      Files.writeString(folder.resolve(i + ".xml"), xml);
      lint.then(command(folder, i, "all")).then(command(folder, i, "trim"));
    }

    var said = lint.run();

    assertTrue(documents.size() > DOCUMENTS / 4, documents.size() + " documents");
    int changed = 0;
    for (var document : documents.entrySet()) {
      int i = document.getKey();
      Trees trees = RandomConfigs.trees(schema, document.getValue());
      Trees all = validation.withDefaults(trees, true, new HashMap<>());
      Trees trimmed = validation.withoutDefaults(trees);
      String context = "-Dvireo.seed=" + (seed + i) + " " + said;
      compare(schema, folder.resolve(i + ".all"), only(schema, all), context);
      compare(schema, folder.resolve(i + ".trim"), only(schema, trimmed), context);
      changed += all.equals(trees) || trimmed.equals(trees) ? 0 : 1;
    }
    assertTrue(changed > 0, "no document has both kinds of defaults");
  }

  private static void compare(SchemaTree schema, Path theirs, ContainerNode ours, String context)
      throws Exception {
    ContainerNode read =
        RandomConfigs.readXml(schema, "<config>" + Files.readString(theirs) + "</config>");
    assertEquals(
        RandomConfigs.xml(schema, read), RandomConfigs.xml(schema, ours), theirs + " " + context);
  }

  private static ContainerNode only(SchemaTree schema, Trees trees) {
    return schema.equals(TestTrees.ROUTER_TREE)
        ? trees.routers().values().iterator().next()
        : trees.device();
  }

  private static String command(Path folder, int i, String mode) {
    return "data -t config -d "
        + mode
        + " -f xml -o "
        + folder.resolve(i + "." + mode)
        + " "
        + folder.resolve(i + ".xml");
  }
}
