package io.vireo.datastore.access;

import static io.vireo.datastore.TestDevice.contact;
import static io.vireo.datastore.TestDevice.edits;
import static io.vireo.datastore.TestDevice.inRouter;
import static io.vireo.datastore.TestDevice.loopback;
import static io.vireo.datastore.TestDevice.refused;
import static io.vireo.datastore.access.StaffRules.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vireo.datastore.EngineOptions;
import io.vireo.datastore.TestDevice;
import io.vireo.datastore.TestTrees;
import io.vireo.datastore.api.CommitInfo;
import io.vireo.datastore.api.CommitWarning;
import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.DefaultsShown;
import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.datastore.api.Selection;
import io.vireo.datastore.api.SessionInfo;
import io.vireo.schema.edit.TreeId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is told beside data: warnings, history, sessions (RFC 8341 §3.2.4).
class HiddenRouterTest {
  private static final String RED =
      rule(
          "/lne:logical-network-elements/lne:logical-network-element[lne:name='red']", "*", "deny");

  @TempDir Path directory;
  private TestDevice device;
  private ManagementSession bob;

  @BeforeEach
  void open() throws Exception {
    device = new TestDevice(directory, EngineOptions.PLAIN);
    bob = device.as("bob");
    device.commit(inRouter("blue", loopback("lo", "x")), inRouter("red", loopback("lo", "x")));
    device.commit(
        StaffRules.of(
            "",
            RED,
            rule("/if:interfaces/if:interface[if:name='eth9']", "*", "deny"),
            "<action>permit</action>"));
  }

  @AfterEach
  void close() throws Exception {
    device.close();
  }

  @Test
  void readOfState_hiddenRouter_isNeitherAskedNorWarnedOf() throws Exception {
    List<String> asked = new ArrayList<>();
    device.routers.routerState =
        (router, pages) -> {
          asked.add(router);
          return CompletableFuture.failedFuture(new IllegalStateException("it is dead"));
        };

    List<String> warnings = bob.read(Datastore.OPERATIONAL, Selection.ALL, page -> {}).get();
    List<String> ofState =
        bob.read(Datastore.OPERATIONAL, Selection.ALL, DefaultsShown.ALL, page -> {}).get();

    assertEquals(List.of("the state of virtual router blue is incomplete"), warnings);
    assertEquals(warnings, ofState);
    assertEquals(List.of("blue", "blue"), asked);
  }

  @Test
  void commit_warningsOfWhatIsHidden_areNotTold() throws Exception {
    device.routers.warnings =
        List.of(
            CommitWarning.of("red", "red does not run"),
            CommitWarning.of("blue", "blue does not run"),
            new CommitWarning(TreeId.DEVICE, TestTrees.interfacePath("eth9"), "eth9 is absent"),
            new CommitWarning(TreeId.DEVICE, TestTrees.interfacePath("eth1"), "eth1 is absent"));
    bob.edit(Datastore.CANDIDATE, edits(contact("bob"))).get();

    assertEquals(List.of("blue does not run", "eth1 is absent"), bob.commit(null).get().warnings());
  }

  @Test
  void history_namesNoHiddenRouter() throws Exception {
    device.commit(inRouter("red", loopback("lo", "y")));

    List<CommitInfo> told = bob.history(9).get();

    assertEquals(List.of(2L, 1L), told.stream().map(CommitInfo::transaction).toList());
    assertEquals(List.of(TreeId.DEVICE, new TreeId.Router("blue")), told.getLast().trees());
    assertEquals(3, device.system.history(9).get().size());
  }

  @Test
  void sessions_asTheyMayBeReadInNetconfState() throws Exception {
    assertEquals(2, bob.sessions().get().size());

    device.commit(
        """
        <nacm xmlns="urn:ietf:params:xml:ns:yang:ietf-netconf-acm">
          <rule-list xmlns:nc="urn:ietf:params:xml:ns:netconf:base:1.0"><name>staff</name>
            <rule nc:operation="create"><name>mine</name>
              <path xmlns:m="urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring"
              >/m:netconf-state/m:sessions/m:session[m:session-id='%d']</path>
              <action>deny</action></rule>
            <rule nc:operation="delete"><name>2</name></rule>
            <rule nc:operation="create"><name>3</name><action>permit</action></rule>
          </rule-list>
        </nacm>
        """
            .formatted(device.system.id()));
    assertEquals(List.of(bob.id()), bob.sessions().get().stream().map(SessionInfo::id).toList());

    device.commit(
        StaffRules.of("<exec-default>deny</exec-default>")
            .replace("<rule-list>", "<rule-list nc:operation=\"replace\">"));
    assertEquals(ErrorTag.ACCESS_DENIED, refused(bob.sessions()).tag());
  }

  /// A leaf that is hidden is not told by its default: that would be a lie where it is set.
  @Test
  void readWithDefaults_hiddenLeaf_isNotToldByItsDefault() throws Exception {
    device.commit(
        StaffRules.of(
            "",
            rule(
                "/lne:logical-network-elements/lne:logical-network-element[lne:name='blue']"
                    + "/lne:root/if:interfaces/if:interface/if:enabled",
                "*",
                "deny"),
            "<action>permit</action>"));
    List<String> seen = new ArrayList<>();
    for (ManagementSession session : List.of(bob, device.system)) {
      session
          .read(
              Datastore.RUNNING,
              Selection.ALL,
              DefaultsShown.ALL,
              page -> seen.add(page.trees().routers().get("blue") + ""))
          .get();
    }
    assertEquals(
        List.of(false, true), seen.stream().map(text -> text.contains("enabled")).toList());
  }
}
