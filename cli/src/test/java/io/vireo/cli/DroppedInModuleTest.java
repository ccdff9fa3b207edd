package io.vireo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.cli.config.Schemas;
import io.vireo.cli.schema.CliSchema;
import io.vireo.datastore.api.Caller;
import io.vireo.schema.DeviceSchema;
import io.vireo.schema.SchemaContext;
import io.vireo.schema.SchemaContexts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A module that nobody knew of gets its commands, help, completion and round trip without code.
class DroppedInModuleTest {
  private static final String MODULE =
      """
      module acme-lamp {
        yang-version 1.1;
        namespace "urn:acme:lamp";
        prefix lamp;
        import vireo-cli {
          prefix cli;
        }
        revision 2026-01-01;
        container lamps {
          cli:transparent;
          list lamp {
            key "room number";
            description "A lamp.  There are many.";
            cli:form "dim {level}%";
            leaf room { type string; }
            leaf number { type uint8 { range "1..9"; } }
            leaf level {
              type uint8 { range "0..100"; }
              units "percent";
              default "50";
              description "How bright it is.";
            }
            leaf colour { type enumeration { enum red; enum green { description "As grass."; } } }
            leaf-list tag { type string; }
          }
        }
        rpc blink {
          description "Blinks.";
          input { leaf times { type uint8; mandatory true; } }
        }
      }
      """;

  @TempDir Path directory;

  @Test
  void moduleInADirectory_withoutCode_hasItsCommands() throws Exception {
    Files.writeString(directory.resolve("acme-lamp@2026-01-01.yang"), MODULE);
    Files.writeString(directory.resolve("device.modules"), "acme-lamp\n");
    SchemaContexts contexts = SchemaContexts.of(List.of(directory));
    SchemaContext device = contexts.load(SchemaContexts.DEVICE);
    Schemas schemas = new Schemas(CliSchema.of(device), Contexts.SCHEMAS.router());
    assertEquals(List.of(), schemas.device().complaints());
    DeviceSchema served = new DeviceSchema(device, Contexts.ROUTER);
    InMemoryManagement management = new InMemoryManagement(schemas, served);
    CliSession session =
        new CliSession(
            management.open(new Caller("admin", Caller.Door.CLI, "test"), () -> {}), schemas);
    for (String line :
        List.of("configure", "lamp kitchen 1", "dim 30%", "colour gr", "tag \"by the door\"")) {
      assertEquals(new CliSession.Result.Done(), session.execute(line, l -> {}), line);
    }
    List<String> out = new ArrayList<>();
    session.execute("do show candidate-config", out::add);
    assertEquals(
        List.of("lamp kitchen 1", " dim 30%", " colour green", " tag \"by the door\"", "exit", "!"),
        out);
    assertEquals(
        List.of("red", "green"),
        session.completions("colour ").stream().map(c -> c.text()).toList());
    assertTrue(
        session
            .help("level ")
            .getFirst()
            .text()
            .equals("How bright it is (0..100 percent; default 50)"));
    assertTrue(session.help("do b").stream().anyMatch(h -> h.label().equals("blink")));
  }

  @Test
  void moduleThatIsOnlyImported_hasNoCommands() throws Exception {
    Files.writeString(
        directory.resolve("acme-hall.yang"),
        """
        module acme-hall {
          yang-version 1.1;
          namespace "urn:acme:hall";
          prefix hall;
          typedef floor { type int8; }
          container halls { leaf lowest { type floor; } }
          rpc lock-up;
        }
        """);
    Files.writeString(
        directory.resolve("acme-lift.yang"),
        """
        module acme-lift {
          yang-version 1.1;
          namespace "urn:acme:lift";
          prefix lift;
          import acme-hall { prefix hall; }
          container lift { leaf at { type hall:floor; } }
          rpc stop;
        }
        """);
    Files.writeString(directory.resolve("device.modules"), "acme-lift\nimport acme-hall\n");
    SchemaContext device = SchemaContexts.of(List.of(directory)).load(SchemaContexts.DEVICE);
    CliSchema schema = CliSchema.of(device);

    assertTrue(schema.root().child("lift").isPresent());
    assertTrue(schema.root().child("halls").isEmpty());
    assertEquals(
        List.of("stop"),
        schema.rpcs().stream()
            .map(rpc -> rpc.qname())
            .filter(name -> name.getNamespace().toString().startsWith("urn:acme"))
            .map(name -> name.getLocalName())
            .toList());
  }
}
