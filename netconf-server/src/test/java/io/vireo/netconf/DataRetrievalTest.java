package io.vireo.netconf;

import static io.vireo.netconf.Messages.tag;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Defaults as RFC 6243 has them, and the operations of RFC 8526.
@Timeout(120)
class DataRetrievalTest {
  private static final String NMDA = "xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-nmda'";
  private static final String DATASTORE =
      "<datastore xmlns:ds='urn:ietf:params:xml:ns:yang:ietf-datastores'>ds:%s</datastore>";
  private static final String WITH_DEFAULTS =
      "<with-defaults xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-with-defaults'>%s"
          + "</with-defaults>";
  private static final String WITH_DEFAULTS_OF_NMDA = "<with-defaults>report-all</with-defaults>";
  private static final String IF = "urn:ietf:params:xml:ns:yang:ietf-interfaces";

  /// Two interfaces of blue: of one `enabled` is set, to its default, of the other nothing is.
  private static final String BLUE =
      "<logical-network-elements"
          + " xmlns='urn:ietf:params:xml:ns:yang:ietf-logical-network-element'>"
          + "<logical-network-element><name>blue</name><root><interfaces xmlns='%1$s'>"
          + "<interface><name>lo0</name>%2$s<enabled>true</enabled></interface>"
          + "<interface><name>lo1</name>%2$s</interface></interfaces></root>"
          + "</logical-network-element></logical-network-elements>";

  private static final String LOOPBACK =
      "<type xmlns:t='urn:ietf:params:xml:ns:yang:iana-if-type'>t:softwareLoopback</type>";

  @TempDir Path directory = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private TestServer server;

  @SuppressWarnings("NullAway.Init")
  private TestClient client;

  @BeforeEach
  void open() throws Exception {
    server = new TestServer(directory, TestClient.USERS);
    client = server.client();
    requireOk(
        "<edit-config><target><candidate/></target><config>"
            + BLUE.formatted(IF, LOOPBACK)
            + "</config></edit-config>");
    requireOk("<commit/>");
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    server.close();
  }

  private void requireOk(String operation) throws Exception {
    String reply = client.call(operation);
    assertTrue(reply.contains("<ok/>"), reply);
  }

  private static String filter(String inside) {
    return "<logical-network-elements"
        + " xmlns='urn:ietf:params:xml:ns:yang:ietf-logical-network-element'>"
        + "<logical-network-element><name>blue</name><root>"
        + inside
        + "</root></logical-network-element></logical-network-elements>";
  }

  private static String interfaces(String inside) {
    return filter("<interfaces xmlns='" + IF + "'>" + inside + "</interfaces>");
  }

  private static int count(String wanted, String text) {
    Matcher matcher = Pattern.compile(wanted).matcher(text);
    int count = 0;
    while (matcher.find()) {
      count++;
    }
    return count;
  }

  private String getConfig(String mode, String filter) throws Exception {
    return client.call(
        "<get-config><source><running/></source><filter>"
            + filter
            + "</filter>"
            + (mode.isEmpty() ? "" : WITH_DEFAULTS.formatted(mode))
            + "</get-config>");
  }

  @Test
  void hello_saysTheBasicModeAndTheOthers() {
    for (String capability : new String[] {"with-defaults", "with-operational-defaults"}) {
      String wanted =
          "capability:"
              + capability
              + ":1.0?basic-mode=explicit&amp;also-supported=report-all,report-all-tagged,trim<";
      assertTrue(client.hello().contains(wanted), client.hello());
    }
  }

  /// RFC 6243 §3
  @ParameterizedTest
  @CsvSource({
    "'', 1, 0",
    "explicit, 1, 0",
    "report-all, 2, 0",
    "report-all-tagged, 2, 1",
    "trim, 0, 0"
  })
  void getConfig_mode_tellsDefaultsAsItSays(String mode, int told, int tagged) throws Exception {
    String reply = getConfig(mode, interfaces(""));
    assertEquals(told, count("<enabled[^>]*>true</enabled>", reply), reply);
    assertEquals(tagged, count("<enabled [^>]*wd:default=\"true\">", reply), reply);
    assertEquals(2, count("<interface>", reply), reply);
  }

  @Test
  void getConfig_all_filterComparesDefaults() throws Exception {
    String wanted = interfaces("<interface><enabled>true</enabled><name/></interface>");
    assertEquals(1, count("<name>lo", getConfig("explicit", wanted)));
    assertEquals(2, count("<name>lo", getConfig("report-all", wanted)));
  }

  @Test
  void withDefaults_unknownMode_orWrongNamespace_isRefused() throws Exception {
    assertEquals("invalid-value", tag(getConfig("some", interfaces(""))));
    assertEquals(
        "unknown-namespace", tag(client.call("<get><with-defaults>trim</with-defaults></get>")));
    assertEquals(
        "invalid-value",
        tag(
            client.call(
                "<copy-config><target><candidate/></target><source><running/></source>"
                    + WITH_DEFAULTS.formatted("trim")
                    + "</copy-config>")));
  }

  /// RFC 6243 §4.5.2
  @Test
  void edit_markedAsDefault_isSetNoMore() throws Exception {
    String marked =
        BLUE.formatted(IF, LOOPBACK)
            .replace(
                "<enabled>",
                "<enabled xmlns:wd='urn:ietf:params:xml:ns:netconf:default:1.0'"
                    + " wd:default='true'>");
    String edit =
        "<edit-config><target><running/></target><config>" + marked + "</config></edit-config>";
    assertEquals("invalid-value", tag(client.call(edit.replace(">true<", ">false<"))));
    requireOk(edit);
    assertEquals(0, count("<enabled", getConfig("explicit", interfaces(""))));
  }

  private String getData(String datastore, String parameters) throws Exception {
    return client.call(
        "<get-data " + NMDA + ">" + DATASTORE.formatted(datastore) + parameters + "</get-data>");
  }

  private static String subtree(String filter) {
    return "<subtree-filter>" + filter + "</subtree-filter>";
  }

  @Test
  void getData_ofEachDatastore_saysWhatIsThere() throws Exception {
    for (String datastore : new String[] {"running", "candidate", "intended", "operational"}) {
      String reply = getData(datastore, subtree(interfaces("")));
      assertTrue(reply.contains("<data " + NMDA.replace('\'', '"') + ">"), reply);
      assertEquals(2, count("<name>lo", reply), reply);
    }
    assertFalse(getData("running", "").contains("yang-library"));
    assertTrue(getData("operational", "").contains("yang-library"));
  }

  @Test
  void getData_wrongParameters_areRefusedByName() throws Exception {
    assertEquals("missing-element", tag(client.call("<get-data " + NMDA + "/>")));
    assertEquals("invalid-value", tag(getData("ephemeral", "")));
    assertEquals("invalid-value", tag(getData("running", "<with-origin/>")));
    assertEquals("invalid-value", tag(getData("running", "<max-depth>0</max-depth>")));
    assertEquals("unknown-element", tag(getData("running", "<depth>1</depth>")));
    assertEquals("operation-not-supported", tag(client.call("<get-date " + NMDA + "/>")));
  }

  /// RFC 8526 §3.1.1
  @ParameterizedTest
  @CsvSource({
    "1, 0, 0",
    "2, 2, 0",
    "3, 2, 2",
    "unbounded, 2, 2",
  })
  void getData_depth_countsFromWhatIsSelected(String depth, int names, int types) throws Exception {
    String reply =
        getData(
            "running",
            subtree(filter("<interfaces xmlns='" + IF + "'/>"))
                + "<max-depth>"
                + depth
                + "</max-depth>");
    assertTrue(reply.contains("<interfaces"), reply);
    assertEquals(names, count("<name>lo", reply), reply);
    assertEquals(types, count("<type", reply), reply);
  }

  @Test
  void getData_config_dividesConfigurationAndState() throws Exception {
    String state = getData("operational", "<config-filter>false</config-filter>");
    assertTrue(state.contains("<content-id>"), state);
    assertFalse(state.contains("<type"), state);
    String config = getData("operational", "<config-filter>true</config-filter>");
    assertFalse(config.contains("<content-id>"), config);
    assertEquals(2, count("<type", config), config);
  }

  @Test
  void getData_origins_areSaidAndFilteredBy() throws Exception {
    String all =
        getData("operational", subtree(interfaces("")) + "<with-origin/>" + WITH_DEFAULTS_OF_NMDA);
    assertTrue(
        Pattern.compile("<logical-network-elements[^>]* or:origin=\"or:intended\"")
            .matcher(all)
            .find(),
        all);
    assertEquals(1, count("<enabled[^>]* or:origin=\"or:default\">true", all), all);
    String origin = "<%1$s xmlns:or='urn:ietf:params:xml:ns:yang:ietf-origin'>or:%2$s</%1$s>";
    String defaults =
        getData(
            "operational",
            subtree(interfaces(""))
                + origin.formatted("origin-filter", "default")
                + WITH_DEFAULTS_OF_NMDA);
    assertEquals(1, count("<enabled", defaults), defaults);
    assertEquals(0, count("<type", defaults), defaults);
    String others =
        getData(
            "operational",
            subtree(interfaces(""))
                + origin.formatted("negated-origin-filter", "default")
                + WITH_DEFAULTS_OF_NMDA);
    assertEquals(1, count("<enabled", others), others);
    assertEquals(2, count("<type", others), others);
  }

  @Test
  void editData_ofACandidate_isEdited_ofStateIsNot() throws Exception {
    String edit =
        "<edit-data "
            + NMDA
            + ">"
            + DATASTORE
            + "<config>"
            + BLUE.formatted(IF, LOOPBACK)
            + "</config></edit-data>";
    requireOk(edit.formatted("candidate").replace("lo1", "lo7"));
    assertTrue(getData("candidate", "").contains("lo7"));
    assertEquals("invalid-value", tag(client.call(edit.formatted("operational"))));
    assertEquals("invalid-value", tag(client.call(edit.formatted("intended"))));
  }

  /// RFC 8526 §3.2
  @Test
  void lockAndValidate_takeTheNameOfADatastore() throws Exception {
    String named = DATASTORE.replace("<datastore", "<datastore " + NMDA).formatted("candidate");
    requireOk("<lock><target>" + named + "</target></lock>");
    requireOk("<validate><source>" + named + "</source></validate>");
    requireOk("<unlock><target>" + named + "</target></unlock>");
  }

  private String xpath(String expression) throws Exception {
    return client.call(
        "<get-config><source><running/></source><filter type='xpath' xmlns:if='"
            + IF
            + "' xmlns:lne='urn:ietf:params:xml:ns:yang:ietf-logical-network-element'"
            + " xmlns:no='urn:none' select=\""
            + expression
            + "\"/></get-config>");
  }

  /// RFC 6241 §8.9
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          /lne:logical-network-elements/lne:logical-network-element[lne:name='blue']/lne:root/if:interfaces/if:interface[if:name='lo0'] ; 1 ; 1 ; 1
          /lne:logical-network-elements/lne:logical-network-element/lne:root/if:interfaces/if:interface/if:type ; 2 ; 2 ; 0
          //if:interface[if:enabled='true'] ; 1 ; 1 ; 1
          //if:interface[not(if:enabled)]/if:name ; 1 ; 0 ; 0
          //if:interface[1] | //if:interface[if:name='lo1']/if:type ; 2 ; 2 ; 1
          /lne:logical-network-elements ; 2 ; 2 ; 1
          /lne:logical-network-elements/* ; 2 ; 2 ; 1
          /lne:logical-network-elements/lne:logical-network-element/lne:root ; 2 ; 2 ; 1
          //lne:root/if:interfaces ; 2 ; 2 ; 1
          / ; 2 ; 2 ; 1
          //if:interface[/lne:logical-network-elements/lne:logical-network-element/lne:name = 'blue'] ; 2 ; 2 ; 1
          /lne:logical-network-elements/lne:logical-network-element[lne:name='red'] ; 0 ; 0 ; 0
          /no:where ; 0 ; 0 ; 0
          //if:interface[if:name='lo7'] ; 0 ; 0 ; 0
          """)
  void xpath_selects_withKeysAndWhatIsAbove(String expression, int names, int types, int enabled)
      throws Exception {
    String reply = xpath(expression);
    assertTrue(reply.contains("<data"), reply);
    assertEquals(names, count("<name>lo", reply), reply);
    assertEquals(types, count("<type", reply), reply);
    assertEquals(enabled, count("<enabled", reply), reply);
    assertEquals(names > 0, reply.contains("<name>blue</name>"), reply);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          count(//if:interface) ; invalid-value
          //if:interface[ ; invalid-value
          /interfaces ; invalid-value
          /un:known ; invalid-value
          //if:interface[$x] ; invalid-value
          """)
  void xpath_thatGivesNoNodes_isRefused(String expression, String expected) throws Exception {
    assertEquals(expected, tag(xpath(expression)));
  }

  @Test
  void xpath_withoutSelect_orOfAnotherType_isRefused() throws Exception {
    assertEquals("missing-attribute", tag(client.call("<get><filter type='xpath'/></get>")));
    assertEquals("bad-attribute", tag(client.call("<get><filter type='regex'/></get>")));
  }

  @Test
  void getData_xpathFilter_andDepth() throws Exception {
    String filter =
        "<xpath-filter xmlns:if='" + IF + "'>//if:interface[if:name='lo1']</xpath-filter>";
    assertEquals(1, count("<type", getData("running", filter)));
    String cut = getData("running", filter + "<max-depth>1</max-depth>");
    assertEquals(1, count("<name>lo1", cut), cut);
    assertEquals(0, count("<type", cut), cut);
  }

  @Test
  void getData_xpathUnion_eachSelectedNodeHasItsLevels() throws Exception {
    String filter =
        "<xpath-filter xmlns:if='"
            + IF
            + "'>//if:interface[if:name='lo1'] | //if:interface[if:name='lo1']/if:type | //if:interfaces"
            + "</xpath-filter><max-depth>1</max-depth>";
    String reply = getData("running", filter);
    assertEquals(1, count("<type", reply), reply);
    assertEquals(1, count("<name>lo", reply), reply);
  }

  /// What one router's page brings is not laid over the device's own.
  @Test
  void reportAll_ofOperational_keepsWhatIsSetOnTheDevice() throws Exception {
    String nacm = "<nacm xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-acm'>%s</nacm>";
    requireOk(
        "<edit-config><target><running/></target><config>"
            + nacm.formatted("<read-default>deny</read-default>")
            + "</config></edit-config>");
    String reply = client.call("<get>" + WITH_DEFAULTS.formatted("report-all-tagged") + "</get>");
    assertTrue(reply.contains("<read-default>deny</read-default>"), reply);
    assertEquals(1, count("<enable-nacm [^>]*wd:default=\"true\">true<", reply), reply);
  }

  /// RFC 8341 §3.4.4: an operation is permitted by its own name.
  @Test
  void nmda_deniedByName_isRefused() throws Exception {
    requireOk(
        "<edit-config><target><running/></target><config>"
            + "<nacm xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-acm'>"
            + "<groups><group><name>g</name><user-name>bob</user-name></group></groups>"
            + "<rule-list><name>r</name>"
            + "<group>*</group><rule><name>a</name><module-name>ietf-netconf-nmda</module-name>"
            + "<rpc-name>*</rpc-name><access-operations>exec</access-operations>"
            + "<action>deny</action></rule></rule-list></nacm></config></edit-config>");
    try (TestClient bob = TestClient.open(server.endpoint.address("netconf"), "bob", true)) {
      String read = "<get-data " + NMDA + ">" + DATASTORE.formatted("running") + "</get-data>";
      assertEquals("access-denied", tag(bob.call(read)));
      assertTrue(
          bob.call("<get-config><source><running/></source></get-config>").contains("<data"));
    }
  }

  @Test
  void xpath_hostile_isAnsweredAndTheSessionGoesOn() throws Exception {
    String noUri =
        client.call("<get><filter type='xpath' xmlns:x='not a uri' select='/x:foo'/></get>");
    assertTrue(noUri.contains("<data"), noUri);
    assertEquals("invalid-value", tag(xpath("/if:\u00e9")));
    assertEquals("invalid-value", tag(xpath("/if:interfaces[1" + "+1".repeat(4_000) + "]")));
    assertEquals("invalid-value", tag(xpath("/if:interfaces[1" + "=1".repeat(4_000) + "]")));
    assertEquals("invalid-value", tag(xpath("/if:interfaces" + "[1".repeat(2_000))));
    String chain = "<xpath-filter>1" + "*1".repeat(30_000) + "</xpath-filter>";
    assertEquals("invalid-value", tag(getData("running", chain)));
    assertEquals(2, count("<type", xpath("//if:interface")));
  }

  @Test
  void getData_twoFilters_areRefused() throws Exception {
    assertEquals(
        "bad-element",
        tag(getData("running", subtree(interfaces("")) + "<xpath-filter>/</xpath-filter>")));
  }
}
