package io.vireo.netconf;

import static io.vireo.netconf.Messages.edit;
import static io.vireo.netconf.Messages.tag;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.schema.SchemaContexts;
import io.vireo.schema.node.SchemaTree;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A real client over SSH and loopback, real datastores, virtual routers that say yes.
@Timeout(120)
class NetconfServerTest {
  static final SchemaTree DEVICE = SchemaTree.of(SchemaContexts.ofClassPath().load("device"));
  static final SchemaTree ROUTER = SchemaTree.of(SchemaContexts.ofClassPath().load("router"));

  private static final String LNE =
      "<logical-network-elements"
          + " xmlns='urn:ietf:params:xml:ns:yang:ietf-logical-network-element'>"
          + "<logical-network-element%s><name>%s</name>%s</logical-network-element>"
          + "</logical-network-elements>";
  private static final String LOOPBACK =
      "<root><interfaces xmlns='urn:ietf:params:xml:ns:yang:ietf-interfaces'><interface>"
          + "<name>lo0</name><type xmlns:t='urn:ietf:params:xml:ns:yang:iana-if-type'>"
          + "t:softwareLoopback</type><description>%s</description></interface></interfaces></root>";

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

  private static String router(String name, String description) {
    return LNE.formatted("", name, LOOPBACK.formatted(description));
  }

  @Test
  void hello_opened_saysWhatIsServed() throws Exception {
    try (TestClient client = client()) {
      for (String wanted :
          List.of(
              "<capability>urn:ietf:params:netconf:base:1.0</capability>",
              "<capability>urn:ietf:params:netconf:base:1.1</capability>",
              "capability:candidate:1.0<",
              "capability:writable-running:1.0<",
              "capability:confirmed-commit:1.1<",
              "capability:validate:1.1<",
              "capability:yang-library:1.1?revision=2019-01-04&amp;content-id=",
              "<session-id>")) {
        assertTrue(client.hello().contains(wanted), wanted + " in " + client.hello());
      }
      Matcher matcher = Pattern.compile("content-id=([^<]+)<").matcher(client.hello());
      assertTrue(matcher.find());
      String library =
          client.call(
              "<get><filter><yang-library"
                  + " xmlns='urn:ietf:params:xml:ns:yang:ietf-yang-library'><content-id/>"
                  + "</yang-library></filter></get>");
      assertTrue(library.contains("<content-id>" + matcher.group(1) + "</content-id>"), library);
    }
  }

  @Test
  void edit_committed_standsInRunningAcrossTheMount() throws Exception {
    try (TestClient client = client()) {
      assertTrue(client.call(edit("candidate", router("blue", "first"))).contains("<ok/>"));
      String running = "<get-config><source><running/></source></get-config>";
      assertFalse(client.call(running).contains("blue"));
      assertTrue(
          client.call("<validate><source><candidate/></source></validate>").contains("<ok/>"));
      assertTrue(client.call("<commit/>").contains("<ok/>"));
      String reply = client.call(running);
      assertTrue(reply.contains("<name>blue</name><root><interfaces"), reply);
      assertTrue(reply.contains("<description>first</description>"), reply);
      assertTrue(server.routers.prepared() > 0);
    }
  }

  @Test
  void filter_acrossTheMount_selectsOneRouter() throws Exception {
    try (TestClient client = client()) {
      client.call(edit("candidate", router("blue", "one") + ""));
      client.call(edit("candidate", router("red", "two")));
      client.call("<commit/>");
      String reply =
          client.call(
              "<get-config><source><running/></source><filter type='subtree'>"
                  + LNE.formatted(
                      "",
                      "red",
                      "<root><interfaces xmlns='urn:ietf:params:xml:ns:yang:ietf-interfaces'>"
                          + "<interface><name>lo0</name><description/></interface></interfaces>"
                          + "</root>")
                  + "</filter></get-config>");
      assertTrue(reply.contains("<description>two</description>"), reply);
      assertFalse(reply.contains("blue"), reply);
      assertFalse(reply.contains("softwareLoopback"), reply);
    }
  }

  @Test
  void discard_afterEdit_forgetsIt() throws Exception {
    try (TestClient client = client()) {
      client.call(edit("candidate", router("blue", "first")));
      assertTrue(client.call("<discard-changes/>").contains("<ok/>"));
      String candidate = client.call("<get-config><source><candidate/></source></get-config>");
      assertFalse(candidate.contains("blue"), candidate);
    }
  }

  @Test
  void copyConfig_runningToCandidate_replacesIt() throws Exception {
    try (TestClient client = client()) {
      client.call(edit("candidate", router("blue", "first")));
      client.call("<commit/>");
      client.call(edit("candidate", router("red", "second")));
      assertTrue(
          client
              .call(
                  "<copy-config><target><candidate/></target><source><running/></source>"
                      + "</copy-config>")
              .contains("<ok/>"));
      String candidate = client.call("<get-config><source><candidate/></source></get-config>");
      assertTrue(candidate.contains("blue") && !candidate.contains("red"), candidate);
    }
  }

  // RFC 8341 §3.2.6: no get-config is asked for, and what is not to be read is not lost.
  @Test
  void copyConfig_byOneWhoMayNotReadAll_copiesAll() throws Exception {
    try (TestClient admin = client();
        TestClient bob = TestClient.open(server.endpoint.address("netconf"), "bob", true)) {
      admin.call(
          edit(
              "candidate",
              "<nacm xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-acm'>"
                  + "<groups><group><name>g</name><user-name>bob</user-name></group></groups>"
                  + "<rule-list><name>g</name><group>g</group><rule><name>1</name>"
                  + "<rpc-name>get-config</rpc-name><action>deny</action></rule></rule-list></nacm>"));
      admin.call("<commit/>");

      String copied =
          bob.call(
              "<copy-config><target><candidate/></target><source><running/></source>"
                  + "</copy-config>");

      assertTrue(copied.contains("<ok/>"), copied);
      String candidate = admin.call("<get-config><source><candidate/></source></get-config>");
      assertTrue(candidate.contains("rule-list"), candidate);
    }
  }

  @Test
  void locks_heldByAnother_denied() throws Exception {
    try (TestClient one = client();
        TestClient other = client()) {
      String lock = "<lock><target><candidate/></target></lock>";
      assertTrue(one.call(lock).contains("<ok/>"));
      String denied = other.call(lock);
      assertEquals("lock-denied", tag(denied));
      assertTrue(denied.contains("<session-id>" + one.sessionId() + "</session-id>"), denied);
      assertTrue(one.call(lock.replace("lock>", "unlock>")).contains("<ok/>"));
    }
  }

  @Test
  void killSession_ofAnother_endsIt() throws Exception {
    try (TestClient one = client();
        TestClient other = client()) {
      assertTrue(
          one.call(
                  "<kill-session><session-id>" + other.sessionId() + "</session-id></kill-session>")
              .contains("<ok/>"));
      assertTrue(other.isEnded());
      assertEquals(
          "invalid-value",
          tag(
              one.call(
                  "<kill-session><session-id>"
                      + one.sessionId()
                      + "</session-id></kill-session>")));
    }
  }

  @Test
  void pipelined_requests_areAnsweredInOrder() throws Exception {
    try (TestClient client = client()) {
      StringBuilder messages = new StringBuilder();
      for (int i = 0; i < 50; i++) {
        messages.append(
            client.frame(
                TestClient.rpc(
                    "id-" + i, "<get-config><source><running/>" + "</source></get-config>")));
      }
      client.sendRaw(messages.toString());
      for (int i = 0; i < 50; i++) {
        assertTrue(client.receive().contains("message-id=\"id-" + i + "\""));
      }
    }
  }

  @Test
  void attributes_ofRpc_comeBack() throws Exception {
    try (TestClient client = client()) {
      client.send(
          "<nc:rpc xmlns:nc='urn:ietf:params:xml:ns:netconf:base:1.0' xmlns:e='urn:e'"
              + " message-id='a&lt;&amp;' e:user='fred'><nc:close-session/></nc:rpc>");
      String reply = client.receive();
      assertTrue(reply.contains("message-id=\"a&lt;&amp;\""), reply);
      assertTrue(reply.contains("e:user=\"fred\""), reply);
      assertTrue(reply.contains("<nc:ok/>"), reply);
      assertTrue(client.isEnded());
    }
  }

  @Test
  void getSchema_ofBothContexts_isTheSource() throws Exception {
    try (TestClient client = client()) {
      for (String name : List.of("vireo-virtual-router", "vireo-tools", "ietf-ip")) {
        String reply =
            client.call(
                "<get-schema xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring'>"
                    + "<identifier>"
                    + name
                    + "</identifier></get-schema>");
        assertTrue(reply.contains("module " + name), reply);
      }
    }
  }

  @Test
  void edit_running_isInForceAtOnce() throws Exception {
    try (TestClient client = client()) {
      String edit = edit("candidate", router("blue", "direct")).replace("candidate", "running");
      assertTrue(client.call(edit).contains("<ok/>"));
      String reply = client.call("<get-config><source><running/></source></get-config>");
      assertTrue(reply.contains("<description>direct</description>"), reply);
      assertTrue(server.routers.prepared() > 0);
      // RFC 6241 §7.2: what is not valid leaves running as it was.
      String wrong = edit("candidate", router("green", "x")).replace("candidate", "running");
      String nothing = wrong.replaceAll("<type.*?</type>", "");
      assertEquals("data-missing", tag(client.call(nothing)));
      assertFalse(
          client.call("<get-config><source><running/></source></get-config>").contains("green"));
    }
  }

  @Test
  void confirmedCommit_sessionClosed_goesBack() throws Exception {
    String running = "<get-config><source><running/></source></get-config>";
    try (TestClient client = client();
        TestClient other = client()) {
      assertTrue(client.call(edit("candidate", router("blue", "first"))).contains("<ok/>"));
      assertTrue(
          client
              .call("<commit><confirmed/><confirm-timeout>600</confirm-timeout></commit>")
              .contains("<ok/>"));
      assertTrue(other.call(running).contains("blue"));
      assertEquals("in-use", tag(other.call("<commit/>")));
      client.call("<close-session/>");
      long untilNs = System.nanoTime() + java.util.concurrent.TimeUnit.SECONDS.toNanos(10);
      String reply = other.call(running);
      while (reply.contains("blue") && System.nanoTime() < untilNs) {
        reply = other.call(running);
      }
      assertFalse(reply.contains("blue"), reply);
    }
  }

  @Test
  void confirmedCommit_persist_isConfirmedOrCancelledByItsToken() throws Exception {
    String running = "<get-config><source><running/></source></get-config>";
    try (TestClient client = client();
        TestClient other = client()) {
      client.call(edit("candidate", router("blue", "first")));
      assertTrue(
          client.call("<commit><confirmed/><persist>token</persist></commit>").contains("<ok/>"));
      client.call("<close-session/>");
      assertEquals(
          "invalid-value", tag(other.call("<commit><persist-id>wrong</persist-id></commit>")));
      assertTrue(other.call("<commit><persist-id>token</persist-id></commit>").contains("<ok/>"));
      assertTrue(other.call(running).contains("blue"));
      other.call(edit("candidate", router("blue", "second")));
      other.call("<commit><confirmed/><persist>again</persist></commit>");
      assertTrue(
          other
              .call("<cancel-commit><persist-id>again</persist-id></cancel-commit>")
              .contains("<ok/>"));
      assertTrue(other.call(running).contains("<description>first</description>"));
    }
  }

  @Test
  void monitoring_read_listsSessionsSchemasAndLocks() throws Exception {
    try (TestClient client = client()) {
      client.call("<lock><target><running/></target></lock>");
      String reply =
          client.call(
              "<get><filter><netconf-state"
                  + " xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring'/></filter></get>");
      assertTrue(reply.contains("<session-id>" + client.sessionId() + "</session-id>"), reply);
      assertTrue(reply.contains("<username>admin</username>"), reply);
      assertTrue(
          reply.contains("<locked-by-session>" + client.sessionId() + "</locked-by-session>"),
          reply);
      assertTrue(reply.contains("<identifier>vireo-forwarding</identifier>"), reply);
      assertTrue(reply.contains("<capability>urn:ietf:params:netconf:base:1.1</capability>"));
    }
  }

  @Test
  void action_belowTheMount_isTheRoutersRpc() throws Exception {
    try (TestClient client = client()) {
      client.call(edit("candidate", LNE.formatted("", "blue", "")));
      client.call("<commit/>");
      String reply =
          client.call(
              "<action xmlns='urn:ietf:params:xml:ns:yang:1'>"
                  + LNE.formatted(
                      "",
                      "blue",
                      "<root><ping xmlns='urn:vireo:yang:vireo-tools'>"
                          + "<destination>10.0.2.2</destination><count>2</count></ping></root>")
                  + "</action>");
      assertTrue(reply.contains("<received>2</received>"), reply);
      assertEquals("virtual router blue ping", server.routers.lastCall());
    }
  }

  @Test
  void operations_createAndDelete_followRfc6241() throws Exception {
    String create =
        LNE.formatted(
            " xmlns:nc='urn:ietf:params:xml:ns:netconf:base:1.0' nc:operation='create'",
            "blue",
            "");
    String delete = create.replace("create", "delete");
    try (TestClient client = client()) {
      assertTrue(client.call(edit("candidate", create)).contains("<ok/>"));
      String again = client.call(edit("candidate", create));
      assertEquals("data-exists", tag(again));
      assertTrue(
          again.contains(
              "/lne:logical-network-elements/lne:logical-network-element[lne:name='blue']"),
          again);
      assertTrue(client.call(edit("candidate", delete)).contains("<ok/>"));
      assertEquals("data-missing", tag(client.call(edit("candidate", delete))));
    }
  }

  @Test
  void badChunk_sent_endsTheSessionAlone() throws Exception {
    try (TestClient one = client();
        TestClient other = client()) {
      one.sendRaw("\n#0\n");
      assertTrue(one.isEnded());
      assertTrue(other.call("<discard-changes/>").contains("<ok/>"));
    }
  }

  @Test
  void oldClient_base10_isServedWithMarks() throws Exception {
    try (TestClient client = TestClient.open(server.endpoint.address("netconf"), false)) {
      assertTrue(client.call("<discard-changes/>").contains("<ok/>"));
      // RFC 6241, Appendix A: malformed-message is not for base:1.0.
      assertEquals("operation-failed", tag(client.call("<get><oops></get>")));
    }
  }
}
