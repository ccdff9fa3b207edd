package io.vireo.manager.offline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigToolTest {
  private static final String JSON =
      """
      {
        "ietf-logical-network-element:logical-network-elements": {
          "logical-network-element": [
            {
              "name": "blue",
              "root": {
                "ietf-interfaces:interfaces": {
                  "interface": [
                    {
                      "name": "lo",
                      "type": "iana-if-type:softwareLoopback"
                    }
                  ]
                }
              }
            }
          ]
        },
        "vireo-system:system": {
          "hostname": "r1"
        }
      }
      """;

  @TempDir Path state;

  private record Said(int code, String out, String err) {}

  private Said run(String input, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--state", state.toString()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        ConfigTool.run(
            all,
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Said(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void import_thenExport_theSameInBothNotations() {
    Said imported = run(JSON, "import");
    assertEquals(new Said(0, "commit 1; in force with the next start\n", ""), imported);

    assertEquals(new Said(0, JSON, ""), run("", "export", "--format", "json"));
    Said xml = run("", "export");
    assertTrue(xml.out().contains("<hostname>r1</hostname>"), xml.out());
    assertTrue(xml.out().contains("<root><interfaces"), xml.out());

    assertEquals("nothing differs from running\n", run(xml.out(), "import").out());
  }

  @Test
  void commits_ofThePast_canBeTakenOut() {
    run(JSON, "import");
    run(JSON.replace("r1", "r2"), "import");

    Said history = run("", "history");
    assertEquals(2, history.out().lines().count(), history.out());
    assertTrue(history.out().startsWith("2  "), history.out());
    assertTrue(history.out().contains("root  SYSTEM  vireo config import"), history.out());
    assertEquals(JSON, run("", "export", "--format", "json", "--commit", "1").out());
    assertTrue(run("", "export", "--commit", "9").err().contains("no commit 9"));
  }

  @Test
  void check_saysWhatDiffersAndChangesNothing() {
    run(JSON, "import");

    assertEquals("valid; 1 differences to running\n", run(JSON.replace("r1", "r2"), "check").out());
    assertEquals(JSON, run("", "export", "--format", "json").out());
  }

  @Test
  void import_wrong_refusedWithThePlaceAndNothingChanged() {
    run(JSON, "import");

    Said value = run(JSON.replace("\"r1\"", "5"), "import");
    assertEquals(1, value.code());
    assertTrue(value.err().contains("/system/hostname"), value.err());
    Said invalid =
        run(
            "<config><interfaces xmlns=\"urn:ietf:params:xml:ns:yang:ietf-interfaces\">"
                + "<interface><name>x</name></interface></interfaces></config>",
            "import");
    assertEquals(1, invalid.code());
    assertTrue(invalid.err().contains("needs 'type'"), invalid.err());
    assertEquals(1, run("hello", "import").code());
    assertTrue(run("hello", "import").err().contains("neither XML nor JSON"));
    assertEquals(1, run("", "import").code());
    assertEquals(JSON, run("", "export", "--format", "json").out());
  }

  @Test
  void words_wrong_exitCode2() {
    assertEquals(2, run("", "frobnicate").code());
    assertEquals(2, run("", "export", "--format", "yaml").code());
    assertEquals(2, run("", "export", "--wrong", "x").code());
    assertTrue(run("", "export", "--commit", "x").err().contains("'x'"));
  }

  @Test
  void export_ofNothing_saysWhere() {
    Said said = run("", "export");

    assertEquals(1, said.code());
    assertTrue(said.err().contains(state.resolve("data").toString()), said.err());
    assertTrue(Files.notExists(state.resolve("data")));
  }

  @Test
  void factoryDefault_exportsWhatIsKept() {
    run(JSON, "import");

    assertEquals(
        "{}\n", run("", "export", "--format", "json", "--datastore", "factory-default").out());
  }
}
