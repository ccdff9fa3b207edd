package io.vireo.datastore.access;

import static io.vireo.datastore.TestDevice.contact;
import static io.vireo.datastore.TestDevice.edits;
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
import io.vireo.datastore.api.ManagementSession;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// RFC 8341 §3.2.5: which nodes a change asks for.
class WriteAccessTest {
  @TempDir Path directory;
  private TestDevice device;
  private ManagementSession bob;

  @BeforeEach
  void open() throws Exception {
    device = new TestDevice(directory, EngineOptions.PLAIN);
    bob = device.as("bob");
  }

  @AfterEach
  void close() throws Exception {
    device.close();
  }

  // RFC 7950 §7.5.1: it has no existence of its own.
  @Test
  void containerWithoutPresence_comesAndGoesWithWhatIsInIt() throws Exception {
    device.commit(
        StaffRules.of("", rule("/if:interfaces/if:interface[if:name='lo1']", "*", "permit")));

    bob.edit(Datastore.RUNNING, edits(loopback("lo1", "x"))).get();
    assertTrue(shown(bob, Datastore.RUNNING).contains("lo1"));
    bob.edit(
            Datastore.RUNNING,
            edits(loopback("lo1", "x").replace("<interface>", "<interface nc:operation='delete'>")))
        .get();

    assertFalse(shown(bob, Datastore.RUNNING).contains("<interfaces"));
  }

  // It was thrown away before the refusal.
  @Test
  void load_denied_privateCandidateKeepsWhatWasEdited() throws Exception {
    device.commit(loopback("lo1", "one"));
    device.commit(
        loopback("lo1", "two"), StaffRules.of("", rule("/sys:system/sys:contact", "*", "permit")));
    bob.usePrivateCandidate().get();
    bob.edit(Datastore.CANDIDATE, edits(contact("bob"))).get();

    assertEquals(ErrorTag.ACCESS_DENIED, refused(bob.load(1)).tag());

    assertTrue(shown(bob, Datastore.CANDIDATE).contains("<contact>bob</contact>"));
  }
}
