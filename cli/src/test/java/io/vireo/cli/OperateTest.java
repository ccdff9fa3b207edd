package io.vireo.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.cli.schema.CliNode;
import io.vireo.cli.schema.CliRpc;
import io.vireo.datastore.api.Caller;
import io.vireo.datastore.api.Trees;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

class OperateTest {
  private final Operator operator = Operator.onEmpty();
  private final List<ContainerNode> inputs = new ArrayList<>();

  @BeforeEach
  void state() {
    operator.giveAll(List.of("configure", "virtual-router blue", "commit", "end"));
    CliNode router = Contexts.SCHEMAS.router().root();
    CliNode device = Contexts.SCHEMAS.device().root();
    operator.management.setOperational(
        new Trees(
            TestData.container(
                device,
                Map.of(
                    "interfaces",
                    Map.of(
                        "interface",
                        List.of(
                            Map.of("name", "eth10", "oper-status", "up"),
                            Map.of(
                                "name", "eth9", "oper-status", "down", "bind-lne-name", "blue"))))),
            Map.of("blue", TestData.container(router, Map.of("routing", routing())))));
  }

  private static Map<String, ?> routing() {
    return Map.of(
        "ribs",
        Map.of(
            "rib",
            List.of(
                Map.of(
                    "name",
                    "ipv4-master",
                    "routes",
                    Map.of(
                        "route",
                        List.of(
                            Map.of(
                                "ietf-ipv4-unicast-routing:destination-prefix",
                                "10.0.0.0/24",
                                "source-protocol",
                                "direct",
                                "active",
                                "",
                                "next-hop",
                                Map.of("outgoing-interface", "lan")),
                            Map.of(
                                "ietf-ipv4-unicast-routing:destination-prefix",
                                "0.0.0.0/0",
                                "source-protocol",
                                "static",
                                "route-preference",
                                "1",
                                "active",
                                "",
                                "next-hop",
                                Map.of(
                                    "next-hop-list",
                                    Map.of(
                                        "next-hop",
                                        List.of(
                                            Map.of(
                                                "ietf-ipv4-unicast-routing:address",
                                                "10.0.0.2",
                                                "outgoing-interface",
                                                "lan"),
                                            Map.of("outgoing-interface", "wan")))))))))));
  }

  @Test
  void routes_ofARouter_areATableWithALineForEachPath() {
    List<String> expected =
        List.of(
            "Prefix       Protocol  Preference  Active  Next hop   Interface",
            "10.0.0.0/24  direct             -  yes     connected  lan",
            "0.0.0.0/0    static             1  yes     10.0.0.2   lan",
            "                                                      wan");
    assertEquals(expected, operator.give("show ip route vr blue"));
    assertEquals(expected, operator.give("virtual-router blue show ip route"));
    assertEquals(expected, operator.give("sh ip ro virtual-router blue | no-more"));
    operator.give("virtual-router blue");
    assertEquals(expected, operator.give("show ip route"));
    assertEquals(List.of(expected.get(2)), operator.give("show ip route | include static"));
    assertEquals(List.of("Count: 4 lines"), operator.give("show ip route | count"));
  }

  @Test
  void interfaces_ofTheDevice_areSortedByNumber() {
    List<String> table = operator.give("show interfaces");
    assertTrue(table.get(1).startsWith("eth9   up     down  blue"), table.toString());
    assertTrue(table.get(2).startsWith("eth10  up     up    -"), table.toString());
  }

  @Test
  void state_byItsNames_isPrintedByRule() {
    assertEquals(
        List.of("name eth9", "oper-status down", "bind-lne-name blue"),
        operator.give("show state interfaces interface eth9"));
  }

  @Test
  void ping_withWords_makesTheInputAndPrintsEachAnswer() {
    CliRpc ping =
        Contexts.SCHEMAS.router().rpcs().stream()
            .filter(r -> r.word().equals("ping"))
            .findFirst()
            .orElseThrow();
    operator.management.rpcs =
        (name, input) -> {
          inputs.add(input);
          return List.of(
              TestData.container(
                  ping.output(),
                  Map.of(
                      "answer",
                      List.of(
                          Map.of(
                              "sequence",
                              "1",
                              "result",
                              "reply",
                              "from",
                              "10.0.0.2",
                              "round-trip-time",
                              "1234567",
                              "ttl",
                              "63")))),
              TestData.container(
                  ping.output(), Map.of("summary", Map.of("sent", "2", "received", "1"))));
        };
    assertEquals(
        List.of("reply from 10.0.0.2: sequence=1 ttl=63 time=1.235 ms", "1 of 2 answered"),
        operator.give("ping vr blue 10.0.0.2 count 2"));
    assertEquals(
        TestData.container(ping.input(), Map.of("destination", "10.0.0.2", "count", "2")),
        inputs.getFirst());
    assertEquals(
        "'10.0.0' is not allowed here: expected an IPv4 address such as 192.0.2.1",
        operator.misspell("ping vr blue 10.0.0").message());
  }

  private record Ran(int status, String out, String error) {}

  private Ran script(String input, String... commands) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream error = new ByteArrayOutputStream();
    var session = operator.management.open(new Caller("admin", Caller.Door.CLI, "test"), () -> {});
    Script script = new Script(new CliSession(session, Contexts.SCHEMAS), out, error, "\n");
    int status =
        commands.length > 0
            ? script.run(List.of(commands))
            : script.run(new ByteArrayInputStream(input.getBytes(UTF_8)));
    return new Ran(status, out.toString(UTF_8), error.toString(UTF_8));
  }

  @Test
  void command_understood_exitsWithZero() throws Exception {
    Ran ran = script("", "show interfaces | include eth9");
    assertEquals(0, ran.status);
    assertTrue(ran.out.startsWith("eth9 "), ran.out);
    assertEquals("", ran.error);
  }

  @Test
  void command_misspelt_exitsWithOneAndSaysWhere() throws Exception {
    Ran ran = script("", "show me the way");
    assertEquals(1, ran.status);
    assertEquals("", ran.out);
    assertTrue(
        ran.error.startsWith("show me the way\n     ^\n% 'me' is not known here"), ran.error);
  }

  @Test
  void script_withABadLine_endsThere() throws Exception {
    Ran ran = script("configure\nhostname r1\nhostnme r2\ncommit\n");
    assertEquals(1, ran.status);
    assertTrue(ran.error.contains("% line 3: 'hostnme' is not known here"), ran.error);
    assertEquals(List.of("virtual-router blue", "exit", "!"), operator.give("show running-config"));
  }

  @Test
  void script_ofGoodLines_isCommitted() throws Exception {
    Ran ran = script("configure\n! a comment\nhostname r1\ncommit\nend\nshow running-config\n");
    assertEquals(0, ran.status, ran.error);
    assertTrue(ran.out.contains("hostname r1\n"), ran.out);
  }
}
