package io.vireo.schema;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opendaylight.yangtools.yang.common.QNameModule;
import org.opendaylight.yangtools.yang.common.XMLNamespace;

class SchemaContextsTest {
  @Test
  void classPath_loadAll_threeContextsWithTheirModules() {
    Map<String, SchemaContext> contexts =
        SchemaContexts.ofClassPath()
            .loadAll(SchemaContexts.DEVICE, SchemaContexts.ROUTER, SchemaContexts.CONTROL);

    contexts.forEach((name, context) ->
        System.out.printf(
            "context %s: %d modules in %d ms%n",
            name, context.model().getModules().size(), context.parseNs() / 1_000_000));
    SchemaContext router = requireNonNull(contexts.get(SchemaContexts.ROUTER));
    assertTrue(router.isImplemented(moduleOf(router, "ietf-routing")));
    assertFalse(router.isImplemented(moduleOf(router, "ietf-inet-types")));
    assertTrue(requireNonNull(router.sources().get("ietf-interfaces")).text().contains("RFC 8343"));
  }

  @Test
  void brokenModule_load_namesModuleAndLine(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("bench.modules"), "broken\n");
    Files.writeString(
        directory.resolve("broken.yang"),
        "module broken {\n  namespace \"urn:b\";\n  prefix b;\n  leaf x { type nonsense; }\n}\n");

    SchemaLoadException failure =
        assertThrows(
            SchemaLoadException.class, () -> SchemaContexts.of(List.of(directory)).load("bench"));

    assertEquals("broken", failure.module());
    assertEquals(4, failure.line(), () -> message(failure));
    assertTrue(message(failure).contains("nonsense"), () -> message(failure));
  }

  @Test
  void syntaxError_load_namesModuleAndLine(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("bench.modules"), "broken # a comment\n");
    Files.writeString(
        directory.resolve("broken.yang"), "module broken {\n  namespace \"urn:b\"\n  prefix b;\n}");

    SchemaLoadException failure =
        assertThrows(
            SchemaLoadException.class, () -> SchemaContexts.of(List.of(directory)).load("bench"));

    assertEquals("broken", failure.module());
    assertTrue(failure.line() >= 2, () -> message(failure));
  }

  @Test
  void missingImport_load_saysWhoNeedsIt(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("bench.modules"), "m\n");
    Files.writeString(
        directory.resolve("m.yang"),
        "module m { namespace \"urn:m\"; prefix m; import absent { prefix a; } }");

    SchemaLoadException failure =
        assertThrows(
            SchemaLoadException.class, () -> SchemaContexts.of(List.of(directory)).load("bench"));

    assertEquals("absent", failure.module());
    assertTrue(message(failure).contains("needed by module m"), () -> message(failure));
  }

  @Test
  void manifestWithStrangeLine_load_namesTheLine(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("bench.modules"), "# ok\nexport x\n");

    SchemaLoadException failure =
        assertThrows(
            SchemaLoadException.class, () -> SchemaContexts.of(List.of(directory)).load("bench"));

    assertTrue(message(failure).contains("line 2: 'export x'"), () -> message(failure));
  }

  private static String message(Throwable failure) {
    return String.valueOf(failure.getMessage());
  }

  private static QNameModule moduleOf(SchemaContext context, String name) {
    return context.model().findModules(name).iterator().next().getQNameModule();
  }

  @Test
  void featureLines_load_onlyListedFeaturesExist(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("bench.modules"), "m\nfeature m on\n");
    Files.writeString(
        directory.resolve("m.yang"),
        """
        module m {
          namespace "urn:m"; prefix m;
          feature on; feature off;
          leaf a { if-feature on; type string; }
          leaf b { if-feature off; type string; }
        }
        """);

    SchemaContext context = SchemaContexts.of(List.of(directory)).load("bench");

    assertEquals(
        List.of("a"),
        context
            .model()
            .findModules(XMLNamespace.of("urn:m"))
            .iterator()
            .next()
            .getChildNodes()
            .stream()
            .map(node -> node.getQName().getLocalName())
            .toList());
  }
}
