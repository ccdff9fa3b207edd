package io.vireo.netconf;

import static io.vireo.netconf.Messages.assertOk;
import static io.vireo.netconf.Messages.edit;
import static io.vireo.netconf.Messages.element;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
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

/// Sessions on one virtual router, whose tree is a whole device's to them.
@Timeout(120)
class RouterSessionTest {
  private static final String INTERFACES =
      "<interfaces xmlns='urn:ietf:params:xml:ns:yang:ietf-interfaces'><interface%s>"
          + "<name>%s</name><description>%s</description>"
          + "<type xmlns:i='urn:ietf:params:xml:ns:yang:iana-if-type'>i:softwareLoopback</type>"
          + "</interface></interfaces>";
  private static final String ROUTER =
      "<logical-network-elements"
          + " xmlns='urn:ietf:params:xml:ns:yang:ietf-logical-network-element'>"
          + "<logical-network-element><name>%s</name><root>%s</root></logical-network-element>"
          + "</logical-network-elements>";

  @TempDir Path directory = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private TestServer server;

  @SuppressWarnings("NullAway.Init")
  private TestClient device;

  @SuppressWarnings("NullAway.Init")
  private TestClient blue;

  @BeforeEach
  void open() throws Exception {
    server = new TestServer(directory, TestClient.USERS);
    device = server.client();
    for (String name : new String[] {"blue", "red"}) {
      String content = INTERFACES.formatted("", "lo", "of " + name);
      assertOk(device.call(edit("running", ROUTER.formatted(name, content))));
    }
    blue = on("blue");
  }

  @AfterEach
  void close() throws Exception {
    blue.close();
    device.close();
    server.close();
  }

  private TestClient on(String router) throws IOException {
    return TestClient.open(server.endpoint.address("netconf"), "admin%" + router, true);
  }

  private static String read(String source) {
    return "<get-config><source><%s/></source></get-config>".formatted(source);
  }

  private static String loopback(String name, String description) {
    return INTERFACES.formatted("", name, description);
  }

  @Test
  void config_isTheRoutersAlone() throws Exception {
    String config = blue.call(read("running"));
    assertTrue(config.contains("<data><interfaces "), config);
    assertTrue(config.contains("of blue"), config);
    assertFalse(config.contains("red") || config.contains("logical-network"), config);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          <filter><interfaces xmlns='urn:ietf:params:xml:ns:yang:ietf-interfaces'><interface><name>lo</name></interface></interfaces></filter>
          <filter type='xpath' xmlns:f='urn:ietf:params:xml:ns:yang:ietf-interfaces' select="/f:interfaces/f:interface[f:name='lo']"/>
          <filter type='xpath' xmlns:f='urn:ietf:params:xml:ns:yang:ietf-interfaces' select="//f:description/.."/>
          """)
  void filters_areOfTheRoutersTree(String filter) throws Exception {
    for (String operation : new String[] {"get", "get-config"}) {
      String source = operation.equals("get") ? "" : "<source><running/></source>";
      String reply = blue.call("<" + operation + ">" + source + filter + "</" + operation + ">");
      assertEquals("of blue", element("description", reply));
      assertFalse(reply.contains("netconf-state"), reply);
    }
  }

  @Test
  void getData_hasOrigins() throws Exception {
    String reply =
        blue.call(
            "<get-data xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-nmda'"
                + " xmlns:ds='urn:ietf:params:xml:ns:yang:ietf-datastores'>"
                + "<datastore>ds:operational</datastore>"
                + "<subtree-filter><interfaces"
                + " xmlns='urn:ietf:params:xml:ns:yang:ietf-interfaces'/></subtree-filter>"
                + "<with-origin/></get-data>");
    assertTrue(reply.contains("origin=\"or:intended\"") || reply.contains(":intended\""), reply);
    assertEquals("of blue", element("description", reply));
  }

  @Test
  void edits_ofRunning_andOfACandidateOfItsOwn() throws Exception {
    assertOk(blue.call(edit("running", loopback("lo2", "second"))));
    assertTrue(device.call(read("running")).contains("second"));

    assertOk(blue.call(edit("candidate", loopback("lo3", "third"))));
    assertFalse(device.call(read("candidate")).contains("third"), "the candidate is its own");
    assertOk(device.call(edit("candidate", ROUTER.formatted("red", loopback("lo4", "fourth")))));
    assertOk(blue.call("<validate><source><candidate/></source></validate>"));
    assertOk(blue.call("<commit/>"));
    String running = device.call(read("running"));
    assertTrue(running.contains("third"), running);
    assertFalse(running.contains("fourth"), running);

    assertOk(blue.call(edit("candidate", loopback("lo5", "fifth"))));
    assertOk(blue.call("<discard-changes/>"));
    assertFalse(blue.call(read("candidate")).contains("fifth"));
  }

  @Test
  void copyConfig_takesThePlaceOfTheRoutersAlone() throws Exception {
    String copy = "<copy-config><target><%s/></target><source>%s</source></copy-config>";
    String config = "<config>" + loopback("new", "all there is") + "</config>";
    assertOk(blue.call(copy.formatted("running", config)));
    String running = device.call(read("running"));
    assertTrue(running.contains("all there is") && running.contains("of red"), running);
    assertFalse(running.contains("of blue"), running);

    assertOk(blue.call(edit("candidate", loopback("more", "more"))));
    assertOk(blue.call(copy.formatted("candidate", "<running/>")));
    assertFalse(blue.call(read("candidate")).contains("more"));
    assertOk(blue.call(edit("candidate", loopback("more", "more"))));
    assertOk(blue.call(copy.formatted("running", "<candidate/>")));
    assertTrue(device.call(read("running")).contains("more"));
  }

  @Test
  void errors_namePlacesOfTheRoutersTree() throws Exception {
    String refused =
        blue.call(
            edit(
                "running",
                INTERFACES.formatted(
                    " nc:operation='create'"
                        + " xmlns:nc='urn:ietf:params:xml:ns:netconf:base:1.0'",
                    "lo",
                    "again")));
    assertEquals("data-exists", element("error-tag", refused));
    assertEquals("/if:interfaces/if:interface[if:name='lo']", element("error-path", refused));
    refused =
        blue.call(
            edit(
                "running",
                "<system xmlns='urn:vireo:yang:vireo-system'><contact>x</contact></system>"));
    assertEquals("unknown-namespace", element("error-tag", refused));
  }

  @Test
  void hello_and_library_areOfTheRoutersModules() throws Exception {
    assertFalse(blue.hello().contains("partial-lock:1.0"), blue.hello());
    assertFalse(blue.hello().contains("capability:startup"), blue.hello());
    Matcher said = Pattern.compile("content-id=([^<&]+)").matcher(blue.hello());
    assertTrue(said.find(), blue.hello());
    String library =
        blue.call(
            "<get><filter><yang-library"
                + " xmlns='urn:ietf:params:xml:ns:yang:ietf-yang-library'/></filter></get>");
    assertEquals(said.group(1), element("content-id", library));
    assertTrue(library.contains("<name>ietf-routing</name>"), library);
    assertTrue(library.contains("<name>ietf-netconf-nmda</name>"), library);
    assertFalse(library.contains("vireo-system"), library);

    String state =
        blue.call(
            "<get><filter><netconf-state"
                + " xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring'/></filter></get>");
    assertEquals(blue.sessionId(), element("session-id", state));
    assertEquals(2, state.split("<session>").length, "a session is told of itself alone");
    assertTrue(state.contains("<identifier>ietf-ip</identifier>"), state);
    String schema =
        blue.call(
            "<get-schema xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring'>"
                + "<identifier>vireo-forwarding</identifier></get-schema>");
    assertTrue(schema.contains("module vireo-forwarding"), schema);
  }

  @Test
  void lock_isOfThisRouter_othersGoOn() throws Exception {
    assertOk(blue.call("<lock><target><running/></target></lock>"));
    String refused = device.call(edit("running", ROUTER.formatted("blue", loopback("x", "x"))));
    assertEquals("in-use", element("error-tag", refused));
    assertOk(device.call(edit("running", ROUTER.formatted("red", loopback("x", "x")))));
    try (TestClient other = on("blue")) {
      refused = other.call("<lock><target><running/></target></lock>");
      assertEquals("lock-denied", element("error-tag", refused));
      assertEquals(blue.sessionId(), element("session-id", refused));
    }
    assertOk(blue.call(edit("running", loopback("x", "y"))));
    assertOk(blue.call("<unlock><target><running/></target></unlock>"));
    assertOk(device.call(edit("running", ROUTER.formatted("blue", loopback("x", "x")))));
    refused = blue.call("<unlock><target><running/></target></unlock>");
    assertEquals("operation-failed", element("error-tag", refused));
  }

  @Test
  void lockOfTheCandidate_givenBack_discards() throws Exception {
    assertOk(blue.call(edit("candidate", loopback("x", "x"))));
    String refused = blue.call("<lock><target><candidate/></target></lock>");
    assertEquals("lock-denied", element("error-tag", refused));
    assertOk(blue.call("<discard-changes/>"));
    assertOk(blue.call("<lock><target><candidate/></target></lock>"));
    assertOk(blue.call(edit("candidate", loopback("x", "x"))));
    assertOk(blue.call("<unlock><target><candidate/></target></unlock>"));
    assertFalse(blue.call(read("candidate")).contains("<name>x</name>"));
  }

  @Test
  void rpcOfTheRouter_isOne() throws Exception {
    String reply =
        blue.call("<ping xmlns='urn:vireo:yang:vireo-tools'><destination>x y</destination></ping>");
    assertEquals("invalid-value", element("error-tag", reply));
    reply = device.call("<ping xmlns='urn:vireo:yang:vireo-tools'/>");
    assertTrue(reply.contains("rpc-error"), reply);
  }

  @Test
  void routerThatIsNotThere_endsTheSession() {
    IOException ended = assertThrows(IOException.class, () -> on("nothing").close());
    assertTrue(String.valueOf(ended.getMessage()).contains("ended"), ended.getMessage());
  }

  @Test
  void routerThatGoes_leavesNothing() throws Exception {
    assertOk(
        device.call(
            edit(
                "running",
                "<logical-network-elements"
                    + " xmlns='urn:ietf:params:xml:ns:yang:ietf-logical-network-element'>"
                    + "<logical-network-element"
                    + " xmlns:nc='urn:ietf:params:xml:ns:netconf:base:1.0'"
                    + " nc:operation='delete'><name>blue</name></logical-network-element>"
                    + "</logical-network-elements>")));
    assertTrue(blue.call(read("running")).contains("<data/>"), "no data");
    String refused = blue.call(edit("running", loopback("x", "x")));
    assertEquals("data-missing", element("error-tag", refused));
  }
}
