package io.vireo.datastore;

import static io.vireo.datastore.TestDevice.contact;
import static io.vireo.datastore.TestDevice.description;
import static io.vireo.datastore.TestDevice.edits;
import static io.vireo.datastore.TestDevice.inRouter;
import static io.vireo.datastore.TestDevice.loopback;
import static io.vireo.datastore.TestDevice.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.datastore.api.PartialLock;
import io.vireo.datastore.tree.RouterEntries;
import io.vireo.schema.edit.EditOperation;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.edit.TreeId;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// RFC 5717, across the mount point.
class PartialLockTest {
  private static final String DOWN =
      "/ietf-logical-network-element:logical-network-elements"
          + "/ietf-logical-network-element:logical-network-element";
  private static final String BLUE_LO =
      DOWN
          + "[ietf-logical-network-element:name='blue']/ietf-logical-network-element:root"
          + "/ietf-interfaces:interfaces/ietf-interfaces:interface[ietf-interfaces:name='lo']";

  @TempDir Path directory;
  private TestDevice device;
  private ManagementSession ann;
  private ManagementSession bob;

  @BeforeEach
  void open() throws Exception {
    device = new TestDevice(directory, EngineOptions.recovery("ann", "bob"));
    device.commit(
        contact("x"),
        loopback("lo1", "one"),
        inRouter("blue", loopback("lo", "b")),
        inRouter("red", loopback("lo", "r")));
    ann = device.as("ann");
    bob = device.as("bob");
  }

  @AfterEach
  void close() throws Exception {
    device.close();
  }

  @Test
  void lock_nodeOfARouter_othersMayNotChangeItNorWhatHoldsIt() throws Exception {
    PartialLock lock = ann.partialLock(List.of(BLUE_LO)).get();

    assertEquals(1, lock.nodes().size());
    assertEquals(new TreeId.Router("blue"), lock.nodes().getFirst().tree());
    assertEquals(
        ErrorTag.IN_USE,
        refused(bob.edit(Datastore.RUNNING, edits(inRouter("blue", description("lo", "bob")))))
            .tag());
    assertEquals(
        ErrorTag.IN_USE,
        refused(
                bob.edit(
                    Datastore.RUNNING,
                    List.of(
                        new TreeEdit(
                            TreeId.DEVICE, new EditOperation.Delete(RouterEntries.path("blue"))))))
            .tag());
    bob.edit(Datastore.RUNNING, edits(inRouter("red", description("lo", "bob")))).get();
    ann.edit(Datastore.RUNNING, edits(inRouter("blue", description("lo", "ann")))).get();

    ann.partialUnlock(lock.id()).get();
    bob.edit(Datastore.RUNNING, edits(inRouter("blue", description("lo", "bob")))).get();
  }

  @Test
  void lock_keysLeftOut_everyInstanceThatIsThere() throws Exception {
    PartialLock lock =
        ann.partialLock(List.of("/ietf-interfaces:interfaces/ietf-interfaces:interface", BLUE_LO))
            .get();

    assertEquals(2, lock.nodes().size());
    // A commit of the candidate, too.
    bob.edit(Datastore.CANDIDATE, edits(description("lo1", "bob"))).get();
    assertEquals(ErrorTag.IN_USE, refused(bob.commit(null)).tag());
  }

  @Test
  void lock_overlapsThatOfAnother_deniedNamingTheSession() throws Exception {
    ann.partialLock(List.of(BLUE_LO)).get();

    var overlap = refused(bob.partialLock(List.of("/")));
    var whole = refused(bob.lock(Datastore.RUNNING));

    assertEquals(ErrorTag.LOCK_DENIED, overlap.tag());
    assertEquals(Integer.toString(ann.id()), overlap.info().get("session-id"));
    assertEquals(ErrorTag.LOCK_DENIED, whole.tag());
    ann.partialLock(List.of("/")).get(); // one's own may overlap
    assertEquals(
        ErrorTag.IN_USE,
        refused(bob.edit(Datastore.RUNNING, edits(inRouter("red", description("lo", "bob")))))
            .tag());
  }

  @Test
  void lock_runningLockedByAnother_denied() throws Exception {
    bob.lock(Datastore.RUNNING).get();

    assertEquals(ErrorTag.LOCK_DENIED, refused(ann.partialLock(List.of(BLUE_LO))).tag());
  }

  @Test
  void lock_ownerGone_released() throws Exception {
    ann.partialLock(List.of(BLUE_LO)).get();

    bob.kill(ann.id()).get();

    assertEquals(List.of(), device.engine.partialLocks());
    bob.lock(Datastore.RUNNING).get();
  }

  @Test
  void lock_pathThatIsNoneOrNothing_refused() {
    var nothing = refused(ann.partialLock(List.of("/ietf-interfaces:interfacs")));
    var broken = refused(ann.partialLock(List.of("/ietf-interfaces:interfaces[")));
    var number = refused(ann.partialLock(List.of("1 + 1")));

    assertEquals("no-matches", nothing.appTag());
    assertTrue(nothing.message().contains("interfacs"), nothing.message());
    assertEquals("invalid-lock-specification", broken.appTag());
    assertEquals("not-a-node-set", number.appTag());
  }

  @Test
  void unlock_ofAnother_refused() throws Exception {
    PartialLock lock = ann.partialLock(List.of(BLUE_LO)).get();

    assertEquals(ErrorTag.INVALID_VALUE, refused(bob.partialUnlock(lock.id())).tag());
  }
}
