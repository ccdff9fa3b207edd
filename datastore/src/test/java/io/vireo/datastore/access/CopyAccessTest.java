package io.vireo.datastore.access;

import static io.vireo.datastore.TestDevice.contact;
import static io.vireo.datastore.TestDevice.edits;
import static io.vireo.datastore.TestDevice.hostname;
import static io.vireo.datastore.TestDevice.loopback;
import static io.vireo.datastore.TestDevice.refused;
import static io.vireo.datastore.TestDevice.shown;
import static io.vireo.datastore.access.StaffRules.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.datastore.EngineOptions;
import io.vireo.datastore.TestDevice;
import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementSession;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// RFC 8341 §3.2.6: copies of whole datastores by users who may not see all of them.
class CopyAccessTest {
  private static final String NO_READING_OF_RULES =
      "<module-name>ietf-netconf-acm</module-name><access-operations>read</access-operations>"
          + "<action>deny</action>";
  private static final String ELSE_EVERYTHING = "<action>permit</action>";

  @TempDir Path directory;
  private TestDevice device;
  private ManagementSession bob;

  @BeforeEach
  void open() throws Exception {
    device = new TestDevice(directory, EngineOptions.PLAIN.withStartup());
    bob = device.as("bob");
  }

  @AfterEach
  void close() throws Exception {
    device.close();
  }

  // The next boot would have had no rules.
  @Test
  void copy_runningToStartup_takesAlongWhatMayNotBeRead() throws Exception {
    device.commit(contact("ops"), StaffRules.of("", NO_READING_OF_RULES, ELSE_EVERYTHING));

    bob.copy(Datastore.RUNNING, Datastore.STARTUP).get();

    assertFalse(shown(bob, Datastore.STARTUP).contains("rule-list"));
    assertEquals(shown(device.system, Datastore.RUNNING), shown(device.system, Datastore.STARTUP));
  }

  // RFC 8341 §3.2.6: "only required to have permission to execute the <copy-config> operation".
  @Test
  void copy_runningToStartup_asksForTheOperationAlone() throws Exception {
    device.commit(
        contact("ops"),
        StaffRules.of(
            "",
            "<rpc-name>get-config</rpc-name><access-operations>exec</access-operations>"
                + "<action>deny</action>",
            rule("/if:interfaces", "*", "permit")));
    bob.edit(Datastore.RUNNING, edits(loopback("lo1", "bob"))).get();

    bob.copy(Datastore.RUNNING, Datastore.STARTUP).get();

    assertTrue(shown(device.system, Datastore.STARTUP).contains("lo1"));
  }

  @Test
  void copy_operationDenied_refused() throws Exception {
    device.commit(
        StaffRules.of(
            "",
            "<rpc-name>copy-config</rpc-name><access-operations>exec</access-operations>"
                + "<action>deny</action>"));

    assertEquals(
        "you may not carry out 'copy-config'",
        refused(bob.copy(Datastore.RUNNING, Datastore.STARTUP)).message());
  }

  @Test
  void copy_runningToCandidate_keepsWhatMayNotBeReadAndIsTheSame() throws Exception {
    device.commit(contact("ops"), StaffRules.of("", NO_READING_OF_RULES, ELSE_EVERYTHING));
    bob.edit(Datastore.CANDIDATE, edits(contact("bob"), hostname("bob"))).get();

    bob.copy(Datastore.RUNNING, Datastore.CANDIDATE).get();

    assertEquals(
        shown(device.system, Datastore.RUNNING), shown(device.system, Datastore.CANDIDATE));
  }

  @Test
  void copy_thatChangesWhatMayNotBeRead_refused() throws Exception {
    device.commit(contact("ops"), StaffRules.of("", NO_READING_OF_RULES, ELSE_EVERYTHING));

    // Startup was never written: it has no rules.
    ManagementError error = refused(bob.copy(Datastore.STARTUP, Datastore.RUNNING));

    assertEquals(ErrorTag.ACCESS_DENIED, error.tag());
    assertTrue(shown(device.system, Datastore.RUNNING).contains("rule-list"));
  }

  @Test
  void copy_ofWhatMayNotBeWritten_refused() throws Exception {
    device.commit(contact("ops"));
    device.system.copy(Datastore.RUNNING, Datastore.STARTUP).get();
    device.commit(contact("new"));

    ManagementError error = refused(bob.copy(Datastore.STARTUP, Datastore.RUNNING));

    assertEquals("you may not update /system/contact", error.message());
  }

  @Test
  void copy_ofStateData_refused() {
    assertEquals(
        ErrorTag.INVALID_VALUE,
        refused(device.system.copy(Datastore.OPERATIONAL, Datastore.CANDIDATE)).tag());
  }
}
