package io.vireo.datastore.xpath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.datastore.TestTrees;
import io.vireo.schema.SchemaDataException;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.xml.SafeXml;
import io.vireo.schema.xml.XmlTreeReader;
import java.io.StringReader;
import java.util.Map;
import java.util.Objects;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opendaylight.yangtools.yang.common.BiMapYangNamespaceContext;
import org.opendaylight.yangtools.yang.common.QNameModule;
import org.opendaylight.yangtools.yang.common.YangNamespaceContext;

/// Expectations from XPath 1.0 and RFC 7950 §10.
class EvaluatorTest {
  private static final SchemaTree SCHEMA = SchemaTree.of(TestTrees.CONTEXTS.load("rules"));
  private static final QNameModule RULES = module("vireo-test-rules");
  private static final YangNamespaceContext PREFIXES =
      new BiMapYangNamespaceContext(
          com.google.common.collect.ImmutableBiMap.copyOf(
              Map.of("tr", RULES, "aug", module("vireo-test-rules-augment"))));
  private static final DataNode DEVICE = read();

  private static QNameModule module(String name) {
    return SCHEMA.context().model().findModules(name).iterator().next().getQNameModule();
  }

  private static DataNode read() {
    try {
      return parse();
    } catch (XMLStreamException | SchemaDataException e) {
      throw new IllegalStateException(e);
    }
  }

  private static DataNode parse() throws XMLStreamException, SchemaDataException {
    XMLStreamReader in =
        SafeXml.reader(
            new StringReader(
                """
                <config><device xmlns="urn:vireo:test:rules" xmlns:t="urn:vireo:test:rules"
                  xmlns:x="urn:vireo:test:rules:augment">
                  <mode>fast</mode><flags>red blue</flags><label>a.b  c</label>
                  <main-port>p2</main-port>
                  <chosen>/t:device/t:port[t:name='p1']/t:slot</chosen>
                  <port><name>p1</name><medium>t:fibre</medium><slot>1</slot>
                    <peer>p2</peer><peer>p3</peer></port>
                  <port><name>p2</name><medium>x:copper</medium><slot>2</slot></port>
                  <port><name>p3</name><enabled>false</enabled></port>
                  <rule><group>g</group><number>2</number></rule>
                  <rule><group>g</group><number>1</number></rule>
                  <rule><group>h</group><number>1</number></rule>
                </device></config>
                """));
    in.nextTag();
    AccessibleTree tree =
        new AccessibleTree(
            SCHEMA,
            XmlTreeReader.ofRouter("r", SCHEMA).readDocument(in, true).device(),
            AccessibleTree.DefaultsInUse.ALL);
    return Objects.requireNonNull(tree.root().only(SCHEMA.root().children().getFirst()));
  }

  private static Evaluator evaluator() {
    return new Evaluator(new LeafReferences());
  }

  private static String evaluate(String expression) {
    return evaluator()
        .evaluate(ExpressionParser.of(expression, PREFIXES::namespaceForPrefix, RULES), DEVICE)
        .text();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        // XPath 1.0 §3.4, §3.5: operators and their precedence.
        "1 + 2 * 3 ~ 7",
        "(1 + 2) * 3 ~ 9",
        "7 mod 4 - -1 ~ 4",
        "8 div 3 > 2.6 and 1 ~ true",
        "1 = 1.0 or 1 div 0 = 5 ~ true",
        "'a' < 'b' ~ false",
        "'10' < '9' ~ false",
        "1 div 0 ~ Infinity",
        "number(label) ~ NaN",
        "0.1 + 0.2 > 0.3 ~ true",
        // They group from the left, and constants are no exception.
        "8 div 4 div 2 ~ 1",
        "10 mod 7 mod 2 ~ 1",
        "9 - 3 - 2 ~ 4",
        "3 > 2 > 1 ~ false",
        "1 = 1 = 2 ~ true",
        "1 = 1 = 0 ~ false",
        "not(true()) ~ false",
        "not(false()) and not(not(true())) ~ true",
        "--2 + ---2 ~ 0",
        "-(1 - 3) ~ 2",
        ".5 + 5. ~ 5.5",
        // §3.7: a star or a word is an operator where one can stand, and else a name.
        "count(*) * 2 = 2 * count(*) ~ true",
        "count(port/*) > count(port) ~ true",
        "count(port [ name = 'p1' or name = 'p2' ]) ~ 2",
        "count(div) + count(mod | or | and) ~ 0",
        "count(child::tr:port) - count(tr:*[self::tr:port]) ~ 0",
        "count(port/self::node()) ~ 3",
        "string(/) = string(/*) ~ true",
        "count(/ | /tr:device) ~ 2",
        // §4.2: strings.
        "concat('a', 1, true()) ~ a1true",
        "substring('12345', 2, 3) ~ 234",
        "substring('12345', 1.5, 2.6) ~ 234",
        "substring('12345', 0) ~ 12345",
        "substring-before('1999/04', '/') ~ 1999",
        "substring-after('1999/04', '/') ~ 04",
        "translate('--aaa--', 'abc-', 'ABC') ~ AAA",
        "normalize-space('  a   b ') ~ a b",
        "string-length(normalize-space(label)) ~ 5",
        "starts-with(label, 'a.') and contains(label, 'c') ~ true",
        // §4.1, §4.4: nodes and numbers.
        "count(port) ~ 3",
        "count(port[enabled = 'true']) ~ 2",
        "count(port[position() < last()]) ~ 2",
        "sum(port/slot) ~ 3",
        "round(2.5) + floor(-1.5) + ceiling(1.2) ~ 3",
        "local-name(port) ~ port",
        "namespace-uri(.) ~ urn:vireo:test:rules",
        "name(*) ~ tr:mode",
        // §2: axes, predicates.
        "port[name = 'p2']/slot ~ 2",
        "port[tr:slot = 1]/name ~ p1",
        "port[peer = 'p3']/name ~ p1",
        "port[2]/../mode ~ fast",
        "count(//name) ~ 3",
        "count(//*[. = 'p2']) ~ 3",
        "count(port/ancestor-or-self::*) ~ 4",
        "count(descendant::slot | port) ~ 5",
        "(rule/number)[2] ~ 1",
        "rule[group = 'g'][2]/number ~ 1",
        "rule[group = 'h' and number = '1']/group ~ h",
        "count(rule[1]/following-sibling::rule) ~ 2",
        "rule[3]/preceding-sibling::*[1]/number ~ 1",
        // Positions come before what a look-up would narrow.
        "count(port[1][name = 'p9' or name = 'p2'][name = 'p2']) + count(port[1][name = 'p1']) ~ 1",
        "count(port[position() = 9 and name = 'p2']) ~ 0",
        "count(port[name = ../port/peer]) ~ 2",
        // Document order, whatever the axis.
        "(rule[3]/preceding-sibling::rule)[1]/number ~ 2",
        "(port[2]/slot | port[1]/slot)[1] ~ 1",
        "string(port[2]/name | port[1]/peer | port[1]/name) ~ p1",
        "name((port/name | .)[1]) ~ tr:device",
        "name(port[1]/name/ancestor::*) ~ tr:device",
        "/device/mode ~ fast",
        "tr:device ~ ``",
        "port/name = 'p3' ~ true",
        "not(port/name = 'p9') ~ true",
        "port/name != 'p1' ~ true",
        "port/peer = port/name ~ true",
        "boolean(rule) = true() ~ true",
        "port = false() ~ false",
        // RFC 7950 §10.
        "current()/mode ~ fast",
        "port[name = current()/main-port]/slot ~ 2",
        "deref(main-port)/../slot ~ 2",
        "deref(chosen) ~ 1",
        "derived-from(port/medium, 'cable') ~ true",
        "derived-from(port[3]/medium, 'cable') ~ false",
        "derived-from-or-self(port[name='p1']/medium, 'tr:fibre') ~ true",
        "derived-from(port[name='p1']/medium, 'tr:fibre') ~ false",
        "port[name='p2']/medium = 'aug:copper' ~ true",
        "port[name='p2']/medium != 'aug:copper' ~ false",
        "string(port[name='p1']/medium) ~ tr:fibre",
        "enum-value(mode) ~ 9",
        "enum-value(label) ~ NaN",
        "bit-is-set(flags, 'red') and not(bit-is-set(flags, 'green')) ~ true",
        "re-match('eth10', 'eth[0-9]{1,2}') ~ true",
        "re-match('eth10x', 'eth[0-9]{1,2}') ~ false",
        "re-match('a$', '[a-z-[aeiou]]*.\\$') ~ true",
        "re-match('bcd', '[a-z-[aeiou]]*') and not(re-match('abc', '[a-z-[aeiou]]*')) ~ true",
        // RFC 7950 §6.4.1: defaults and containers without presence are there.
        "port[name='p1']/enabled ~ true",
        "limits/high ~ 10",
        "count(port/address/number[. = 1]) ~ 3",
        "boolean(secure) ~ false",
      })
  void evaluate_expression_isAsTheStandardsSay(String expression, String expected) {
    assertEquals(expected, evaluate(expression));
  }

  @Test
  void evaluate_allKeysPinned_visitsNoOtherEntry() {
    Evaluator evaluator = evaluator();
    evaluator.evaluate(
        ExpressionParser.of(
            "port[name = current()/main-port]/slot", PREFIXES::namespaceForPrefix, RULES),
        DEVICE);
    // The pin's own path, the entry, the slot: not three entries and their names.
    assertTrue(evaluator.visits() <= 10, evaluator.visits() + " visits");
  }

  @Test
  void compile_whatYangLacks_saysSo() {
    for (String wrong :
        new String[] {
          "id('a')",
          "@x",
          "nonsense(1)",
          "port[",
          "$v",
          "x:y",
          "",
          " ",
          "(",
          "1 +",
          "port name",
          "port]",
          "..[1]",
          "'open",
          "port//",
          "1 2",
          "following::port",
          "text()",
          "a:b:c",
          "#",
          "(".repeat(200) + "1" + ")".repeat(200),
          "1 or",
          "port[]",
          "count(port",
          "- ",
          "x".repeat(70_000),
        }) {
      XPathFault fault = assertThrows(XPathFault.class, () -> evaluate(wrong), wrong);
      assertFalse(String.valueOf(fault.getMessage()).contains("org.opendaylight"), wrong);
    }
  }

  @Test
  void evaluate_outOfTime_stops() {
    Evaluator evaluator = new Evaluator(new LeafReferences(), 1_000, 0);
    Expression expression = ExpressionParser.of("port/name", PREFIXES::namespaceForPrefix, RULES);
    XPathFault fault = assertThrows(XPathFault.class, () -> evaluator.evaluate(expression, DEVICE));
    assertTrue(fault.toString().contains("too long"), fault.toString());
  }
}
