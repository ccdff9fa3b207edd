package io.vireo.netconf;

import static io.vireo.netconf.Messages.edit;
import static io.vireo.netconf.Messages.tag;
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
import org.junit.jupiter.params.provider.ValueSource;

/// What is wrong is refused with the name that RFC 6241, Appendix A, has for it, and the session
/// goes on.
@Timeout(120)
class RefusedRequestTest {
  private static final String LNE =
      "<logical-network-elements"
          + " xmlns='urn:ietf:params:xml:ns:yang:ietf-logical-network-element'>"
          + "<logical-network-element%s><name>%s</name>%s</logical-network-element>"
          + "</logical-network-elements>";
  @TempDir Path directory = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private TestServer server;

  @BeforeEach
  void open() throws Exception {
    server = new TestServer(directory, TestClient.USERS);
  }

  @AfterEach
  void close() throws Exception {
    server.close();
  }

  private TestClient client() throws Exception {
    return server.client();
  }

  /// What is sent as the operation, and the error-tag that RFC 6241, Appendix A has for it.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          unknown-namespace       | <no-such xmlns='urn:no'/>
          operation-not-supported | <no-such/>
          operation-failed        | <cancel-commit/>
          invalid-value           | <cancel-commit><persist-id>none</persist-id></cancel-commit>
          invalid-value           | <commit><persist-id>none</persist-id></commit>
          invalid-value           | <commit><confirmed/><persist/></commit>
          invalid-value           | <commit><confirmed/><confirm-timeout>0</confirm-timeout></commit>
          missing-element         | <commit><confirm-timeout>60</confirm-timeout></commit>
          operation-not-supported | <delete-config><target><running/></target></delete-config>
          operation-not-supported | <get-config><source><startup/></source></get-config>
          missing-element         | <get-config/>
          missing-element         | <edit-config><target><candidate/></target></edit-config>
          bad-element             | <get-config><source><nothing/></source></get-config>
          unknown-element         | <get><filtre/></get>
          unknown-element         | <commit/><commit/>
          bad-attribute           | <get><filter type='regex' select='/'/></get>
          invalid-value           | <kill-session><session-id>x</session-id></kill-session>
          operation-failed        | <unlock><target><candidate/></target></unlock>
          malformed-message       | <get><oops></get>
          malformed-message       | <get>&nothing;</get>
          """)
  void badRequest_sent_namedError(String expected, String operation) throws Exception {
    try (TestClient client = client()) {
      String reply = client.call(operation);
      assertEquals(expected, tag(reply), reply);
      assertFalse(reply.contains("Exception") || reply.contains("\tat "), reply);
      // The session goes on.
      assertTrue(client.call("<discard-changes/>").contains("<ok/>"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          unknown-element   | <interfaces xmlns='urn:ietf:params:xml:ns:yang:ietf-interfaces'><x/></interfaces>
          unknown-namespace | <interfaces xmlns='urn:no:such'/>
          invalid-value     | <interfaces xmlns='urn:ietf:params:xml:ns:yang:ietf-interfaces'><interface><name>a</name><enabled>2</enabled></interface></interfaces>
          """)
  void badConfig_edited_namedError(String expected, String config) throws Exception {
    try (TestClient client = client()) {
      assertEquals(expected, tag(client.call(edit("candidate", config))));
    }
  }

  /// RFC 7950 §7.3: what the base type of the address's type wants counts too.
  @ParameterizedTest
  @ValueSource(strings = {"10.0.0", "10.0.9.300", "7"})
  void addressThatIsNone_editedOrCalledWith_invalidValue(String address) throws Exception {
    try (TestClient client = client()) {
      String interfaces =
          "<root><interfaces xmlns='urn:ietf:params:xml:ns:yang:ietf-interfaces'><interface>"
              + "<name>eth0</name><ipv4 xmlns='urn:ietf:params:xml:ns:yang:ietf-ip'><address><ip>"
              + address
              + "</ip><prefix-length>24</prefix-length></address></ipv4></interface></interfaces>"
              + "</root>";
      String reply = client.call(edit("candidate", LNE.formatted("", "blue", interfaces)));
      assertEquals("invalid-value", tag(reply));
      assertTrue(reply.contains("'" + address + "' is not a value of 'ip'"), reply);
      assertTrue(reply.contains("an IPv4 address such as 192.0.2.1"), reply);

      String ping =
          "<root><ping xmlns='urn:vireo:yang:vireo-tools'><destination>"
              + address
              + "</destination></ping></root>";
      reply =
          client.call(
              "<action xmlns='urn:ietf:params:xml:ns:yang:1'>"
                  + LNE.formatted("", "blue", ping)
                  + "</action>");
      assertEquals("invalid-value", tag(reply));
    }
  }

  @Test
  void entities_declared_areRefused() throws Exception {
    try (TestClient client = client()) {
      client.send(
          "<!DOCTYPE rpc [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
              + TestClient.rpc("1", "<get/>"));
      assertEquals("malformed-message", tag(client.receive()));
    }
  }

  @Test
  void deepMessage_sent_isRefusedAndSessionGoesOn() throws Exception {
    try (TestClient client = client()) {
      assertEquals("malformed-message", tag(client.call("<a>".repeat(100_000))));
      assertTrue(client.call("<discard-changes/>").contains("<ok/>"));
    }
  }

  @Test
  void messageWithoutId_sent_missingAttribute() throws Exception {
    try (TestClient client = client()) {
      client.send("<rpc xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'><get/></rpc>");
      String reply = client.receive();
      assertEquals("missing-attribute", tag(reply));
      assertTrue(reply.contains("<bad-attribute>message-id</bad-attribute>"), reply);
    }
  }
}
