package io.vireo.datastore.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.tree.TreeSchemas;
import io.vireo.schema.SchemaContexts;
import io.vireo.schema.SchemaDataException;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.random.RandomTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// Random configurations, valid and not, judged by us and by an independent implementation
/// (libyang's `yanglint`): both must come to the same verdict on every one.
class OracleTest {
  private static final int DOCUMENTS = 1_500;
  private static final int REPAIRS = 60;
  private static final Pattern REFUSED =
      Pattern.compile("Failed to parse input data file \"[^\"]*?(\\d+)\\.xml\"");
  private static final Pattern EXPLAINED = Pattern.compile("libyang\\[\\d]: (.*)");

  @TempDir Path top;

  @TestFactory
  Stream<DynamicTest> validate_random_agreesWithYanglint() {
    Yanglint.assumeInstalled();
    return Stream.of("rules", SchemaContexts.ROUTER, SchemaContexts.DEVICE)
        .map(context ->
            DynamicTest.dynamicTest(
                context, () -> compare(context, Long.getLong("vireo.seed", 20261126L))));
  }

  private void compare(String contextName, long seed) throws Exception {
    SchemaTree schema = RandomConfigs.schema(contextName);
    Path folder = Files.createDirectory(top.resolve(contextName));
    Validation validation = new Validation(TreeSchemas.of(schema, schema));
    Map<Integer, String> documents = new TreeMap<>();
    Map<Integer, List<String>> ours = new TreeMap<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      Random random = new Random(seed + i);
      ContainerNode data =
          RandomConfigs.repaired(
              validation,
              schema,
              RandomTree.config(schema.root(), seed + i),
              random.nextBoolean() ? 0 : random.nextInt(REPAIRS),
              random);
      if (data.isEmpty()) {
        // yanglint reads no empty file.
        continue;
      }
      String xml = RandomConfigs.xml(schema, data);
      documents.put(i, xml);
      List<String> errors = judge(validation, schema, xml);
      if (!errors.isEmpty()) {
        ours.put(i, errors);
      }
      Files.writeString(folder.resolve(i + ".xml"), RandomConfigs.bare(xml));
    }
    Map<Integer, List<String>> theirs = yanglint(schema, folder, documents.keySet());
    Set<Integer> disputed = new TreeSet<>(ours.keySet());
    disputed.addAll(theirs.keySet());
    disputed.removeIf(i -> ours.containsKey(i) && theirs.containsKey(i));
    disputed.removeIf(
        i -> isExplained(theirs.getOrDefault(i, List.of()), String.valueOf(documents.get(i))));
    StringBuilder words = new StringBuilder();
    disputed.stream()
        .limit(5)
        .forEach(i ->
            words
                .append("\n-Dvireo.seed=")
                .append(seed + i)
                .append(": we say ")
                .append(ours.getOrDefault(i, List.of("valid")))
                .append("\n  yanglint says ")
                .append(theirs.getOrDefault(i, List.of("valid")))
                .append("\n  ")
                .append(documents.get(i)));
    assertEquals(Set.of(), disputed, words.toString());
    // A test of nothing but invalid ones, or of valid ones, would prove little.
    assertTrue(
        theirs.size() > DOCUMENTS / 50 && theirs.size() < DOCUMENTS - DOCUMENTS / 40,
        theirs.size() + " of " + DOCUMENTS + " documents are invalid");
  }

  // RFC 7950 §7.6.1: a default is in use if any node of its case exists. A node in a choice inside
  // the
  // case is one; libyang 2.1 does not take it for one, and misses the default that is referred to.
  private static boolean isExplained(List<String> theirs, String document) {
    return theirs.size() == 1
        && theirs.getFirst().contains("device/gauge\" value - required instance not found")
        && (document.contains("<square>") || document.contains("<round/>"));
  }

  private static List<String> judge(Validation validation, SchemaTree schema, String xml)
      throws Exception {
    try {
      ContainerNode data = RandomConfigs.readXml(schema, xml);
      return validation.check(RandomConfigs.trees(schema, data)).stream()
          // A rule of the device, not of a schema (DeviceRules).
          .filter(error -> !error.message().startsWith("the host device"))
          .map(ManagementError::message)
          .toList();
    } catch (SchemaDataException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  /// What yanglint says of each document that it refuses.
  private Map<Integer, List<String>> yanglint(
      SchemaTree schema, Path folder, Set<Integer> documents)
      throws IOException, InterruptedException {
    Yanglint lint = Yanglint.load(schema, folder);
    for (int i : documents) {
      lint.then("data -t config " + folder.resolve(i + ".xml"));
    }
    Map<Integer, List<String>> refused = new TreeMap<>();
    List<String> words = new ArrayList<>();
    for (String line : lint.run()) {
      Matcher refusal = REFUSED.matcher(line);
      Matcher explanation = EXPLAINED.matcher(line);
      if (refusal.find()) {
        refused.put(Integer.valueOf(refusal.group(1)), List.copyOf(words));
        words.clear();
      } else if (explanation.find()) {
        words.add(explanation.group(1));
      } else if (line.contains("YANGLINT[E]")) {
        throw new AssertionError(line + " " + words);
      }
    }
    return refused;
  }
}
