package io.vireo.netconf;

import static io.vireo.netconf.Messages.assertOk;
import static io.vireo.netconf.Messages.edit;
import static io.vireo.netconf.Messages.element;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// RFC 5717 over the wire.
@Timeout(120)
class PartialLockTest {
  private static final String NAMESPACE = "urn:ietf:params:xml:ns:netconf:partial-lock:1.0";
  private static final String PREFIXES =
      " xmlns:if='urn:ietf:params:xml:ns:yang:ietf-interfaces'"
          + " xmlns:l='urn:ietf:params:xml:ns:yang:ietf-logical-network-element'";
  private static final String BLUE_LO =
      "/l:logical-network-elements/l:logical-network-element[l:name='blue']/l:root"
          + "/if:interfaces/if:interface[if:name='lo']";
  private static final String ROUTER =
      "<logical-network-elements"
          + " xmlns='urn:ietf:params:xml:ns:yang:ietf-logical-network-element'>"
          + "<logical-network-element><name>%s</name><root>"
          + "<interfaces xmlns='urn:ietf:params:xml:ns:yang:ietf-interfaces'><interface>"
          + "<name>lo</name><description>%s</description>"
          + "<type xmlns:i='urn:ietf:params:xml:ns:yang:iana-if-type'>i:softwareLoopback</type>"
          + "</interface></interfaces></root></logical-network-element>"
          + "</logical-network-elements>";

  @TempDir Path directory = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private TestServer server;

  @SuppressWarnings("NullAway.Init")
  private TestClient ann;

  @SuppressWarnings("NullAway.Init")
  private TestClient bob;

  @BeforeEach
  void open() throws Exception {
    server = new TestServer(directory, TestClient.USERS);
    ann = server.client();
    bob = server.client();
    assertOk(ann.call(edit("running", ROUTER.formatted("blue", "first"))));
    assertOk(ann.call(edit("running", ROUTER.formatted("red", "first"))));
  }

  @AfterEach
  void close() throws Exception {
    ann.close();
    bob.close();
    server.close();
  }

  private static String lock(String... select) {
    return "<partial-lock xmlns='"
        + NAMESPACE
        + "'"
        + PREFIXES
        + "><select>"
        + String.join("</select><select>", select)
        + "</select></partial-lock>";
  }

  private static String unlock(String id) {
    return "<partial-unlock xmlns='%s'><lock-id>%s</lock-id></partial-unlock>"
        .formatted(NAMESPACE, id);
  }

  @Test
  void capability_isSaid() {
    String said = "urn:ietf:params:netconf:capability:partial-lock:1.0";
    assertTrue(ann.hello().contains(said), ann.hello());
  }

  @Test
  void partOfARouter_lockedAndGivenBack() throws Exception {
    String reply = ann.call(lock(BLUE_LO));
    assertEquals(
        "/lne:logical-network-elements/lne:logical-network-element[lne:name='blue']/lne:root"
            + "/if:interfaces/if:interface[if:name='lo']",
        element("locked-node", reply));

    String refused = bob.call(edit("running", ROUTER.formatted("blue", "bob")));
    assertEquals("in-use", element("error-tag", refused));
    assertOk(bob.call(edit("running", ROUTER.formatted("red", "bob"))));
    assertOk(ann.call(edit("running", ROUTER.formatted("blue", "ann"))));
    // A lock of the whole is not given meanwhile.
    String whole = bob.call("<lock><target><running/></target></lock>");
    assertEquals("lock-denied", element("error-tag", whole));
    assertTrue(whole.contains("<session-id>"), whole);

    String id = element("lock-id", reply);
    assertEquals("invalid-value", element("error-tag", bob.call(unlock(id))));
    assertOk(ann.call(unlock(id)));
    assertOk(bob.call(edit("running", ROUTER.formatted("blue", "bob"))));
  }

  @Test
  void expression_givesSeveral_allAreLockedAndShown() throws Exception {
    String reply = ann.call(lock("//if:interface[if:description='first']"));
    assertEquals(3, reply.split("<locked-node").length, reply);

    String state =
        bob.call(
            "<get><filter><netconf-state"
                + " xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring'><datastores/>"
                + "</netconf-state></filter></get>");
    assertEquals(element("lock-id", reply), element("lock-id", state));
    assertTrue(state.contains("interface[ietf-interfaces:description='first']"), state);
    assertTrue(element("locked-node", state).endsWith(":root"), state);
    assertOk(ann.call(unlock(element("lock-id", reply))));
    assertFalse(
        bob.call("<get/>").contains("<partial-lock>"), "a lock that was given back is shown");
  }

  @Test
  void overlap_isDeniedNamingTheHolder() throws Exception {
    ann.call(lock(BLUE_LO));
    String refused = bob.call(lock("/l:logical-network-elements"));
    assertEquals("lock-denied", element("error-tag", refused));
    assertTrue(refused.contains("<session-id>"), refused);
  }

  @Test
  void confirmedCommitOfAnother_waits() throws Exception {
    assertOk(bob.call(edit("candidate", ROUTER.formatted("red", "bob"))));
    assertOk(bob.call("<commit><confirmed/></commit>"));
    String refused = ann.call(lock(BLUE_LO));
    assertEquals("in-use", element("error-tag", refused), refused);
    assertEquals("outstanding-confirmed-commit", element("error-app-tag", refused));
    assertOk(bob.call("<commit/>"));
    assertTrue(ann.call(lock(BLUE_LO)).contains("<lock-id"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          operation-failed | no-matches                 | /if:interfaces/if:interface[if:name='x']
          invalid-value    | not-a-node-set             | 1 + 1
          invalid-value    | not-a-node-set             | count(/if:interfaces)
          invalid-value    | invalid-lock-specification | /if:interfaces[
          """)
  void whatIsNoScope_refused(String tag, String appTag, String select) throws Exception {
    String refused = ann.call(lock(select));
    assertEquals(tag, element("error-tag", refused));
    assertEquals(appTag, element("error-app-tag", refused));
  }

  @Test
  void incomplete_refused() throws Exception {
    String unknown = ann.call(lock("/nobodys:interfaces"));
    assertEquals("invalid-value", element("error-tag", unknown));
    assertTrue(unknown.contains("nobodys"), unknown);
    String nothing = ann.call("<partial-lock xmlns='" + NAMESPACE + "'/>");
    assertEquals("missing-element", element("error-tag", nothing));
    assertEquals("select", element("bad-element", nothing));
    assertEquals("invalid-value", element("error-tag", ann.call(unlock("x"))));
    assertEquals("invalid-value", element("error-tag", ann.call(unlock("77"))));
  }
}
