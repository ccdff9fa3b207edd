package io.vireo.datastore.access;

import static io.vireo.datastore.TestDevice.contact;
import static io.vireo.datastore.TestDevice.description;
import static io.vireo.datastore.TestDevice.edits;
import static io.vireo.datastore.TestDevice.inRouter;
import static io.vireo.datastore.TestDevice.loopback;
import static io.vireo.datastore.TestDevice.refused;
import static io.vireo.datastore.TestDevice.shown;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.datastore.EngineOptions;
import io.vireo.datastore.TestDevice;
import io.vireo.datastore.TestTrees;
import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.datastore.api.Trees;
import io.vireo.datastore.tree.RouterEntries;
import io.vireo.schema.edit.EditOperation;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.node.SchemaTree.Operation;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

/// RFC 8341 through the management API: what a user is shown, may change and may invoke.
class AccessControlTest {
  private static final String BASE =
      """
      <system xmlns="urn:vireo:yang:vireo-system">
        <contact>ops</contact><hostname>r1</hostname>
        <authentication>
          <user><name>ann</name>
          <password>$argon2id$v=19$m=65536,t=3,p=1$c2FsdHNhbHQ$aGFzaGhhc2g</password></user>
        </authentication>
      </system>
      <interfaces xmlns="urn:ietf:params:xml:ns:yang:ietf-interfaces">
        <interface>
          <name>eth1</name>
          <type xmlns:t="urn:ietf:params:xml:ns:yang:iana-if-type">t:ethernetCsmacd</type>
          <description>one</description>
        </interface>
        <interface>
          <name>eth2</name>
          <type xmlns:t="urn:ietf:params:xml:ns:yang:iana-if-type">t:ethernetCsmacd</type>
          <description>two</description>
        </interface>
      </interfaces>
      <logical-network-elements xmlns="urn:ietf:params:xml:ns:yang:ietf-logical-network-element">
        <logical-network-element>
          <name>blue</name>
          <root>
            <interfaces xmlns="urn:ietf:params:xml:ns:yang:ietf-interfaces">
              <interface>
                <name>lo</name>
                <type xmlns:t="urn:ietf:params:xml:ns:yang:iana-if-type">t:softwareLoopback</type>
                <description>in blue</description>
              </interface>
            </interfaces>
          </root>
        </logical-network-element>
        <logical-network-element>
          <name>red</name>
          <root>
            <interfaces xmlns="urn:ietf:params:xml:ns:yang:ietf-interfaces">
              <interface>
                <name>lo</name>
                <type xmlns:t="urn:ietf:params:xml:ns:yang:iana-if-type">t:softwareLoopback</type>
                <description>in red</description>
              </interface>
            </interfaces>
          </root>
        </logical-network-element>
      </logical-network-elements>
      """;

  @TempDir Path directory;
  private TestDevice device;
  private ManagementSession system;

  @BeforeEach
  void open() throws Exception {
    device = new TestDevice(directory, EngineOptions.recovery("root"));
    system = device.system;
    device.commit(BASE);
  }

  @AfterEach
  void close() throws Exception {
    device.close();
  }

  private ManagementSession as(String user) {
    return device.as(user);
  }

  /// Rules for the group `staff`, of which bob is one.
  private void rules(String defaults, String... rules) throws Exception {
    StringBuilder xml = new StringBuilder();
    xml.append(
        """
        <nacm xmlns="urn:ietf:params:xml:ns:yang:ietf-netconf-acm"
            xmlns:sys="urn:vireo:yang:vireo-system"
            xmlns:if="urn:ietf:params:xml:ns:yang:ietf-interfaces"
            xmlns:lne="urn:ietf:params:xml:ns:yang:ietf-logical-network-element">
          %s
          <groups><group><name>staff</name><user-name>bob</user-name></group></groups>
          <rule-list><name>staff</name><group>staff</group>
        """
            .formatted(defaults));
    for (int i = 0; i < rules.length; i++) {
      xml.append("<rule><name>").append(i).append("</name>").append(rules[i]).append("</rule>");
    }
    device.commit(xml + "</rule-list></nacm>");
  }

  // RFC 8341 §3.5.2: read permit, write deny, exec permit.
  @Test
  void defaults_userWithoutGroup_readsButNeitherWritesNorSeesWhatIsDenied() throws Exception {
    ManagementSession bob = as("bob");

    String shown = shown(bob, Datastore.RUNNING);
    ManagementError error = refused(bob.edit(Datastore.CANDIDATE, edits(contact("bob"))));

    assertTrue(shown.contains("<contact>ops</contact>"), shown);
    assertTrue(shown.contains("in red"), shown);
    assertTrue(shown.contains("<name>ann</name>"), shown);
    assertFalse(shown.contains("argon2id"), "default-deny-all: " + shown);
    assertEquals(ErrorTag.ACCESS_DENIED, error.tag());
    assertEquals("you may not update /system/contact", error.message());
  }

  @Test
  void defaults_killSession_deniedByRfc8341() {
    ManagementSession bob = as("bob");

    assertEquals(ErrorTag.ACCESS_DENIED, refused(bob.kill(system.id())).tag());
    assertEquals("you may not carry out 'kill-session'", refused(bob.kill(system.id())).message());
  }

  @Test
  void recoverySession_nothingIsDenied() throws Exception {
    rules("<read-default>deny</read-default><exec-default>deny</exec-default>");
    ManagementSession root = as("root");

    root.edit(Datastore.CANDIDATE, edits(contact("root"))).get();
    root.commit(null).get();

    assertTrue(shown(root, Datastore.RUNNING).contains("argon2id"));
  }

  @Test
  void disabled_everythingIsPermitted() throws Exception {
    rules("<enable-nacm>false</enable-nacm>");
    ManagementSession bob = as("bob");

    bob.edit(Datastore.CANDIDATE, edits(contact("bob"))).get();

    assertTrue(shown(bob, Datastore.RUNNING).contains("argon2id"));
  }

  @Test
  void readRule_nodeDenied_leftOutWithAllBelow() throws Exception {
    rules(
        "",
        "<path>/if:interfaces/if:interface[if:name='eth2']</path><action>deny</action>",
        "<module-name>vireo-system</module-name><access-operations>read</access-operations>"
            + "<action>deny</action>");

    String shown = shown(as("bob"), Datastore.RUNNING);

    assertTrue(shown.contains("eth1") && shown.contains("in blue"), shown);
    assertFalse(shown.contains("eth2") || shown.contains(">two<"), shown);
    assertFalse(shown.contains("<system"), shown);
    assertTrue(shown(as("carl"), Datastore.RUNNING).contains("eth2"), "not his group");
  }

  @Test
  void readRule_oneRouterPermitted_othersTreesAreNotShown() throws Exception {
    rules(
        "<read-default>deny</read-default>",
        "<path>/lne:logical-network-elements/lne:logical-network-element[lne:name='red']</path>"
            + "<action>deny</action>",
        "<path>/lne:logical-network-elements</path><access-operations>read</access-operations>"
            + "<action>permit</action>");

    String shown = shown(as("bob"), Datastore.RUNNING);

    assertTrue(shown.contains("in blue"), shown);
    assertFalse(shown.contains("red") || shown.contains("eth1"), shown);
  }

  // Rules across the mount point (RFC 8528): a node of the router's own model.
  @Test
  void rule_pathAcrossTheMountPoint_decidesPerRouter() throws Exception {
    rules(
        "",
        "<path>/lne:logical-network-elements/lne:logical-network-element[lne:name='blue']/lne:root"
            + "/if:interfaces</path><access-operations>create update</access-operations>"
            + "<action>permit</action>",
        "<path>/lne:logical-network-elements/lne:logical-network-element/lne:root/if:interfaces"
            + "/if:interface/if:description</path><access-operations>read</access-operations>"
            + "<action>deny</action>");
    ManagementSession bob = as("bob");

    bob.edit(Datastore.CANDIDATE, edits(inRouter("blue", description("lo", "bob's")))).get();
    bob.commit(null).get();
    ManagementError inRed =
        refused(bob.edit(Datastore.CANDIDATE, edits(inRouter("red", description("lo", "bob's")))));
    String shown = shown(bob, Datastore.RUNNING);

    assertEquals(ErrorTag.ACCESS_DENIED, inRed.tag());
    assertEquals(new TreeId.Router("red"), inRed.tree());
    assertFalse(shown.contains("in red") || shown.contains("bob's"), shown);
    assertTrue(shown.contains(">two<"), "the device's own: " + shown);
    assertTrue(shown(system, Datastore.RUNNING).contains("bob's"));
  }

  @Test
  void writeRule_onlySomeAccesses_othersDenied() throws Exception {
    rules(
        "",
        "<path>/if:interfaces/if:interface[if:name='eth1']</path>"
            + "<access-operations>update</access-operations><action>permit</action>");
    ManagementSession bob = as("bob");

    bob.edit(Datastore.CANDIDATE, edits(description("eth1", "new"))).get();
    ManagementError other = refused(bob.edit(Datastore.CANDIDATE, edits(description("eth2", "x"))));
    ManagementError deletion =
        refused(
            bob.edit(
                Datastore.CANDIDATE,
                edits(
                    description("eth1", "new")
                        .replace("<interface>", "<interface nc:operation=\"delete\">"))));

    assertEquals(
        "you may not update /interfaces/interface[name='eth2']/description", other.message());
    assertEquals("you may not delete /interfaces/interface[name='eth1']", deletion.message());
    assertEquals(2, engineDenied("denied-data-writes"));
  }

  // RFC 8341 §3.2.6: a commit needs the permission for all that it changes.
  @Test
  void commit_whatAnotherPutIntoTheCandidate_needsPermissionToo() throws Exception {
    rules("", "<path>/sys:system/sys:contact</path><action>permit</action>");
    ManagementSession bob = as("bob");
    system.edit(Datastore.CANDIDATE, edits(description("eth1", "by system"))).get();
    bob.edit(Datastore.CANDIDATE, edits(contact("bob"))).get();

    ManagementError error = refused(bob.commit(null));

    assertEquals(
        "you may not update /interfaces/interface[name='eth1']/description", error.message());
    assertTrue(shown(system, Datastore.RUNNING).contains("<contact>ops</contact>"));
  }

  @Test
  void replaceOfRunning_onlyWhatDiffersIsAskedFor() throws Exception {
    rules(
        "",
        "<path>/sys:system/sys:contact</path><action>permit</action>",
        "<access-operations>read</access-operations><action>permit</action>");
    Trees now = device.engine.running();
    ManagementSession bob = as("bob");

    bob.replace(Datastore.CANDIDATE, now).get();
    bob.edit(Datastore.RUNNING, edits(contact("bob"))).get();

    assertTrue(shown(system, Datastore.RUNNING).contains("<contact>bob</contact>"));
  }

  @Test
  void execRules_operationsAndActionsOfRouters_byNameAndPlace() throws Exception {
    rules(
        "",
        "<rpc-name>commit</rpc-name><access-operations>exec</access-operations>"
            + "<action>deny</action>",
        "<path>/lne:logical-network-elements/lne:logical-network-element[lne:name='red']/lne:root"
            + "</path><access-operations>exec</access-operations><action>deny</action>");
    ManagementSession bob = as("bob");
    Operation operation = operation(TestTrees.ROUTER_TREE, "vireo-tools", "ping");
    QName ping = operation.name();
    QName restart =
        operation(TestTrees.DEVICE_TREE, "vireo-virtual-router", "restart-virtual-router").name();

    assertEquals("you may not carry out 'commit'", refused(bob.commit(null)).message());
    assertEquals(
        "you may not carry out 'ping' in virtual router red",
        refused(bob.authorize(new TreeId.Router("red"), ping)).message());
    bob.authorize(new TreeId.Router("blue"), ping).get();
    assertEquals(
        ErrorTag.ACCESS_DENIED,
        refused(bob.authorize(TreeId.DEVICE, restart)).tag(),
        "default-deny-all");
    var invoked =
        bob.invoke(
            new TreeId.Router("red"),
            ping,
            ImmutableNodes.newContainerBuilder()
                .withNodeIdentifier(operation.input().identifier())
                .build(),
            output -> {});
    assertEquals(ErrorTag.ACCESS_DENIED, refused(invoked.done()).tag());
    assertEquals(4, engineDenied("denied-operations"));
  }

  @Test
  void userVariable_ownEntryOnly() throws Exception {
    device.commit(
        "<system xmlns=\"urn:vireo:yang:vireo-system\"><authentication><user><name>bob</name></user>"
            + "</authentication></system>");
    rules(
        "",
        "<path>/sys:system/sys:authentication/sys:user[sys:name=$USER]</path>"
            + "<action>permit</action>");
    ManagementSession bob = as("bob");
    String key =
        "<system xmlns=\"urn:vireo:yang:vireo-system\"><authentication><user><name>%s</name>"
            + "<authorized-key><name>k</name><algorithm>ssh-ed25519</algorithm>"
            + "<key-data>AAAA</key-data></authorized-key></user></authentication></system>";

    bob.edit(Datastore.CANDIDATE, edits(key.formatted("bob"))).get();
    ManagementError other = refused(bob.edit(Datastore.CANDIDATE, edits(key.formatted("ann"))));

    assertEquals(ErrorTag.ACCESS_DENIED, other.tag());
  }

  @Test
  void ruleOrder_firstMatchDecides() throws Exception {
    rules(
        "",
        "<path>/sys:system/sys:contact</path><action>deny</action>",
        "<path>/sys:system</path><action>permit</action>");
    ManagementSession bob = as("bob");

    String shown = shown(bob, Datastore.RUNNING);

    assertTrue(shown.contains("hostname") && !shown.contains("contact"), shown);
  }

  @Test
  void rules_changedWhileSessionsAreOpen_inForceWithTheCommit() throws Exception {
    ManagementSession bob = as("bob");
    assertTrue(shown(bob, Datastore.RUNNING).contains("ops"));

    rules("", "<module-name>vireo-system</module-name><action>deny</action>");

    assertFalse(shown(bob, Datastore.RUNNING).contains("ops"));
  }

  @Test
  void rules_pathThatNamesNothing_refusedAtCommit() throws Exception {
    system
        .edit(
            Datastore.CANDIDATE,
            edits(
                """
                <nacm xmlns="urn:ietf:params:xml:ns:yang:ietf-netconf-acm">
                  <rule-list><name>x</name><group>*</group><rule><name>typo</name>
                  <path xmlns:sys="urn:vireo:yang:vireo-system">/sys:system/sys:contakt</path>
                  <action>permit</action></rule></rule-list></nacm>
                """))
        .get();

    ManagementError error = refused(system.commit(null));

    assertEquals(ErrorTag.INVALID_VALUE, error.tag());
    assertTrue(error.message().contains("'vireo-system:contakt'"), error.message());
    assertNotNull(error.path());
  }

  // RFC 6991 §3, xpath1.0: prefixes are the document's; they come back as module names, declared.
  @Test
  void path_prefixesOfTheDocument_keptAsModuleNames() throws Exception {
    rules("", "<path>/if:interfaces/if:interface[if:name='eth2']</path><action>deny</action>");

    String shown = shown(system, Datastore.RUNNING);

    assertTrue(
        shown.contains("xmlns:ietf-interfaces=\"urn:ietf:params:xml:ns:yang:ietf-interfaces\""),
        shown);
    assertTrue(
        shown.contains(
            "/ietf-interfaces:interfaces/ietf-interfaces:interface"
                + "[ietf-interfaces:name='eth2']"),
        shown);
  }

  @Test
  void routerCreatedAndDeleted_needsThePermissionForItsEntry() throws Exception {
    rules(
        "",
        "<path>/lne:logical-network-elements/lne:logical-network-element[lne:name='green']</path>"
            + "<action>permit</action>");
    ManagementSession bob = as("bob");
    String green = inRouter("green", loopback("lo", "x"));

    bob.edit(Datastore.CANDIDATE, edits(green)).get();
    bob.commit(null).get();
    bob.edit(
            Datastore.CANDIDATE,
            List.of(
                new TreeEdit(TreeId.DEVICE, new EditOperation.Delete(RouterEntries.path("green")))))
        .get();
    ManagementError red =
        refused(
            bob.edit(
                Datastore.CANDIDATE,
                List.of(
                    new TreeEdit(
                        TreeId.DEVICE, new EditOperation.Delete(RouterEntries.path("red"))))));

    assertEquals(ErrorTag.ACCESS_DENIED, red.tag());
  }

  private static Operation operation(SchemaTree tree, String module, String name) {
    Operation found = tree.lookupOperation("urn:vireo:yang:" + module, name);
    assertNotNull(found);
    return found;
  }

  private long engineDenied(String counter) throws Exception {
    String shown = shown(system, Datastore.OPERATIONAL);
    String element = "<" + counter + ">";
    int at = shown.indexOf(element) + element.length();
    return Long.parseLong(shown.substring(at, shown.indexOf('<', at)));
  }
}
