package io.vireo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigureTest {
  private final Operator operator = Operator.onEmpty();

  private List<String> candidate() {
    return operator.give("do show candidate-config");
  }

  @Test
  void annotations_ofAllModules_nameNodesThatAreThere() {
    assertEquals(List.of(), Contexts.SCHEMAS.device().complaints());
    assertEquals(List.of(), Contexts.SCHEMAS.router().complaints());
  }

  @Test
  void script_inCiscoForms_isPrintedAsItWasWritten() {
    operator.give("configure");
    List<String> script =
        List.of(
            "hostname r1",
            "interface eth0",
            " no shutdown",
            " bind virtual-router blue",
            " driver af-packet",
            "exit",
            "!",
            "virtual-router blue",
            " ip route 10.0.0.0/8 10.1.1.1",
            " ip route 10.2.0.0/16 blackhole",
            " interface eth0",
            "  ip address 10.0.0.1/24",
            "  arp 10.0.0.2 02:00:00:00:00:01",
            "  description to the north",
            " exit",
            "exit",
            "!");
    operator.giveAll(script);
    assertEquals(
        "description \"to the north\"",
        candidate().stream().filter(l -> l.contains("description")).findFirst().orElse("").strip());
    Operator second = Operator.onEmpty();
    second.give("configure");
    second.giveAll(candidate());
    assertEquals(candidate(), second.give("do show candidate-config"));
    List<String> printed = candidate().stream().map(String::strip).toList();
    for (String line : script) {
      if (!line.contains("description")) {
        assertTrue(printed.contains(line.strip()), line + " is not in " + printed);
      }
    }
  }

  @Test
  void everyNode_byItsYangNames_isReachable() {
    operator.give("configure");
    operator.give("interfaces interface eth0 type iana-if-type:ethernetCsmacd");
    operator.give("interfaces interface eth0 enabled false");
    assertEquals(List.of("interface eth0", " shutdown", "exit", "!"), candidate());
  }

  @Test
  void valueOfOneWord_withWordsBehindIt_isNotTakenForProse() {
    operator.give("configure");
    operator.give("virtual-router blue");
    operator.give("sockets access rule me");
    assertEquals(
        "'action' is not known here: nothing may follow",
        operator.misspell("user alice action permit").message());
    operator.give("user \"alice b\"");
    operator.give("user alice");
    assertTrue(candidate().stream().map(String::strip).toList().contains("user alice"));
  }

  @Test
  void words_cutShort_areUnderstood() {
    operator.give("conf t");
    operator.give("virt blue");
    operator.give("int eth0");
    operator.give("ip addr 10.0.0.1/24");
    operator.give("no shut");
    assertEquals(
        List.of(
            "virtual-router blue",
            " interface eth0",
            "  ip address 10.0.0.1/24",
            "  no shutdown",
            " exit",
            "exit",
            "!"),
        candidate());
  }

  @Test
  void prompt_inEachMode_namesRouterAndMode() {
    assertEquals("vireo# ", operator.prompt());
    operator.give("configure");
    assertEquals("vireo(config)# ", operator.prompt());
    operator.give("virtual-router blue");
    assertEquals("vireo(config-vr)# ", operator.prompt());
    operator.give("interface eth0");
    assertEquals("vireo[blue](config-if)# ", operator.prompt());
    operator.give("exit");
    assertEquals("vireo(config-vr)# ", operator.prompt());
    operator.give("hostname r7");
    operator.give("commit");
    assertEquals("r7(config)# ", operator.prompt());
    operator.give("end");
    operator.give("virtual-router blue");
    assertEquals("r7[blue]# ", operator.prompt());
    operator.give("configure");
    operator.give("interface eth0");
    assertEquals("r7[blue](config-if)# ", operator.prompt());
  }

  @Test
  void no_ofARoute_takesAwayWhatTheRouteBrought() {
    operator.give("configure");
    operator.give("virtual-router blue");
    operator.give("ip route 10.0.0.0/8 10.1.1.1");
    operator.give("no ip route 10.0.0.0/8");
    assertEquals(List.of("virtual-router blue", "exit", "!"), candidate());
  }

  @Test
  void route_toAnotherNextHop_replacesTheOldOne() {
    operator.give("configure");
    operator.give("virtual-router blue");
    operator.give("ip route 10.0.0.0/8 10.1.1.1");
    operator.give("ip route 10.0.0.0/8 blackhole");
    operator.give("ip route 10.0.0.0/8 eth1 10.2.2.2");
    assertEquals(
        List.of("virtual-router blue", " ip route 10.0.0.0/8 eth1 10.2.2.2", "exit", "!"),
        candidate());
    operator.give("ip route 10.0.0.0/8 10.1.1.1");
    operator.give("ip route 10.0.0.0/8 path 1 10.1.1.1");
    operator.give("ip route 10.0.0.0/8 path 2 10.1.1.2");
    assertEquals(
        List.of(
            "virtual-router blue",
            " ip route 10.0.0.0/8 path 1 10.1.1.1",
            " ip route 10.0.0.0/8 path 2 10.1.1.2",
            "exit",
            "!"),
        candidate());
  }

  @Test
  void wrongWord_inALine_isPointedAt() {
    operator.give("configure");
    operator.give("interface eth0");
    CliSession.Result.Misspelt wrong = operator.misspell("enabled maybe");
    assertEquals(8, wrong.column());
    assertEquals("'maybe' is not allowed here: expected true or false", wrong.message());
    assertEquals(0, operator.misspell("nonsense").column());
  }

  @Test
  void compare_afterChanges_showsThemBelowTheirModes() {
    operator.give("configure");
    operator.give("interface eth0");
    operator.give("commit");
    operator.give("description uplink");
    assertEquals(
        List.of("  interface eth0", "+  description uplink"), operator.give("show | compare"));
  }

  @Test
  void commit_withWarnings_printsThem() {
    operator.give("configure");
    operator.give("hostname r1");
    assertEquals(
        List.of("% warning: port eth9 is not there", "Committed as transaction 1."),
        operator.give("commit comment first steps"));
    assertEquals("Nothing to commit.", operator.give("commit").getLast());
  }
}
