package io.vireo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.cli.grammar.LineMatcher;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HelpTest {
  private final Operator operator = Operator.onEmpty();

  @BeforeEach
  void configure() {
    operator.giveAll(
        List.of(
            "configure",
            "interface eth0",
            "interface eth1",
            "virtual-router blue",
            "interface lan",
            "interface wan",
            "ip address 10.0.0.1/24",
            "top",
            "virtual-router red",
            "top",
            "commit"));
  }

  private static List<String> labels(List<LineMatcher.Help> help) {
    return help.stream().map(LineMatcher.Help::label).toList();
  }

  @Test
  void help_onAValue_saysTypeAndRange() {
    assertTrue(operator.helpOn("do ping vr blue 10.0.0.1 ttl ", "<ttl>").contains("1..255"));
    assertTrue(
        operator
            .helpOn("do ping vr blue 10.0.0.1 interval ", "<interval>")
            .contains("10..60000 milliseconds; default 1000"));
  }

  @Test
  void help_atTheStart_hidesNamesThatHaveFamiliarWords() {
    List<String> labels = labels(operator.help(""));
    assertTrue(labels.containsAll(List.of("interface", "virtual-router", "hostname", "commit")));
    assertFalse(labels.contains("interfaces"));
    assertFalse(labels.contains("logical-network-elements"));
    assertEquals(List.of("interface"), operator.completions("int"));
    assertEquals(List.of("interfaces"), operator.completions("interfaces"));
  }

  @Test
  void completion_ofKeysAndReferences_knowsWhatStandsInTheDatastore() {
    assertEquals(List.of("eth0", "eth1"), operator.completions("interface "));
    assertEquals(List.of("blue", "red"), operator.completions("virtual-router "));
    operator.give("interface eth0");
    assertEquals(List.of("blue", "red"), operator.completions("bind virtual-router "));
    operator.give("virtual-router blue");
    assertEquals(List.of("lan", "wan"), operator.completions("ip route 10.0.0.0/8 ").subList(0, 2));
    assertEquals(List.of("10.0.0.1/24"), operator.completions("no interface wan ip address "));
  }

  @Test
  void completion_ofEnumsIdentitiesAndBooleans_listsThem() {
    operator.give("interface eth0");
    assertEquals(List.of("af-packet", "link", "memif"), operator.completions("driver "));
    assertEquals(
        List.of("false", "true"), operator.completions("enabled ").stream().sorted().toList());
    assertEquals(List.of("ethernetCsmacd"), operator.completions("type ethernetC"));
  }

  @Test
  void help_afterACompleteLine_offersItsEnd() {
    assertTrue(labels(operator.help("do show ip route ")).contains("<cr>"));
    assertTrue(labels(operator.help("do show ip route ")).contains("|"));
    assertTrue(labels(operator.help("do show ip route vr blue | ")).contains("include"));
  }

  @Test
  void netconfsOwnRpcs_areNoCommands() {
    operator.give("end");
    assertFalse(labels(operator.help("")).contains("edit-config"));
    assertTrue(labels(operator.help("")).containsAll(List.of("ping", "show", "configure")));
  }

  @Test
  void unknownRouter_isNamedWithThoseThereAre() {
    operator.give("end");
    assertEquals(
        "there is no virtual router 'green': there are blue, red",
        operator.misspell("show ip route vr green").message());
  }
}
