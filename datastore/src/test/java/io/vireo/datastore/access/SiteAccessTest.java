package io.vireo.datastore.access;

import static io.vireo.datastore.TestDevice.refused;
import static io.vireo.datastore.access.SiteDevice.site;
import static io.vireo.datastore.access.StaffRules.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.datastore.api.CommitOptions;
import io.vireo.datastore.api.CommitOptions.Confirmed;
import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.EditOptions;
import io.vireo.datastore.api.ManagementSession;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// RFC 8341 where a model has what those of Vireo have not.
class SiteAccessTest {
  @TempDir Path directory;
  private SiteDevice device;
  private ManagementSession bob;

  @BeforeEach
  void open() throws Exception {
    device = new SiteDevice(directory);
    bob = device.device.as("bob");
  }

  @AfterEach
  void close() throws Exception {
    device.close();
  }

  private String running() throws Exception {
    return device.shown(device.device.system, Datastore.RUNNING);
  }

  // RFC 7950 §8.2: `visitors` goes with `open`.
  @Test
  void nodeThatLosesItsCondition_deletionMustBePermitted() throws Exception {
    device.commit(
        site("<open>true</open><visitors>7</visitors>"),
        StaffRules.of("", rule("/s:site/s:open", "*", "permit")));
    var close = device.edits(site("<open>false</open>"));
    String denied = "you may not delete /site/visitors";

    assertEquals(denied, refused(bob.edit(Datastore.RUNNING, close)).message());
    assertEquals(
        denied,
        refused(
                bob.edit(
                    Datastore.RUNNING,
                    close,
                    new EditOptions(EditOptions.Test.TEST_ONLY, EditOptions.OnError.ROLLBACK)))
            .message());
    bob.edit(Datastore.CANDIDATE, close).get();
    assertEquals(denied, refused(bob.commit(null)).message());

    assertTrue(running().contains("<visitors>7"), running());
  }

  // The way back is the device's promise.
  @Test
  void cancelCommit_whatGoesWithTheConfirmedCommit_isNotAskedFor() throws Exception {
    device.commit(StaffRules.of("", rule("/s:site/s:open", "create", "permit")));
    bob.edit(Datastore.CANDIDATE, device.edits(site("<open>true</open>"))).get();
    bob.commitWith(new CommitOptions(null, new Confirmed(600, null), null)).get();

    bob.cancelCommit(null).get();

    assertTrue(!running().contains("<site"), running());
  }
}
